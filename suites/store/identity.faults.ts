import { setTimeout as sleep } from "node:timers/promises";
import type { Dataset } from "../../fixtures/reference-server/archive/archive.ts";
import { tagOf } from "../../fixtures/wire/dictionary.ts";
import { fault } from "../proof/fault.ts";
import { honest, isStoreOf, outcomeOf, textOf } from "../proof/spoil.ts";

fault("writes a wrong tag for the Failed Attributes Sequence in answers to multipart requests", {
  noticedBy: ["STORE-011", "STORE-005", "STORE-022"],
  answer: textOf(isStoreOf(/^multipart/), (text) => text.replace('"00741048":', '"0074104a":')),
});

fault("gives the comments of all instances to each of them", {
  noticedBy: ["STORE-011", "STORE-035"],
  behaviour: {
    confirmedItem: (outcome, api, all) =>
      honest.confirmedItem({ ...outcome, warnings: all.flatMap(({ warnings }) => warnings) }, api, all),
  },
});

fault("lists the findings on the instance before in the item of a clean one", {
  noticedBy: ["STORE-011", "STORE-035"],
  behaviour: {
    confirmedItem: (outcome, api, all) => {
      const before = all[all.indexOf(outcome) - 1];
      const { warnings } = outcome.warnings.length > 0 ? outcome : (before ?? outcome);
      return honest.confirmedItem({ ...outcome, warnings }, api, all);
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
      key.studyInstanceUid === key.seriesInstanceUid || honest.isDuplicate(key, archive),
  },
});

fault("finds one instance only of those that share their SOP Instance UID", {
  noticedBy: ["STORE-019"],
  behaviour: {
    page: (entries, ...window) => {
      const uids = entries.map(({ level, instance }) => level === "instance" && instance.sopInstanceUid);
      const distinct = entries.filter((_, index) => !uids[index] || uids.indexOf(uids[index]) === index);
      return honest.page(distinct, ...window);
    },
  },
});

fault("keeps metadata by the SOP Instance UID alone", {
  noticedBy: ["STORE-019"],
  perServer: () => {
    const newest = new Map<string, Dataset>();
    return {
      behaviour: {
        ...outcomeOf("keptMetadata", (kept) => {
          newest.set(String(kept[tagOf("SOPInstanceUID")]?.Value), kept);
          return kept;
        }),
        shownMetadata: ({ sopInstanceUid, metadata }) => newest.get(sopInstanceUid) ?? metadata,
      },
    };
  },
});

fault("refuses a deleted instance for ever", {
  noticedBy: ["STORE-020", "DELETE-018"],
  behaviour: {
    isDuplicate: (key, archive) =>
      archive.history
        .changes()
        .some(
          (change) =>
            change.studyInstanceUid === key.studyInstanceUid &&
            change.seriesInstanceUid === key.seriesInstanceUid &&
            change.sopInstanceUid === key.sopInstanceUid,
        ),
  },
});

fault("shows the metadata of a deleted instance for the next one of its UIDs", {
  noticedBy: ["STORE-020", "CHANGEFEED-035", "DELETE-018", "DELETE-028", "DELETE-019"],
  perServer: () => {
    const first = new Map<string, Dataset>();
    return {
      behaviour: outcomeOf("keptMetadata", (kept) => {
        const uids = ["StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID"];
        const key = uids.map((uid) => kept[tagOf(uid)]?.Value).join();
        first.set(key, first.get(key) ?? kept);
        return first.get(key) ?? kept;
      }),
    };
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

fault("finds an instance once more for every copy that it refused", {
  noticedBy: ["STORE-021"],
  perServer: () => {
    const refused: string[] = [];
    return {
      behaviour: {
        isDuplicate: (key, archive) => {
          const stored = archive.find(key);
          refused.push(...(stored ? [stored.path] : []));
          return stored !== undefined;
        },
        page: (entries, ...window) => {
          const repeated = entries.flatMap((entry) => [
            entry,
            ...refused
              .filter((path) => entry.level === "instance" && path === entry.instance.path)
              .map(() => entry),
          ]);
          return honest.page(repeated, ...window);
        },
      },
    };
  },
});

fault("gives all failed instances the reason of the first", {
  noticedBy: ["STORE-022"],
  behaviour: {
    failedItem: (outcome, all) =>
      honest.failedItem({ ...outcome, reason: all[0]?.reason ?? outcome.reason }, all),
  },
});

fault("lists findings in v1, where there are none to list", {
  noticedBy: ["STORE-011", "STORE-006"],
  behaviour: outcomeOf("confirmedItem", (item) => ({
    [tagOf("FailedAttributesSequence")]: { vr: "SQ" },
    ...item,
  })),
});
