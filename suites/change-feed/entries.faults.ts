import type { ChangeFeedEntry } from "../../fixtures/reference-server/feed/routes.ts";
import { fault } from "../proof/fault.ts";
import { all, answered, answerOf, at, type Concern, honest, isChangeFeed, jsonOf } from "../proof/spoil.ts";

const isEmptyList: Concern = (_, { body }) => body.toString() === "[]";

fault("wraps its entries in an object", {
  noticedBy: [
    "CHANGEFEED-001",
    "CHANGEFEED-010",
    "DELETE-016",
    "DELETE-018",
    "STORE-074",
    "CHANGEFEED-037",
    "CHANGEFEED-042",
    "DELETE-027",
  ],
  answer: jsonOf(isChangeFeed, (changes) => ({ changes })),
});

fault("sends sequence numbers as text", {
  noticedBy: ["CHANGEFEED-004"],
  answer: jsonOf(isChangeFeed, (entries: ChangeFeedEntry[]) =>
    entries.map((entry) => ({ ...entry, sequence: String(entry.sequence) })),
  ),
});

fault("sends the sequence number of the latest entry as text", {
  noticedBy: ["CHANGEFEED-004"],
  answer: jsonOf(at("/changefeed/latest"), (entry: ChangeFeedEntry) => ({
    ...entry,
    sequence: String(entry.sequence),
  })),
});

fault("numbers the entries anew in every answer", {
  noticedBy: [
    "CHANGEFEED-005",
    "CHANGEFEED-031",
    "CHANGEFEED-034",
    "CHANGEFEED-035",
    "CHANGEFEED-001",
    "CHANGEFEED-002",
    "CHANGEFEED-004",
    "CHANGEFEED-012",
    "CHANGEFEED-013",
    "CHANGEFEED-014",
    "CHANGEFEED-016",
    "CHANGEFEED-030",
    "CHANGEFEED-032",
    "CHANGEFEED-036",
    "CHANGEFEED-045",
    "CHANGEFEED-011",
    "CHANGEFEED-023",
    "CHANGEFEED-024",
    "CHANGEFEED-029",
    "CHANGEFEED-037",
    "CHANGEFEED-017",
  ],
  perServer: () => {
    let answers = 0;
    return {
      answer: jsonOf(isChangeFeed, (entries: ChangeFeedEntry[]) => {
        answers += 1;
        return entries.map((entry, row) => ({ ...entry, sequence: 1_000 * answers + row }));
      }),
    };
  },
});

fault("has entries for the first instance of a study only", {
  noticedBy: ["CHANGEFEED-010", "DELETE-016", "CHANGEFEED-042", "DELETE-027"],
  behaviour: {
    changePage: (changes, ...window) => {
      const firsts = changes.filter((change) => {
        const first = changes.find(({ studyInstanceUid }) => studyInstanceUid === change.studyInstanceUid);
        return first?.sopInstanceUid === change.sopInstanceUid;
      });
      return honest.changePage(firsts, ...window);
    },
  },
});

fault("answers 204 past the end", {
  noticedBy: ["CHANGEFEED-016", "CHANGEFEED-020", "CHANGEFEED-027", "CHANGEFEED-015"],
  answer: answerOf(all(isChangeFeed, isEmptyList), { status: 204, body: "" }),
});

fault("labels the change feed DICOM JSON", {
  noticedBy: [
    "CHANGEFEED-001",
    "CHANGEFEED-004",
    "CHANGEFEED-015",
    "CHANGEFEED-016",
    "CHANGEFEED-030",
    "CHANGEFEED-031",
    "CHANGEFEED-045",
  ],
  answer: answerOf(all(isChangeFeed, answered(200)), { type: "application/dicom+json" }),
});

fault("sends null where there are no entries", {
  noticedBy: ["CHANGEFEED-016", "CHANGEFEED-027"],
  answer: answerOf(all(isChangeFeed, isEmptyList), { body: "null" }),
});
