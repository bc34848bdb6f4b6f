import type { Dataset } from "../../fixtures/reference-server/archive/archive.ts";
import { tagOf } from "../../fixtures/wire/dictionary.ts";
import { fault } from "../proof/fault.ts";
import {
  emptyStudies,
  honest,
  isStore,
  isStoreOf,
  jsonOf,
  outcomeOf,
  route,
  textOf,
  withItems,
} from "../proof/spoil.ts";

fault("knows application/dicom on /studies only", {
  noticedBy: ["STORE-003", "STORE-009"],
  behaviour: {
    isStoreMediaType: (type, study) =>
      type === "multipart/related" || (type === "application/dicom" && study === undefined),
  },
});

fault("always links to v1", {
  noticedBy: ["STORE-009"],
  answer: textOf(isStore, (text) => text.replaceAll("/v2/studies/", "/v1/studies/")),
});

fault("links to v1 in the answers to multipart requests", {
  noticedBy: ["STORE-009"],
  answer: textOf(isStoreOf(/^multipart/), (text) => text.replaceAll("/v2/studies/", "/v1/studies/")),
});

fault("appends the path of an instance to the URL of the study request", {
  noticedBy: ["STORE-009"],
  answer: jsonOf(route("POST", /^\/studies\//), (result: Dataset) =>
    withItems(result, "ReferencedSOPSequence", (item) => {
      const url = String(item[tagOf("RetrieveURL")]?.Value).replace(/\/studies\/[^/]+/, "$&$&");
      return { ...item, [tagOf("RetrieveURL")]: { vr: "UR", Value: [url] } };
    }),
  ),
});

fault("reports a refused file without its UIDs", {
  noticedBy: ["STORE-012", "STORE-013", "STORE-014", "STORE-017", "STORE-018", "STORE-022", "STORE-027"],
  behaviour: {
    failedItem: (outcome, all) => honest.failedItem({ ...outcome, sopClassUid: "", sopInstanceUid: "" }, all),
  },
});

fault("blames another attribute", {
  noticedBy: [
    "STORE-012",
    "STORE-022",
    "STORE-023",
    "STORE-024",
    "STORE-026",
    "STORE-027",
    "STORE-029",
    "STORE-031",
    "STORE-034",
    "STORE-039",
    "STORE-041",
  ],
  behaviour: {
    failedItem: ({ finding, ...outcome }, all) =>
      honest.failedItem(
        { ...outcome, finding: finding && { ...finding, comment: "DICOM100: (0008,0005) - wrong" } },
        all,
      ),
  },
});

fault("shows the studies of refused files in study searches", {
  noticedBy: ["STORE-012", "STORE-013", "STORE-023", "STORE-026", "STORE-027", "STORE-029", "STORE-074"],
  perServer: emptyStudies((note) =>
    outcomeOf("isMissing", (is, tag, text) => {
      if (tag === tagOf("StudyInstanceUID") && text) {
        note(text);
      }
      return is;
    }),
  ),
});

fault("writes into the metadata of an instance when it refuses a second copy", {
  noticedBy: ["STORE-017"],
  behaviour: {
    isDuplicate: (key, archive) => {
      const stored = archive.find(key);
      if (stored) {
        stored.metadata[tagOf("PatientName")] = { vr: "PN", Value: [{ Alphabetic: "Second^Copy" }] };
      }
      return stored !== undefined;
    },
  },
});

fault("does not ask for a Patient ID", {
  noticedBy: ["STORE-023"],
  behaviour: outcomeOf("isMissing", (is, tag) => is && tag !== tagOf("PatientID")),
});

fault("v1 stores an empty Patient ID as v2 does", {
  noticedBy: ["STORE-024"],
  behaviour: { isMissing: (tag, text) => honest.isMissing(tag, text, "v2") },
});

fault("v2 refuses an empty Patient ID as v1 does", {
  noticedBy: ["STORE-025"],
  behaviour: { isMissing: (tag, text) => honest.isMissing(tag, text, "v1") },
});
