import { fault } from "../proof/fault.ts";
import { answered, honest, outcomeOf, textOf } from "../proof/spoil.ts";

fault("sends DICOM files to a client that takes pictures only", {
  noticedBy: ["RETRIEVE-023"],
  behaviour: {
    negotiated: (accept, offers) =>
      honest.negotiated(
        accept?.startsWith("image/")
          ? 'multipart/related; type="application/dicom"; transfer-syntax=*'
          : accept,
        offers,
      ),
  },
});

fault("takes an unknown transfer syntax for the default one", {
  noticedBy: ["RETRIEVE-024", "RETRIEVE-042", "RETRIEVE-025"],
  behaviour: outcomeOf(
    "negotiated",
    (representation, accept, offers) =>
      representation ?? honest.negotiated(accept?.replace(/; *transfer-syntax=[^;,]*/, ""), offers),
  ),
});

fault("looks for an instance everywhere when its path leads nowhere", {
  noticedBy: ["RETRIEVE-088", "RETRIEVE-063", "RETRIEVE-080"],
  behaviour: outcomeOf("retrieved", (found, { instance }, archive) =>
    found.length > 0 || instance === undefined ? found : archive.instances({ sopInstanceUid: instance }),
  ),
});

fault("checks the form of the Study Instance UID only", {
  noticedBy: ["RETRIEVE-090"],
  behaviour: { requireRetrievable: ({ study }) => honest.requireRetrievable({ study }) },
});

fault("does not say which UID of a path is malformed", {
  noticedBy: ["RETRIEVE-090", "DELETE-010"],
  answer: textOf(answered(400), (text) => text.replace(/The \w+InstanceUID/, "An identifier")),
});
