import type { Dataset } from "../../fixtures/reference-server/archive/archive.ts";
import type { Answer } from "../../fixtures/reference-server/fault.ts";
import { tagOf } from "../../fixtures/wire/dictionary.ts";
import { fault } from "../proof/fault.ts";
import { alsoEntered } from "../proof/remember.ts";
import { all, answered, isChangeFeed, isStore, itemsOf, jsonOf, route, statusOf } from "../proof/spoil.ts";

interface Entry {
  readonly sopInstanceUid: string;
  readonly state: string;
  readonly action: string;
  readonly metadata?: Dataset;
}

fault("makes the entry of a store that of its delete", {
  noticedBy: ["CHANGEFEED-037", "CHANGEFEED-034", "CHANGEFEED-036"],
  answer: jsonOf(isChangeFeed, (entries: Entry[]) =>
    entries.map((entry) => (entry.state === "Deleted" ? { ...entry, action: "Delete" } : entry)),
  ),
});

fault("takes what is posted to the change feed, and forgets it", {
  noticedBy: ["CHANGEFEED-037", "SERVICE-023"],
  answer: statusOf(
    all(({ method, path }) => method !== "GET" && path === "/changefeed", answered(405)),
    202,
  ),
});

fault("enters copies that it refuses into the change feed", {
  noticedBy: ["CHANGEFEED-038", "CHANGEFEED-039"],
  perServer: alsoEntered({ action: "Create", state: "Current" }, (answer, request) =>
    isStore(request) ? uidsIn(answer, "FailedSOPSequence") : [],
  ),
});

fault("leaves what it stored with a warning out of the change feed", {
  noticedBy: ["CHANGEFEED-039"],
  perServer: () => {
    const warned = new Set<string>();
    return {
      answer: (answer, request) => {
        if (isStore(request) && answer.body.includes(tagOf("WarningReason"))) {
          uidsIn(answer, "ReferencedSOPSequence").forEach((uid) => void warned.add(uid));
        }
        jsonOf(isChangeFeed, (entries: Entry[]) =>
          entries.filter(({ sopInstanceUid }) => !warned.has(sopInstanceUid)),
        )(answer, request);
      },
    };
  },
});

fault("shows in the change feed what it took out of the metadata", {
  noticedBy: ["CHANGEFEED-039", "CHANGEFEED-030"],
  answer: jsonOf(all(isChangeFeed, route("GET", /^/)), (entries: Entry[]) =>
    entries.map(({ metadata, ...entry }) => ({
      ...entry,
      metadata: metadata && { [tagOf("PatientAge")]: { vr: "AS", Value: ["foo"] }, ...metadata },
    })),
  ),
});

/** SOP Instance UIDs of the items that the answer to a store has. */
function uidsIn({ headers, body }: Answer, sequence: string): string[] {
  const isJson = headers["content-type"]?.includes("json") && body.length > 0;
  const result = isJson ? (JSON.parse(body.toString()) as Dataset) : {};
  return itemsOf(result, sequence).map((item) => String(item[tagOf("ReferencedSOPInstanceUID")]?.Value));
}
