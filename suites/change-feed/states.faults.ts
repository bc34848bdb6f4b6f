import type { Dataset } from "../../fixtures/reference-server/archive/archive.ts";
import { writeInstant } from "../../fixtures/reference-server/feed/instant.ts";
import type { ChangeFeedEntry } from "../../fixtures/reference-server/feed/routes.ts";
import { tagOf } from "../../fixtures/wire/dictionary.ts";
import { fault } from "../proof/fault.ts";
import { at, honest, isChangeFeed, jsonOf, outcomeOf, textOf } from "../proof/spoil.ts";

const ticksPerSecond = 10_000_000n;

fault("rewrites the timestamp of an entry that is replaced", {
  noticedBy: ["CHANGEFEED-006", "CHANGEFEED-035", "CHANGEFEED-037"],
  behaviour: outcomeOf("changeFeedEntry", (entry, { state, timestamp }) =>
    state === "Replaced" ? { ...entry, timestamp: writeInstant(timestamp + ticksPerSecond) } : entry,
  ),
});

fault("leaves the create entry of a deleted instance current", {
  noticedBy: ["CHANGEFEED-034", "CHANGEFEED-036", "DELETE-016"],
  behaviour: outcomeOf("changeFeedEntry", (entry) =>
    entry.action === "Create" && entry.state === "Deleted" ? { ...entry, state: "Current" } : entry,
  ),
});

fault("takes a delete for nothing new: the latest entry is always one of a store", {
  noticedBy: ["CHANGEFEED-034"],
  behaviour: { latestChange: (changes) => changes.findLast(({ action }) => action === "Create") },
});

fault("leaves replaced entries deleted", {
  noticedBy: ["CHANGEFEED-035", "DELETE-018"],
  behaviour: outcomeOf("changeFeedEntry", (entry) =>
    entry.state === "Replaced" ? { ...entry, state: "Deleted" } : entry,
  ),
});

fault("shows in the latest entry the metadata of what was deleted before", {
  noticedBy: ["CHANGEFEED-035"],
  perServer: () => {
    const first = new Map<unknown, Dataset>();
    return {
      behaviour: outcomeOf("keptMetadata", (kept) => {
        const uid = kept[tagOf("SOPInstanceUID")]?.Value?.[0];
        first.set(uid, first.get(uid) ?? kept);
        return kept;
      }),
      answer: jsonOf(at("/changefeed/latest"), (entry: ChangeFeedEntry) => ({
        ...entry,
        metadata: entry.metadata && first.get(entry.sopInstanceUid),
      })),
    };
  },
});

fault("writes one delete entry for a whole series or study", {
  noticedBy: ["CHANGEFEED-036", "DELETE-016", "DELETE-027"],
  behaviour: {
    changePage: (changes, ...window) => {
      const firsts = changes.filter(
        ({ action, timestamp }, index) => action !== "Delete" || timestamp !== changes[index - 1]?.timestamp,
      );
      return honest.changePage(firsts, ...window);
    },
  },
});

fault("moves the create entry of a deleted instance to the time of the delete", {
  noticedBy: [
    "CHANGEFEED-034",
    "CHANGEFEED-006",
    "CHANGEFEED-035",
    "DELETE-016",
    "CHANGEFEED-024",
    "CHANGEFEED-037",
  ],
  behaviour: outcomeOf("changeFeedEntry", (entry, { action, state, timestamp }) =>
    action === "Create" && state !== "Current"
      ? { ...entry, timestamp: writeInstant(timestamp + ticksPerSecond) }
      : entry,
  ),
});

fault("writes times by the clock without saying of which zone", {
  noticedBy: [
    "CHANGEFEED-006",
    "CHANGEFEED-021",
    "CHANGEFEED-022",
    "CHANGEFEED-035",
    "CHANGEFEED-023",
    "CHANGEFEED-024",
  ],
  answer: textOf(isChangeFeed, (entries) =>
    entries.replace(/("timestamp":"[^"]*)(Z|[+-]\d\d:\d\d)"/g, '$1"'),
  ),
});

fault("still shows of which study a deleted instance was, with the entry of its store", {
  noticedBy: ["CHANGEFEED-034", "DELETE-016"],
  behaviour: outcomeOf("changeFeedEntry", (entry) =>
    entry.action === "Create" && entry.state === "Deleted"
      ? { ...entry, metadata: { [tagOf("StudyInstanceUID")]: { vr: "UI", Value: [entry.studyInstanceUid] } } }
      : entry,
  ),
});
