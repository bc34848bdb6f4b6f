import { jpeg2000Lossless } from "../../fixtures/reference-server/dicom/transfer-syntaxes.ts";
import { studyOffers } from "../../fixtures/reference-server/http/negotiation.ts";
import { fault } from "../proof/fault.ts";
import {
  all,
  header,
  headersOf,
  headerTo,
  isFile,
  isInstance,
  isMultipartAnswer,
  not,
  outcomeOf,
  route,
  textOf,
} from "../proof/spoil.ts";

fault("looks at the first series of a study only", {
  noticedBy: ["RETRIEVE-001", "RETRIEVE-048", "STORE-002", "RETRIEVE-014"],
  behaviour: outcomeOf("retrieved", (found) =>
    found.filter(({ seriesInstanceUid }) => seriesInstanceUid === found[0]?.seriesInstanceUid),
  ),
});

fault("does not close a multipart body", {
  noticedBy: ["RETRIEVE-007"],
  answer: textOf(isMultipartAnswer, (bytes) => bytes.replace(/--\r\n$/, "\r\n"), "latin1"),
});

fault("sends the first instance of a study as a bare file", {
  noticedBy: ["RETRIEVE-022", "RETRIEVE-025"],
  behaviour: outcomeOf("negotiated", (representation, accept, offers) =>
    offers === studyOffers && accept?.startsWith("application/dicom;")
      ? { multipart: false, mediaType: "application/dicom", transferSyntax: "*" }
      : representation,
  ),
});

fault("sends a study as it is stored when JPEG 2000 is asked for", {
  noticedBy: ["RETRIEVE-026", "RETRIEVE-016"],
  arrival: headerTo(route("GET", /^\/studies\/[^/?]+(\/series\/[^/?]+)?$/), "accept", (accept) =>
    accept.replace(jpeg2000Lossless, "*"),
  ),
});

fault("calls the files of a study or series multipart/mixed", {
  noticedBy: [
    "RETRIEVE-001",
    "RETRIEVE-002",
    "RETRIEVE-007",
    "RETRIEVE-009",
    "RETRIEVE-011",
    "RETRIEVE-012",
    "RETRIEVE-019",
    "RETRIEVE-022",
    "RETRIEVE-023",
    "RETRIEVE-026",
    "STORE-002",
  ],
  answer: headersOf(all(isFile, not(isInstance), isMultipartAnswer), (headers) => ({
    ...headers,
    "content-type": headers["content-type"]?.replace("related", "mixed") ?? "",
  })),
});

fault("sends a study in multipart where a bare file is asked for", {
  noticedBy: ["RETRIEVE-022"],
  arrival: headerTo(
    all(isFile, not(isInstance), header("accept", /^application\/dicom;/)),
    "accept",
    'multipart/related; type="*/*"',
  ),
});
