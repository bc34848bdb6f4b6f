import { readFileSync } from "node:fs";
import type { Dataset } from "../../fixtures/reference-server/archive/archive.ts";
import { tagOf } from "../../fixtures/wire/dictionary.ts";
import { fault } from "../proof/fault.ts";
import {
  all,
  answerOf,
  at,
  type Concern,
  header,
  headerTo,
  isStore,
  isStoreOf,
  itemsOf,
  jsonOf,
  not,
  outcomeOf,
  statusOf,
} from "../proof/spoil.ts";

const hasBody: Concern = (_, { body }) => body.length > 0;
const oneFailure = { vr: "SQ", Value: [{ [tagOf("FailureReason")]: { vr: "US", Value: [272] } }] };

fault("lists a failed instance beside a lone success on /studies", {
  noticedBy: [
    "STORE-001",
    "STORE-010",
    "STORE-032",
    "STORE-048",
    "STORE-049",
    "STORE-054",
    "STORE-057",
    "STORE-058",
    "STORE-060",
    "STORE-073",
    "STORE-081",
  ],
  answer: jsonOf(all(isStore, at("/studies")), (result: Dataset) =>
    itemsOf(result, "ReferencedSOPSequence").length === 1 && !result[tagOf("FailedSOPSequence")]
      ? { [tagOf("FailedSOPSequence")]: oneFailure, ...result }
      : result,
  ),
});

fault("stores the first two parts only", {
  noticedBy: ["STORE-004", "STORE-013", "STORE-022", "STORE-035"],
  behaviour: { countedParts: (parts) => parts.slice(0, 2) },
});

fault("heads the answer to a store of several studies with the URL of the first", {
  noticedBy: ["STORE-004"],
  behaviour: outcomeOf("answeredStudy", (answered, _, stored) => {
    const [first] = stored.map(({ studyInstanceUid }) => studyInstanceUid);
    return stored.some(({ studyInstanceUid }) => studyInstanceUid !== first) ? first : answered;
  }),
});

fault("heads the answer to a store that names no study with the URL of a study null", {
  noticedBy: ["STORE-001", "STORE-003", "STORE-010"],
  behaviour: outcomeOf("answeredStudy", (answered, _, stored) =>
    stored.length > 0 ? (answered ?? "null") : answered,
  ),
});

fault("confirms no more than six instances of a request", {
  noticedBy: ["STORE-004"],
  answer: jsonOf(isStore, (result: Dataset) => {
    const confirmed = itemsOf(result, "ReferencedSOPSequence").slice(0, 6);
    return confirmed.length < 6
      ? result
      : { ...result, [tagOf("ReferencedSOPSequence")]: { vr: "SQ", Value: confirmed } };
  }),
});

fault("labels store answers application/json", {
  noticedBy: ["STORE-005", "STORE-003", "STORE-044"],
  answer: answerOf(all(isStore, hasBody), { type: "application/json; charset=utf-8" }),
});

fault("copies the class of the first file into every item", {
  noticedBy: ["STORE-008", "STORE-004"],
  behaviour: outcomeOf("confirmedItem", (item, _outcome, _api, all) => ({
    ...item,
    [tagOf("ReferencedSOPClassUID")]: { vr: "UI", Value: [all[0]?.stored.sopClassUid] },
  })),
});

fault("drops repeated instances silently", {
  noticedBy: ["STORE-018"],
  behaviour: {
    countedParts: (parts) => {
      const files = parts.map(({ path }) => readFileSync(path));
      return parts.filter((_, index) => files.findIndex((file) => files[index]?.equals(file)) === index);
    },
  },
});

fault("stores a DICOM file whatever its label", {
  noticedBy: ["STORE-045", "STORE-050", "STORE-074"],
  arrival: headerTo(
    all(isStore, not(header("content-type", /^(multipart\/|application\/dicom\b(?!\+))/i))),
    "content-type",
    "application/dicom",
  ),
});

fault("takes any multipart type for multipart/related", {
  noticedBy: ["STORE-045"],
  behaviour: outcomeOf("isStoreMediaType", (is, type) => is || type.startsWith("multipart/")),
});

fault("fails with 500 on multipart without boundary", {
  noticedBy: ["STORE-046"],
  answer: statusOf(isStoreOf(/^multipart\/related(;(?!.*boundary=\S)|$)/), 500),
});

fault("guesses the boundary of multipart that names none", {
  noticedBy: ["STORE-046"],
  arrival: headerTo(
    isStoreOf(/^multipart\/related(;(?!.*boundary="?[^"\s;])|$)/),
    "content-type",
    (type) => `${type}; boundary=B`,
  ),
});

fault("answers a request without parts with 200 and an empty dataset", {
  noticedBy: ["STORE-051"],
  behaviour: outcomeOf("storeStatus", (status) => (status === 204 ? 200 : status)),
});
