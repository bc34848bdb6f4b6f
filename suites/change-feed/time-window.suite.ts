import {
  type Change,
  givenChange,
  readChanges,
  readFeed,
  shifted,
  ticksOf,
  timeWindowOf,
} from "../../fixtures/client/change-feed.ts";
import type { QueryParameters } from "../../fixtures/client/resources.ts";
import { changeFeedGuide, expect, must, type Service } from "../words.ts";
import { uidsOf } from "./entry.ts";

/** Of a window that may hold nothing. */
const maybeEmpty = {
  status: 200,
  tolerate: [{ status: 204, because: "CHANGEFEED-016 judges how an empty window is answered" }],
};

must(
  "CHANGEFEED-021",
  {
    title: "v2 startTime is an inclusive lower bound",
    request: "changefeed",
    api: ["v2"],
    clause: changeFeedGuide("Version 2"),
  },
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
    expect(after).toAnswer(maybeEmpty);
    expect(uidsOf(after), `entries after ${timestamp}`).not.toContain(sopInstanceUid);
  },
);

must(
  "CHANGEFEED-022",
  {
    title: "v2 endTime is an exclusive upper bound",
    request: "changefeed",
    api: ["v2"],
    clause: changeFeedGuide("Version 2"),
  },
  async ({ service, instances }) => {
    const earlier = await givenChange(service, instances.minimal());
    const { timestamp, sopInstanceUid } = await givenChange(service, instances.minimal());
    const upTo = { startTime: shifted(earlier.timestamp, -1), endTime: timestamp, limit: 100 };
    const start = await readFeed(service, upTo);
    expect(start).toAnswer({ status: 200 });
    expect(uidsOf(start), `entries from ${earlier.timestamp}`).toContain(earlier.sopInstanceUid);

    // Windows of a millisecond: other clients may write more in a longer one than an answer holds.
    const { startTime, endTime } = timeWindowOf([{ timestamp }]);
    const before = await readFeed(service, { startTime, endTime: timestamp, limit: 100 });
    expect(before).toAnswer(maybeEmpty);
    expect(uidsOf(before), `entries before ${timestamp}`).not.toContain(sopInstanceUid);

    const around = await readFeed(service, { startTime, endTime, limit: 100 });
    expect(around).toAnswer({ status: 200 });
    expect(uidsOf(around), `entries around ${timestamp}`).toContain(sopInstanceUid);
  },
);

must(
  "CHANGEFEED-025",
  {
    title: "v2 times must carry a time zone",
    request: "changefeed",
    api: ["v2"],
    clause: changeFeedGuide("Version 2"),
  },
  async ({ service, instances }) => {
    const change = await givenChange(service, instances.minimal());
    const { startTime, endTime } = timeWindowOf([change]);
    await expectRefusals(service, change, [
      { startTime: startTime.replace("Z", ""), endTime },
      { startTime, endTime: endTime.replace("Z", "") },
      { startTime: startTime.replace(/T.*/, ""), endTime },
    ]);
  },
);

must(
  "CHANGEFEED-026",
  {
    title: "v2 times that are no date and time are refused",
    request: "changefeed",
    api: ["v2"],
    clause: changeFeedGuide("Version 2"),
  },
  async ({ service, instances }) => {
    const change = await givenChange(service, instances.minimal());
    const { startTime, endTime } = timeWindowOf([change]);
    await expectRefusals(service, change, [
      { startTime: "foo", endTime },
      { startTime: "2023-13-40T00:00:00Z", endTime },
      { startTime: "1683111480", endTime },
      { startTime, endTime: "bar" },
    ]);
  },
);

must(
  "CHANGEFEED-027",
  {
    title: "v2 windows must not be empty or reversed",
    request: "changefeed",
    api: ["v2"],
    clause: changeFeedGuide("Version 2"),
  },
  async ({ service, instances }) => {
    const change = await givenChange(service, instances.minimal());
    const { startTime, endTime } = timeWindowOf([change]);
    await expectRefusals(service, change, [
      { startTime, endTime: startTime },
      { startTime: endTime, endTime: startTime },
    ]);
  },
);

/** Each of the windows is refused, while the one around the entry shows it. */
async function expectRefusals(service: Service, change: Change, refused: readonly QueryParameters[]) {
  for (const window of refused) {
    expect(await readFeed(service, window)).toAnswer({ status: 400 });
  }
  const accepted = await readFeed(service, { ...timeWindowOf([change]), limit: 100 });
  expect(accepted).toAnswer({ status: 200 });
  expect(uidsOf(accepted), "entries of a proper window").toContain(change.sopInstanceUid);
}
