import type { ChangeView, InstanceKey } from "../../fixtures/reference-server/archive/archive.ts";
import { firstInstant, readInstant, writeInstant } from "../../fixtures/reference-server/dicom/instant.ts";
import type { Answer, Arrival } from "../../fixtures/reference-server/fault.ts";
import {
  type ChangeFeedEntry,
  changeFeedBehaviour as honest,
} from "../../fixtures/reference-server/feed/routes.ts";
import { fault } from "../proof/fault.ts";

const ticksPerSecond = 10_000_000n;
/** Answers that were numbered anew. */
let answers = 0;

fault("wraps its entries in an object", {
  noticedBy: ["CHANGEFEED-001", "CHANGEFEED-010", "DELETE-016", "DELETE-018", "STORE-074"],
  answer: changeEntries((changes) => ({ changes })),
});

fault("keeps the first latest entry for ever", {
  noticedBy: ["CHANGEFEED-002"],
  behaviour: { latestChange: (changes) => changes[0] },
});

fault("sends sequence numbers as text", {
  noticedBy: ["CHANGEFEED-004"],
  answer: changeEntries((entries) =>
    entries.map((entry) => ({ ...entry, sequence: String(entry.sequence) })),
  ),
});

fault("numbers the entries anew in every answer", {
  noticedBy: ["CHANGEFEED-005", "CHANGEFEED-031"],
  answer: changeEntries((entries) => {
    answers += 1;
    return entries.map((entry, row) => ({ ...entry, sequence: 1_000 * answers + row }));
  }),
});

fault("rewrites the timestamp of an entry that is replaced", {
  noticedBy: ["CHANGEFEED-006"],
  behaviour: {
    changeFeedEntry: (change, metadata) => {
      const entry = honest.changeFeedEntry(change, metadata);
      const timestamp = writeInstant(change.timestamp + ticksPerSecond);
      return change.state === "Replaced" ? { ...entry, timestamp } : entry;
    },
  },
});

fault("writes one entry per study, of its first instance", {
  noticedBy: ["CHANGEFEED-010", "DELETE-016"],
  behaviour: {
    changePage: (changes, offset, limit) => {
      const isOfFirst = (change: ChangeView) =>
        changes.find(isOfSameStudy(change))?.sopInstanceUid === change.sopInstanceUid;
      return honest.changePage(changes.filter(isOfFirst), offset, limit);
    },
  },
});

fault("mixes up the metadata of a study", {
  noticedBy: ["CHANGEFEED-030"],
  answer: changeEntries((entries) =>
    entries.map((entry) => {
      const ofStudy = entries.filter(isOfSameStudy(entry)).filter(({ metadata }) => metadata);
      return entry.metadata
        ? { ...entry, metadata: ofStudy.at(-1 - ofStudy.indexOf(entry))?.metadata }
        : entry;
    }),
  ),
});

fault("sends empty metadata where none is asked for", {
  noticedBy: ["CHANGEFEED-031"],
  behaviour: {
    changeFeedEntry: (change, metadata) =>
      honest.changeFeedEntry(change, metadata ?? (change.state === "Current" ? {} : undefined)),
  },
});

fault("takes includeMetadata=0 for false", {
  noticedBy: ["CHANGEFEED-032"],
  arrival: ({ path }) => ({ path: path.replace("includeMetadata=0", "includeMetadata=false") }),
});

fault("leaves the create entry of a deleted instance current", {
  noticedBy: ["CHANGEFEED-034", "DELETE-016"],
  behaviour: {
    changeFeedEntry: (change, metadata) => {
      const entry = honest.changeFeedEntry(change, metadata);
      return entry.action === "Create" && entry.state === "Deleted" ? { ...entry, state: "Current" } : entry;
    },
  },
});

fault("leaves replaced entries deleted", {
  noticedBy: ["CHANGEFEED-035", "DELETE-018"],
  behaviour: {
    changeFeedEntry: (change, metadata) => {
      const entry = honest.changeFeedEntry(change, metadata);
      return entry.state === "Replaced" ? { ...entry, state: "Deleted" } : entry;
    },
  },
});

