import { tagOf } from "../../fixtures/wire/dictionary.ts";
import { fault } from "../proof/fault.ts";
import { isMultipartAnswer, outcomeOf, textOf } from "../proof/spoil.ts";

fault("wraps an instance in multipart when it is asked for bare", {
  noticedBy: ["RETRIEVE-003", "STORE-061", "STORE-069"],
  behaviour: outcomeOf("negotiated", (representation) =>
    representation?.mediaType === "application/dicom"
      ? { ...representation, multipart: true }
      : representation,
  ),
});

fault("adds its siblings to an instance", {
  noticedBy: ["RETRIEVE-004", "RETRIEVE-048", "STORE-004", "RETRIEVE-069"],
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
