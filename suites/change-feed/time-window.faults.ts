import { readInstant } from "../../fixtures/reference-server/feed/instant.ts";
import { fault } from "../proof/fault.ts";
import { isChangeFeed, queryWithout } from "../proof/spoil.ts";

fault("leaves startTime itself out", {
  noticedBy: ["CHANGEFEED-021", "CHANGEFEED-022", "CHANGEFEED-028"],
  behaviour: { isInTimeWindow: (timestamp, { start, end }) => timestamp > start && timestamp < end },
});

fault("begins a window a minute before startTime", {
  noticedBy: ["CHANGEFEED-021"],
  behaviour: {
    isInTimeWindow: (timestamp, { start, end }) => timestamp >= start - 600_000_000n && timestamp < end,
  },
});

fault("begins a window a tick before startTime", {
  noticedBy: ["CHANGEFEED-021"],
  behaviour: { isInTimeWindow: (timestamp, { start, end }) => timestamp >= start - 1n && timestamp < end },
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
  noticedBy: ["CHANGEFEED-026", "CHANGEFEED-025", "CHANGEFEED-033"],
  arrival: queryWithout(
    isChangeFeed,
    (name, value) => /^(startTime|endTime)$/i.test(name) && readInstant(value) === undefined,
  ),
});

fault("takes an empty window for a window", {
  noticedBy: ["CHANGEFEED-027"],
  behaviour: { isTimeWindow: ({ start, end }) => start <= end },
});

fault("compares times by the millisecond", {
  noticedBy: ["CHANGEFEED-021", "CHANGEFEED-022", "CHANGEFEED-027", "CHANGEFEED-028"],
  behaviour: { readTimeBound: (text) => toMilliseconds(readInstant(text)) },
});

function toMilliseconds(ticks: bigint | undefined): bigint | undefined {
  return ticks === undefined ? undefined : ticks - (ticks % 10_000n);
}