fault("writes one delete entry for a whole series or study", {
  noticedBy: ["CHANGEFEED-036", "DELETE-016"],
  behaviour: {
    changePage: (changes, offset, limit) => {
      const isFirst = ({ action, timestamp }: ChangeView, index: number) =>
        action !== "Delete" || timestamp !== changes[index - 1]?.timestamp;
      return honest.changePage(changes.filter(isFirst), offset, limit);
    },
  },
});

fault("takes the v1 offset for the first sequence number of the window", {
  noticedBy: ["CHANGEFEED-012"],
  behaviour: {
    isInSequenceWindow: (sequence, offset, limit) => sequence >= offset && sequence <= offset + limit,
  },
});

fault("jumps over gaps in the sequence numbers, which it numbers by twos", {
  noticedBy: ["CHANGEFEED-013"],
  behaviour: {
    isInSequenceWindow: (sequence, offset, limit) => sequence > offset / 2 && sequence <= offset / 2 + limit,
    changeFeedEntry: (change, metadata) =>
      honest.changeFeedEntry({ ...change, sequence: 2 * change.sequence }, metadata),
  },
});

fault("lets v1 have the limits of v2", {
  noticedBy: ["CHANGEFEED-014"],
  behaviour: { changeLimitRange: () => ({ fallback: 10, min: 1, max: 200 }) },
});

fault("reads v1 offsets as 32 bit numbers", {
  noticedBy: ["CHANGEFEED-015"],
  behaviour: {
    isInSequenceWindow: (sequence, offset, limit) =>
      honest.isInSequenceWindow(sequence, offset % 2 ** 32, limit),
  },
});

fault("answers 204 past the end", {
  noticedBy: ["CHANGEFEED-016", "CHANGEFEED-020"],
  answer: (answer, request) => {
    if (isList(request) && answer.body.toString() === "[]") {
      Object.assign(answer, { status: 204, headers: {}, body: Buffer.alloc(0) });
    }
  },
});

fault("lets v2 have the limits of v1", {
  noticedBy: ["CHANGEFEED-018"],
  behaviour: { changeLimitRange: () => honest.changeLimitRange("v1") },
});

fault("rounds the v2 offset down to whole pages", {
  noticedBy: ["CHANGEFEED-019"],
  behaviour: {
    changePage: (changes, offset, limit) => honest.changePage(changes, offset - (offset % limit), limit),
  },
});

fault("reads v2 offsets as 32 bit numbers", {
  noticedBy: ["CHANGEFEED-020"],
  behaviour: {
    changePage: (changes, offset, limit) => honest.changePage(changes, offset % 2 ** 32, limit),
  },
});

fault("leaves startTime itself out", {
  noticedBy: ["CHANGEFEED-021"],
  behaviour: { isInTimeWindow: (timestamp, { start, end }) => timestamp > start && timestamp < end },
});

fault("includes endTime itself", {
  noticedBy: ["CHANGEFEED-022"],
  behaviour: { isInTimeWindow: (timestamp, { start, end }) => timestamp >= start && timestamp <= end },
});

fault("takes times without a zone for UTC", {
  noticedBy: ["CHANGEFEED-025"],
  behaviour: { readTimeBound: (text) => readInstant(text) ?? readInstant(`${text}Z`) },
});

fault("overlooks a time that it cannot read", {
  noticedBy: ["CHANGEFEED-026"],
  behaviour: {
    readTimeBound: (text) => readInstant(text) ?? (/^\d{4}-/.test(text) ? undefined : firstInstant),
  },
});

fault("takes an empty window for a window", {
  noticedBy: ["CHANGEFEED-027"],
  behaviour: { isTimeWindow: ({ start, end }) => start <= end },
});

function isOfSameStudy(one: InstanceKey) {
  return (other: InstanceKey) => other.studyInstanceUid === one.studyInstanceUid;
}

/** Spoils the lists of the feed. */
function changeEntries(spoil: (entries: ChangeFeedEntry[]) => unknown) {
  return (answer: Answer, request: Arrival): void => {
    if (isList(request) && answer.status === 200) {
      const entries = JSON.parse(answer.body.toString());
      answer.body = Buffer.from(JSON.stringify(spoil(entries)));
    }
  };
}

function isList({ path }: Arrival): boolean {
  return /^\/changefeed(\?|$)/.test(path);
}
