import { readFileSync } from "node:fs";
import { open } from "node:fs/promises";
import type { Answer, Arrival } from "../../fixtures/reference-server/fault.ts";
import { storeBehaviour } from "../../fixtures/reference-server/store/routes.ts";
import { fault } from "../proof/fault.ts";
import { changeResult, changeText, isStore, sequence } from "../proof/store-results.ts";

fault("lists a failed instance beside a whole success", {
  noticedBy: [
    "STORE-001",
    "STORE-010",
    "STORE-032",
    "STORE-048",
    "STORE-049",
    "STORE-054",
    "STORE-057",
    "STORE-058",
    "STORE-073",
  ],
  answer: changeResult((result, { path }) => {
    const [only, ...others] = sequence(result, "00081199");
    if (only && others.length === 0 && result["00081198"] === undefined && path === "/studies") {
      const { "00081199": referenced, ...rest } = result;
      return {
        ...rest,
        "00081198": { vr: "SQ", Value: [{ "00081197": { vr: "US", Value: [272] } }] },
        "00081199": referenced,
      };
    }
    return result;
  }),
});

fault("names another study in the study URL", {
  noticedBy: ["STORE-002", "STORE-013"],
  behaviour: { answeredStudy: (study, stored) => (study && stored.length > 0 ? `${study}0` : undefined) },
});

fault("knows application/dicom on /studies only", {
  noticedBy: ["STORE-003"],
  behaviour: {
    isStoreMediaType: (type, study) =>
      type === "multipart/related" || (type === "application/dicom" && study === undefined),
  },
});

fault("stores the first two parts only", {
  noticedBy: ["STORE-004"],
  behaviour: { countedParts: (parts) => (parts.length === 4 ? parts.slice(0, 2) : parts) },
});

fault("labels store answers application/json", {
  noticedBy: ["STORE-003", "STORE-005", "STORE-044"],
  answer: (answer, request) => {
    if (isStore(request) && answer.body.length > 0) {
      answer.headers["content-type"] = "application/json; charset=utf-8";
    }
  },
});

fault("writes tags of store answers in lower case", {
  noticedBy: ["STORE-005", "STORE-011", "STORE-022"],
  answer: (answer, request) => {
    if (isStore(request) && request.headers["content-type"]?.startsWith("multipart")) {
      answer.body = Buffer.from(answer.body.toString().replace('"00741048":', '"0074104a":'));
    }
  },
});

fault("copies the class of the first file into every item", {
  noticedBy: ["STORE-008"],
  behaviour: {
    confirmedItem: (outcome, api, all) => ({
      ...storeBehaviour.confirmedItem(outcome, api, all),
      "00081150": { vr: "UI", Value: [all[0]?.stored.sopClassUid] },
    }),
  },
});

fault("always links to v1", {
  noticedBy: ["STORE-009"],
  answer: changeText((text) => text.replaceAll("/v2/studies/", "/v1/studies/")),
});

fault("heads a refusal with the URL of a study that is not there", {
  noticedBy: ["STORE-010"],
  behaviour: { answeredStudy: (study) => study },
});

fault("reports a refused file without its UIDs", {
  noticedBy: ["STORE-012", "STORE-013", "STORE-014", "STORE-017", "STORE-018", "STORE-022", "STORE-027"],
  behaviour: {
    failedItem: (outcome, all) =>
      storeBehaviour.failedItem({ ...outcome, sopClassUid: "", sopInstanceUid: "" }, all),
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
      storeBehaviour.failedItem(
        { ...outcome, finding: finding && { ...finding, comment: "DICOM100: (0008,0005) - wrong" } },
        all,
      ),
  },
});

fault("stores instances of another study below the path's study request", {
  noticedBy: ["STORE-005", "STORE-010", "STORE-013", "STORE-014", "STORE-015", "STORE-074"],
  behaviour: { belongsToStudy: () => true },
});

fault("compares only the first part with the study of the path", {
  noticedBy: ["STORE-005", "STORE-010", "STORE-013", "STORE-014"],
  behaviour: {
    belongsToStudy: (uid, study, position) =>
      position > 0 || storeBehaviour.belongsToStudy(uid, study, position),
  },
});

fault("shows the metadata of the second copy that it refuses", {
  noticedBy: ["STORE-017"],
  behaviour: {
    isDuplicate: (key, archive) => {
      const stored = archive.find(key);
      if (stored) {
        stored.metadata["00100010"] = { vr: "PN", Value: [{ Alphabetic: "Second^Copy" }] };
      }
      return stored !== undefined;
    },
  },
});

fault("drops repeated instances silently", {
  noticedBy: ["STORE-018"],
  behaviour: { countedParts: (parts) => (areEqual(parts) ? parts.slice(0, 1) : parts) },
});

fault("does not ask for a Patient ID", {
  noticedBy: ["STORE-023"],
  behaviour: {
    isMissing: (tag, text, api) => tag !== "00100020" && storeBehaviour.isMissing(tag, text, api),
  },
});

