import {
  ChangeFeed,
  givenChange,
  readChanges,
  readFeed,
  shifted,
  ticksOf,
} from "../../fixtures/client/change-feed.ts";
import { Inconclusive } from "../../fixtures/client/inconclusive.ts";
import { expect } from "../../fixtures/matchers/expect.ts";
import { changeFeedGuide } from "../clause.ts";
import { requirement } from "../requirement.ts";
import { uidsOf } from "./entry.ts";

const v2 = {
  request: "changefeed",
  level: "must",
  profile: "azure",
  api: ["v2"],
  clause: changeFeedGuide("Version 2"),
} as const;

requirement(
  "CHANGEFEED-021",
  { ...v2, title: "v2 startTime is an inclusive lower bound" },
  async ({ service, instances }) => {
    const { timestamp, sopInstanceUid } = await givenChange(service, instances.minimal());
    const from = await readFeed(service, { startTime: timestamp, limit: 100 });
    expect(from).toAnswer({ status: 200 });
    expect(uidsOf(from), `entries from ${timestamp}`).toContain(sopInstanceUid);
    const older = readChanges(from).filter((change) => ticksOf(change.timestamp) < ticksOf(timestamp));
    expect(
      older.map((change) => change.timestamp),
      `entries before ${timestamp}`,
    ).toEqual([]);

    const after = await readFeed(service, { startTime: shifted(timestamp, 1), limit: 100 });
    expect(after).toAnswer({ status: 200 });
    expect(uidsOf(after), `entries after ${timestamp}`).not.toContain(sopInstanceUid);
  },
);

requirement(
  "CHANGEFEED-022",
  { ...v2, title: "v2 endTime is an exclusive upper bound" },
  async ({ service, instances }) => {
    const first = await givenChange(service, instances.minimal());
    const second = await givenChange(service, instances.minimal());
    if (ticksOf(second.timestamp) <= ticksOf(first.timestamp)) {
      throw new Inconclusive(`could not begin: two stores one after the other both have ${first.timestamp}`);
    }
    for (const [startTime, endTime, within] of [
      [shifted(first.timestamp, -1), first.timestamp, []],
      [first.timestamp, second.timestamp, [first.sopInstanceUid]],
      [first.timestamp, shifted(second.timestamp, 1), [first.sopInstanceUid, second.sopInstanceUid]],
    ] as const) {
      const response = await readFeed(service, { startTime, endTime, limit: 100 });
      expect(response).toAnswer({ status: 200 });
      const own = uidsOf(response).filter((uid) =>
        [first, second].some((change) => change.sopInstanceUid === uid),
      );
      expect(own, `entries from ${startTime} to before ${endTime}`).toEqual(within);
    }
  },
);

requirement(
  "CHANGEFEED-025",
  { ...v2, title: "v2 times must carry a time zone" },
  async ({ service, instances }) => {
    const { timestamp, sopInstanceUid } = await givenChange(service, instances.minimal());
    const withoutZone = timestamp.replace(/(Z|[+-]\d{2}:\d{2})$/, "");
    const endTime = shifted(timestamp, 1);
    for (const parameters of [
      { startTime: withoutZone, endTime },
      { startTime: timestamp, endTime: endTime.replace("Z", "") },
      { startTime: timestamp.slice(0, "YYYY-MM-DD".length), endTime },
    ]) {
      expect(await readFeed(service, parameters)).toAnswer({ status: 400 });
    }
    const accepted = await readFeed(service, { startTime: timestamp, endTime });
    expect(accepted).toAnswer({ status: 200 });
    expect(uidsOf(accepted)).toContain(sopInstanceUid);
  },
);

requirement(
  "CHANGEFEED-026",
  { ...v2, title: "v2 times that are no date and time are refused" },
  async ({ service, instances }) => {
    const { timestamp, sopInstanceUid } = await givenChange(service, instances.minimal());
    const endTime = shifted(timestamp, 1);
    for (const startTime of ["foo", "2023-13-40T00:00:00Z", "1683111480"]) {
      expect(await readFeed(service, { startTime, endTime })).toAnswer({ status: 400 });
    }
    expect(await readFeed(service, { startTime: timestamp, endTime: "bar" })).toAnswer({ status: 400 });
    const accepted = await readFeed(service, { startTime: timestamp, endTime });
    expect(accepted).toAnswer({ status: 200 });
    expect(uidsOf(accepted)).toContain(sopInstanceUid);
  },
);

requirement(
  "CHANGEFEED-027",
  { ...v2, title: "v2 windows must not be empty or reversed" },
  async ({ service, instances }) => {
    const { timestamp, sopInstanceUid } = await givenChange(service, instances.minimal());
    const later = shifted(timestamp, 1);
    for (const [startTime, endTime] of [
      [timestamp, timestamp],
      [later, timestamp],
    ] as const) {
      expect(await readFeed(service, { startTime, endTime })).toAnswer({ status: 400 });
    }
    const accepted = await readFeed(service, { startTime: timestamp, endTime: later });
    expect(accepted).toAnswer({ status: 200 });
    expect(uidsOf(accepted)).toContain(sopInstanceUid);
  },
);
