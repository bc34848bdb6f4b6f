import { fault } from "../proof/fault.ts";
import { isChangeFeed, jsonOf } from "../proof/spoil.ts";

interface Entry {
  readonly action: string;
  readonly sequence: number;
}

fault("enters each delete into the change feed twice", {
  noticedBy: [
    "DELETE-027",
    "DELETE-016",
    "CHANGEFEED-024",
    "CHANGEFEED-037",
    "DELETE-018",
    "CHANGEFEED-005",
    "CHANGEFEED-034",
    "CHANGEFEED-035",
    "CHANGEFEED-036",
  ],
  answer: jsonOf(isChangeFeed, (entries: Entry[]) =>
    entries.flatMap((entry) =>
      entry.action === "Delete" ? [entry, { ...entry, sequence: entry.sequence + 1_000_000 }] : [entry],
    ),
  ),
});