fault("v1 stores an empty Patient ID as v2 does", {
  noticedBy: ["STORE-024"],
  behaviour: { isMissing: (tag, text) => storeBehaviour.isMissing(tag, text, "v2") },
});

fault("v2 refuses an empty Patient ID as v1 does", {
  noticedBy: ["STORE-025"],
  behaviour: { isMissing: (tag, text) => storeBehaviour.isMissing(tag, text, "v1") },
});

fault("leaves the retrieve URLs out where a part failed", {
  noticedBy: ["STORE-013", "STORE-018", "STORE-022", "STORE-053"],
  answer: changeResult((result) => {
    const referenced = sequence(result, "00081199");
    if (result["00081198"] === undefined || referenced.length === 0) {
      return result;
    }
    const withoutUrls = referenced.map(({ "00081190": _url, ...item }) => item);
    return { ...result, "00081199": { vr: "SQ", Value: withoutUrls } };
  }),
});

fault("lists nothing as confirmed where nothing was stored, in an empty sequence", {
  noticedBy: ["STORE-010", "STORE-052"],
  answer: changeResult((result) =>
    result["00081199"] === undefined ? { ...result, "00081199": { vr: "SQ" } } : result,
  ),
});

fault("shows the studies of refused files in study searches", {
  noticedBy: ["STORE-012", "STORE-013", "STORE-023", "STORE-026", "STORE-027", "STORE-029", "STORE-074"],
  behaviour: {
    isMissing: (tag, text, api) => {
      if (tag === "0020000D" && text) {
        studyRows.add(text);
      }
      return storeBehaviour.isMissing(tag, text, api);
    },
    keptMetadata: withoutStudyRow,
  },
  answer: showStudyRow,
});

fault("shows the study of a path in study searches, though nothing was stored in it", {
  noticedBy: ["STORE-014"],
  behaviour: {
    belongsToStudy: (uid, study, position) => {
      studyRows.add(study);
      return storeBehaviour.belongsToStudy(uid, study, position);
    },
    keptMetadata: withoutStudyRow,
  },
  answer: showStudyRow,
});

fault("answers a request without parts with 200 and an empty dataset", {
  noticedBy: ["STORE-051"],
  behaviour: {
    storeStatus: (stored, failed, api) =>
      stored.length + failed.length > 0 ? storeBehaviour.storeStatus(stored, failed, api) : 200,
  },
});

fault("answers 200 as soon as one part was stored", {
  noticedBy: ["STORE-010", "STORE-013", "STORE-018", "STORE-022", "STORE-053"],
  behaviour: {
    storeStatus: (stored, failed, api) =>
      stored.length > 0 && failed.length > 0 ? 200 : storeBehaviour.storeStatus(stored, failed, api),
  },
});

fault("stops at the first part that fails", {
  noticedBy: ["STORE-013", "STORE-014", "STORE-022", "STORE-053"],
  behaviour: { goesOnAfter: (outcome) => "stored" in outcome },
});

fault("spoils a byte of large files", {
  noticedBy: ["STORE-061", "STORE-069", "STORE-073"],
  behaviour: { coerceFile: (path) => overwriteLastByte(path, 1_000_000) },
});

fault("takes no request above the default limit of its framework", {
  noticedBy: ["STORE-061", "STORE-069", "STORE-073"],
  behaviour: { largestUpload: () => 1024 * 1024 },
});

fault("dies of a body shorter than a preamble", {
  noticedBy: ["STORE-070"],
  answer: (answer, request) => {
    if (isStore(request) && request.headers["content-length"] === "131") {
      answer.status = 500;
    }
  },
});

/** Study Instance UIDs under which nothing is stored. */
const studyRows = new Set<string>();

/** A study that something is stored in is there by right. */
function withoutStudyRow(...[metadata, warnings]: Parameters<typeof storeBehaviour.keptMetadata>) {
  studyRows.delete(String(metadata["0020000D"]?.Value));
  return storeBehaviour.keptMetadata(metadata, warnings);
}

function showStudyRow(answer: Answer, { method, path }: Arrival) {
  const [, uid = ""] = /^\/studies\?StudyInstanceUID=([^&]+)$/.exec(path) ?? [];
  if (method === "GET" && answer.status === 204 && studyRows.has(uid)) {
    answer.status = 200;
    answer.headers["content-type"] = "application/dicom+json";
    answer.body = Buffer.from(JSON.stringify([{ "0020000D": { vr: "UI", Value: [uid] } }]));
  }
}

/** Spoils files of more bytes than that. */
async function overwriteLastByte(path: string, minimum: number) {
  const file = await open(path, "r+");
  try {
    const { size } = await file.stat();
    if (size > minimum) {
      await file.write(Buffer.from([0xff]), 0, 1, size - 1);
    }
  } finally {
    await file.close();
  }
}

function areEqual(files: readonly { path: string }[]): boolean {
  const [first, ...others] = files.map(({ path }) => readFileSync(path));
  return first !== undefined && others.every((file) => file.equals(first));
}
