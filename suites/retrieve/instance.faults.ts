import { tagOf } from "../../fixtures/wire/dictionary.ts";
import { fault } from "../proof/fault.ts";
import { all, headerTo, isInstance, isMultipartAnswer, outcomeOf, textOf } from "../proof/spoil.ts";

fault("wraps an instance in multipart when it is asked for bare", {
  noticedBy: ["RETRIEVE-003", "RETRIEVE-010", "RETRIEVE-017", "RETRIEVE-018"],
  behaviour: outcomeOf("negotiated", (representation) =>
    representation?.mediaType === "application/dicom"
      ? { ...representation, multipart: true }
      : representation,
  ),
});

fault("adds its siblings to an instance", {
  noticedBy: ["RETRIEVE-004", "RETRIEVE-048", "STORE-004", "RETRIEVE-069", "RETRIEVE-020"],
  behaviour: outcomeOf("retrieved", (found, { study, series, instance }, archive) =>
    instance === undefined || found.length === 0
      ? found
      : archive.instances({ studyInstanceUid: study, seriesInstanceUid: series }),
  ),
});

fault("counts images only among the instances of a study or series", {
  noticedBy: ["RETRIEVE-012"],
  behaviour: outcomeOf("retrieved", (found, { instance }) =>
    instance === undefined ? found.filter(({ metadata }) => metadata[tagOf("BitsAllocated")]) : found,
  ),
});

fault("takes a line break at the end of a part for its own", {
  noticedBy: ["RETRIEVE-013", "STORE-060"],
  answer: textOf(isMultipartAnswer, (bytes) => bytes.replaceAll("\r\n\r\n--", "\r\n--"), "latin1"),
});

fault("cuts the last byte of a bare file", {
  noticedBy: [
    "RETRIEVE-003",
    "RETRIEVE-013",
    "RETRIEVE-017",
    "RETRIEVE-018",
    "RETRIEVE-024",
    "RETRIEVE-027",
    "RETRIEVE-028",
    "RETRIEVE-030",
    "RETRIEVE-031",
    "RETRIEVE-032",
    "RETRIEVE-033",
    "RETRIEVE-034",
    "RETRIEVE-102",
    "STORE-009",
    "STORE-028",
    "STORE-049",
    "STORE-061",
    "STORE-069",
    "STORE-078",
  ],
  answer: (answer) => {
    if (answer.headers["content-type"]?.startsWith("application/dicom;")) {
      answer.body = answer.body.subarray(0, -1);
    }
  },
});

fault("sends an instance bare that is asked for in multipart", {
  noticedBy: ["RETRIEVE-004"],
  arrival: headerTo(isInstance, "accept", (accept) =>
    accept.replace(
      /^multipart\/related; type="application\/dicom"(?=; transfer-syntax=\*$)/,
      "application/dicom",
    ),
  ),
});

fault("labels the part of an instance as bytes", {
  noticedBy: ["RETRIEVE-004", "RETRIEVE-008"],
  answer: textOf(
    all(isInstance, isMultipartAnswer),
    (bytes) => bytes.replace("Content-Type: application/dicom", "Content-Type: application/octet-stream"),
    "latin1",
  ),
});
