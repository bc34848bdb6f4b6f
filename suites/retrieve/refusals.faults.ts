import { fault } from "../proof/fault.ts";
import { failsAfter } from "../proof/remember.ts";
import {
  all,
  answered,
  honest,
  isFile,
  isRead,
  not,
  outcomeOf,
  says,
  statusOf,
  textOf,
} from "../proof/spoil.ts";

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
  noticedBy: ["RETRIEVE-090", "DELETE-010", "SEARCH-018", "SEARCH-092"],
  answer: textOf(answered(400), (text) => text.replace(/The \w+InstanceUID/, "An identifier")),
});

fault("fails at every read of a study of which it was asked for what it does not offer", {
  noticedBy: [
    "RETRIEVE-023",
    "RETRIEVE-022",
    "RETRIEVE-024",
    "RETRIEVE-026",
    "RETRIEVE-034",
    "RETRIEVE-042",
    "RETRIEVE-050",
  ],
  perServer: failsAfter(all(isRead, answered(406)), isRead),
});

fault("takes a UID of 64 characters in the path of an instance for malformed", {
  noticedBy: ["RETRIEVE-090"],
  behaviour: {
    requireRetrievable: ({ instance, ...path }) =>
      honest.requireRetrievable({ ...path, instance: instance?.length === 64 ? "" : instance }),
  },
});

fault("checks the form of UIDs for files only", {
  noticedBy: ["RETRIEVE-090", "SEARCH-025"],
  answer: statusOf(all(not(isFile), isRead, says("InstanceUID")), 404),
});
