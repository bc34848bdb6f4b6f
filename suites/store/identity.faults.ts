import { setTimeout as sleep } from "node:timers/promises";
import { ServiceError } from "../../fixtures/reference-server/http/service-error.ts";
import { storeBehaviour } from "../../fixtures/reference-server/store/routes.ts";
import { fault } from "../proof/fault.ts";

fault("compares study UIDs but for their last digit", {
  noticedBy: ["STORE-015"],
  behaviour: {
    belongsToStudy: (uid, study, position) =>
      storeBehaviour.belongsToStudy(uid.slice(0, -1), study.slice(0, -1), position),
  },
});

fault("takes a UID of 65 characters in the path", {
  noticedBy: ["STORE-016"],
  behaviour: {
    requireStudyUid: (study) => {
      if (study?.length !== 65) {
        storeBehaviour.requireStudyUid(study);
      }
    },
  },
});

fault("refuses a UID of 64 characters in the path", {
  noticedBy: ["STORE-016"],
  behaviour: {
    requireStudyUid: (study) => {
      storeBehaviour.requireStudyUid(study);
      if (study?.length === 64) {
        throw new ServiceError(400, "The StudyInstanceUID is too long.");
      }
    },
  },
});

fault("knows an instance by its own UID alone", {
  noticedBy: ["STORE-019"],
  behaviour: {
    isDuplicate: ({ sopInstanceUid }, archive) => archive.instances({ sopInstanceUid }).length > 0,
  },
});

fault("refuses an instance whose study and series have the same UID", {
  noticedBy: ["STORE-019"],
  behaviour: {
    isDuplicate: (key, archive) =>
      key.studyInstanceUid === key.seriesInstanceUid || storeBehaviour.isDuplicate(key, archive),
  },
});

fault("refuses a deleted instance for ever", {
  noticedBy: ["DELETE-018", "STORE-020"],
  behaviour: {
    isDuplicate: (key, archive) =>
      archive
        .changes()
        .some(
          (change) =>
            change.studyInstanceUid === key.studyInstanceUid &&
            change.seriesInstanceUid === key.seriesInstanceUid &&
            change.sopInstanceUid === key.sopInstanceUid,
        ),
  },
});

fault("looks for a copy long before it stores, and overwrites what came in between", {
  noticedBy: ["STORE-021"],
  behaviour: {
    isDuplicate: async (key, archive) => {
      const isKnown = archive.find(key) !== undefined;
      // Not all after the same time: each of them is to find what another one has stored.
      await sleep(50 + 100 * Math.random());
      if (!isKnown) {
        await archive.remove(key);
      }
      return isKnown;
    },
  },
});

fault("shows the metadata of a deleted instance for the next one of its UIDs", {
  noticedBy: ["CHANGEFEED-035", "DELETE-018", "STORE-020"],
  behaviour: {
    keptMetadata: (metadata, warnings) => {
      const kept = storeBehaviour.keptMetadata(metadata, warnings);
      const key = JSON.stringify([kept["0020000D"], kept["0020000E"], kept["00080018"]]);
      const first = firstMetadata.get(key) ?? kept;
      firstMetadata.set(key, first);
      return first;
    },
  },
});

fault("finds one instance only of those that share their SOP Instance UID", {
  noticedBy: ["STORE-019"],
  behaviour: {
    page: (entries, offset, limit) => {
      const uids = entries.map(({ level, instance }) => level === "instance" && instance.sopInstanceUid);
      const distinct = entries.filter((_, index) => !uids[index] || uids.indexOf(uids[index]) === index);
      return distinct.slice(offset, offset + limit);
    },
  },
});

fault("finds images only", {
  noticedBy: ["STORE-030"],
  behaviour: {
    page: (entries, offset, limit) =>
      entries
        .filter(({ instance }) => instance.metadata["00280100"] !== undefined)
        .slice(offset, offset + limit),
  },
});

fault("finds an instance once more for every copy that it refused", {
  noticedBy: ["STORE-021"],
  behaviour: {
    isDuplicate: (key, archive) => {
      const stored = archive.find(key);
      if (stored) {
        refusedCopies.set(stored.path, (refusedCopies.get(stored.path) ?? 0) + 1);
      }
      return stored !== undefined;
    },
    page: (entries, offset, limit) =>
      entries
        .flatMap((entry) => {
          const copies = entry.level === "instance" ? refusedCopies.get(entry.instance.path) : 0;
          return Array.from({ length: 1 + (copies ?? 0) }, () => entry);
        })
        .slice(offset, offset + limit),
  },
});

fault("keeps metadata by the SOP Instance UID alone", {
  noticedBy: ["STORE-019"],
  behaviour: {
    keptMetadata: (metadata, warnings) => {
      const kept = storeBehaviour.keptMetadata(metadata, warnings);
      lastMetadata.set(String(kept["00080018"]?.Value), kept);
      return kept;
    },
    shownMetadata: ({ sopInstanceUid, metadata }) => lastMetadata.get(sopInstanceUid) ?? metadata,
  },
});

/** Metadata by study, series and instance UID. */
const firstMetadata = new Map<string, ReturnType<typeof storeBehaviour.keptMetadata>>();
/** Metadata of the newest instance by its own UID. */
const lastMetadata = new Map<string, ReturnType<typeof storeBehaviour.keptMetadata>>();
/** By the path of a stored file. */
const refusedCopies = new Map<string, number>();
