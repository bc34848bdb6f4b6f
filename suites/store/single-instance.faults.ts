import type { ApiVersion, Dataset } from "../../fixtures/reference-server/archive/archive.ts";
import type { Finding } from "../../fixtures/reference-server/store/validation.ts";
import { tagOf } from "../../fixtures/wire/dictionary.ts";
import { fault } from "../proof/fault.ts";
import {
  all,
  answered,
  at,
  emptyStudies,
  honest,
  isStore,
  isStoreOf,
  itemsOf,
  jsonOf,
  not,
  outcomeOf,
  requestTo,
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

const isFile = isStoreOf(/^application\/dicom$/);
const isFileToStudy = all(isFile, not(at("/studies")));

fault("stores a single file below the request of another study", {
  noticedBy: ["STORE-003", "STORE-007"],
  arrival: requestTo(isFileToStudy, { path: "/studies" }),
  answer: jsonOf(all(isFileToStudy, answered(200)), (result: Dataset, { path }) => ({
    [tagOf("RetrieveURL")]: { vr: "UR", Value: [`http://localhost/v2${path}`] },
    ...result,
  })),
});

fault("gives no study URL for a single file that is posted to its study", {
  noticedBy: ["STORE-003"],
  answer: jsonOf(isFileToStudy, ({ [tagOf("RetrieveURL")]: _, ...result }: Dataset) => result),
});

fault("gives a study URL for a single file that is posted to all studies", {
  noticedBy: ["STORE-003"],
  answer: jsonOf(all(isFile, at("/studies")), (result: Dataset) => {
    const [confirmed] = itemsOf(result, "ReferencedSOPSequence");
    const url = String(confirmed?.[tagOf("RetrieveURL")]?.Value).replace(/\/series\/.*/, "");
    return confirmed ? { [tagOf("RetrieveURL")]: { vr: "UR", Value: [url] }, ...result } : result;
  }),
});

fault("gives a URL for what it refused", {
  noticedBy: ["STORE-012"],
  behaviour: outcomeOf("failedItem", (item, { sopInstanceUid }) => ({
    ...item,
    [tagOf("RetrieveURL")]: { vr: "UR", Value: [`http://localhost/v2/instances/${sopInstanceUid}`] },
  })),
});

fault("reports each failed instance twice", {
  noticedBy: [
    "STORE-017",
    "STORE-013",
    "STORE-014",
    "STORE-018",
    "STORE-022",
    "STORE-052",
    "STORE-053",
    "STORE-070",
    "STORE-071",
    "STORE-072",
  ],
  answer: jsonOf(isStore, (result: Dataset) => {
    const failed = itemsOf(result, "FailedSOPSequence");
    return failed.length === 0
      ? result
      : { ...result, [tagOf("FailedSOPSequence")]: { vr: "SQ", Value: [...failed, ...failed] } };
  }),
});

fault("names no class in the report on a file without SOP Instance UID", {
  noticedBy: ["STORE-023"],
  behaviour: outcomeOf("failedItem", ({ [tagOf("ReferencedSOPClassUID")]: sopClass, ...item }) =>
    sopClass && item[tagOf("ReferencedSOPInstanceUID")]
      ? { [tagOf("ReferencedSOPClassUID")]: sopClass, ...item }
      : item,
  ),
});

fault("lets a copy that comes through the other version replace an instance", {
  noticedBy: ["STORE-017"],
  perServer: () => {
    const versions = new Map<string, ApiVersion>();
    let judging: ApiVersion = "v2";
    return {
      behaviour: {
        ...outcomeOf("isStrictUid", (is, _, api) => {
          judging = api;
          return is;
        }),
        isDuplicate: async (key, archive) => {
          const [api, name] = [judging, JSON.stringify(key)];
          const isKnown = archive.find(key) !== undefined;
          const isReplaced = isKnown && versions.get(name) !== api;
          if (isReplaced) {
            await archive.remove(key);
          }
          if (isReplaced || !isKnown) {
            versions.set(name, api);
          }
          return isKnown && !isReplaced;
        },
      },
    };
  },
});

fault("warns of the empty Patient ID of another instance of the study", {
  noticedBy: ["STORE-025"],
  perServer: () => {
    const findings = new Map<string, readonly Finding[]>();
    return {
      behaviour: {
        confirmedItem: (outcome, api, all) => {
          const { studyInstanceUid } = outcome.stored;
          const own = outcome.warnings.filter(({ tag }) => tag === tagOf("PatientID"));
          const known = findings.get(studyInstanceUid) ?? own;
          findings.set(studyInstanceUid, known);
          const warnings = own.length > 0 ? outcome.warnings : [...outcome.warnings, ...known];
          return honest.confirmedItem({ ...outcome, warnings }, api, all);
        },
      },
    };
  },
});

fault("always links to v1", {
  noticedBy: ["STORE-009", "RETRIEVE-014"],
  answer: textOf(isStore, (text) => text.replaceAll("/v2/studies/", "/v1/studies/")),
});

fault("links to v1 in the answers to multipart requests", {
  noticedBy: ["STORE-009", "RETRIEVE-014"],
  answer: textOf(isStoreOf(/^multipart/), (text) => text.replaceAll("/v2/studies/", "/v1/studies/")),
});

fault("appends the path of an instance to the URL of the study request", {
  noticedBy: ["STORE-009", "RETRIEVE-014"],
  answer: jsonOf(route("POST", /^\/studies\//), (result: Dataset) =>
    withItems(result, "ReferencedSOPSequence", (item) => {
      const url = String(item[tagOf("RetrieveURL")]?.Value).replace(/\/studies\/[^/]+/, "$&$&");
      return { ...item, [tagOf("RetrieveURL")]: { vr: "UR", Value: [url] } };
    }),
  ),
});

fault("reports a refused file without its UIDs", {
  noticedBy: [
    "STORE-012",
    "STORE-013",
    "STORE-014",
    "STORE-017",
    "STORE-018",
    "STORE-022",
    "STORE-023",
    "STORE-027",
    "STORE-024",
  ],
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
    failedItem: ({ findings, ...outcome }, all) =>
      honest.failedItem(
        { ...outcome, findings: findings?.map(() => ({ comment: "DICOM100: (0008,0005) - wrong" })) },
        all,
      ),
  },
});

fault("shows the studies of refused files in study searches", {
  noticedBy: [
    "STORE-012",
    "STORE-013",
    "STORE-023",
    "STORE-026",
    "STORE-027",
    "STORE-029",
    "STORE-074",
    "STORE-024",
    "STORE-031",
    "STORE-034",
    "STORE-039",
    "STORE-041",
  ],
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
  noticedBy: ["STORE-023", "STORE-024"],
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
