import { readInstant } from "../../fixtures/reference-server/feed/instant.ts";
import { fault } from "../proof/fault.ts";
import { all, answered, answerOf, isChangeFeed, jsonOf, pathTo, queryWithout } from "../proof/spoil.ts";

fault("lets a window of time hide entries of v1", {
  noticedBy: ["CHANGEFEED-017"],
  answer: jsonOf(
    all(isChangeFeed, ({ api, path }) => api === "v1" && /[?&](start|end)Time=/i.test(path)),
    () => [],
  ),
});

fault("looks back no further than a millisecond where a window has an end only", {
  noticedBy: ["CHANGEFEED-023", "CHANGEFEED-027"],
  arrival: pathTo(
    (request) => isChangeFeed(request) && /endTime=/i.test(request.path) && !/startTime=/i.test(request.path),
    (path) => `${path}&startTime=${encodeURIComponent(justBefore(/endTime=([^&]+)/i.exec(path)?.[1] ?? ""))}`,
  ),
});

/** A millisecond before a time as a query has it; the time itself where it is none. */
function justBefore(text: string): string {
  const time = Date.parse(decodeURIComponent(text));
  return Number.isNaN(time) ? text : new Date(time - 1).toISOString();
}

fault("sees one entry only where a window has no end", {
  noticedBy: ["CHANGEFEED-023"],
  answer: jsonOf(
    all(isChangeFeed, ({ path }) => /startTime=[^&]+&limit=100&/.test(path)),
    (entries: unknown[]) => entries.slice(0, 1),
  ),
});

fault("takes the clocks of all zones for that of UTC", {
  noticedBy: ["CHANGEFEED-028"],
  behaviour: { readTimeBound: (text) => readInstant(text.replace(/[+-]\d\d:\d\d$/, "Z")) },
});

const documented = ["startTime", "endTime", "offset", "limit", "includeMetadata"];

fault("knows the parameters of the change feed in one spelling only", {
  noticedBy: ["CHANGEFEED-029"],
  arrival: queryWithout(
    isChangeFeed,
    (name) =>
      !documented.includes(name) && documented.some((known) => known.toLowerCase() === name.toLowerCase()),
  ),
});

fault("shows nothing where the change feed is asked with a parameter that it does not know", {
  noticedBy: ["CHANGEFEED-029"],
  answer: jsonOf(
    all(isChangeFeed, ({ path }) => path.includes("foo=bar")),
    () => [],
  ),
});

fault("does not say which parameter of the change feed it refuses", {
  noticedBy: ["CHANGEFEED-033"],
  answer: answerOf(all(isChangeFeed, answered(400)), { body: "The request is not valid." }),
});
