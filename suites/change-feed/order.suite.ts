import {
  type Change,
  ChangeFeed,
  readChanges,
  readFeed,
  ticksOf,
} from "../../fixtures/client/change-feed.ts";
import {
  atMost,
  changeFeedGuide,
  condition,
  expect,
  type Instance,
  must,
  type Scenario,
  type Service,
  studyPath,
} from "../words.ts";
import { instancesIn, sequencesIn } from "./entry.ts";

/** Instances of one series, to be stored one by one. */
function seriesOf(count: number, { instances }: Pick<Scenario, "instances">): [Instance, ...Instance[]] {
  const first = instances.minimal();
  const others = Array.from({ length: count - 1 }, () =>
    instances.with(first, { SOPInstanceUID: instances.uid() }),
  );
  return [first, ...others];
}

must(
  "CHANGEFEED-011",
  {
    title: "v1 lists ten entries unless asked for more, in the order of their numbers",
    request: "changefeed",
    api: ["v1"],
    clause: changeFeedGuide("Version 1"),
  },
  async ({ service, instances }) => {
    const feed = await ChangeFeed.fromNow(service);
    const all = seriesOf(12, { instances });
    for (const instance of all) {
      await service.given.stored(instance);
    }
    const { changes } = await feed.givenChangesOf(...all);
    const sequences = changes.map(({ sequence }) => sequence);
    const offset = Math.min(...sequences) - 1;

    const response = await readFeed(service, { offset });
    expect(response).toAnswer({ status: 200 });
    expect(response).toHold("sequence numbers", sequencesIn(response), ascending);
    expect(response).toHold("number of entries", sequencesIn(response).length, atMost(10));
    const uids = new Set(all.map(({ sopInstanceUid }) => sopInstanceUid));
    const shown = instancesIn(response).filter((uid) => uids.has(uid));
    const inWindow = changes.filter(({ sequence }) => sequence <= offset + 10);
    const wanted = inWindow.map(({ sopInstanceUid }) => sopInstanceUid);
    expect(response).toHold("instances in the order in which they were stored", shown, wanted);

    const unasked = await readFeed(service);
    expect(unasked).toAnswer({ status: 200 });
    expect(unasked).toHold(
      "sequence numbers above 10",
      sequencesIn(unasked).filter((sequence) => sequence > 10),
      [],
    );
  },
);

must(
  "CHANGEFEED-024",
  {
    title: "v2 lists entries in the order of their times, and those of one time by their numbers",
    request: "changefeed",
    api: ["v2"],
    clause: [changeFeedGuide("Change Feed"), changeFeedGuide("Version 2")],
  },
  async ({ service, instances }) => {
    const feed = await ChangeFeed.fromNow(service);
    const all = seriesOf(5, { instances });
    const { changes } = await feed.givenStored(...all);
    await service.given.deleted(studyPath(all[0]));
    await feed.changesOf(all, 2 * all.length);

    const window = { startTime: changes[0]?.timestamp ?? "" };
    const response = await readFeed(service, { ...window, limit: 100 });
    expect(response).toAnswer({ status: 200 });
    expect(response).toHold("times and sequence numbers", placesIn(readChanges(response)), inOrder);

    const own = ownIn(readChanges(response), all);
    const again = await readFeed(service, { ...window, limit: 100 });
    expect(again).toHold("sequence numbers once more", ownIn(readChanges(again), all), own);
    const { joined, last } = await readByTwos(service, window, readChanges(response).length);
    expect(last).toHold("sequence numbers in pages of two", ownIn(joined, all), own);
  },
);

must(
  "CHANGEFEED-042",
  {
    title: "stores at the same time are recorded once each, with different numbers",
    request: "changefeed",
    clause: changeFeedGuide("Change Feed"),
  },
  async ({ service, instances }) => {
    const feed = await ChangeFeed.fromNow(service);
    const all = seriesOf(20, { instances });
    for (const half of [all.slice(0, 10), all.slice(10)]) {
      await Promise.all(half.map((instance) => service.given.stored(instance)));
    }

    const { changes, response } = await feed.changesOf(all, all.length);
    const recorded = changes.map(({ sopInstanceUid }) => sopInstanceUid).sort();
    expect(response).toHold(
      "instances with an entry",
      recorded,
      all.map(({ sopInstanceUid }) => sopInstanceUid).sort(),
    );
    const sequences = changes.map(({ sequence }) => sequence);
    const repeated = sequences.filter((sequence, index) => sequences.indexOf(sequence) !== index);
    expect(response).toHold("sequence numbers that come again", repeated, []);
  },
);

const ascending = condition("each above the one before", (value) => {
  const numbers = value as readonly number[];
  return numbers.every((number, index) => index === 0 || number > (numbers[index - 1] ?? 0));
});

interface Place {
  readonly timestamp: string;
  readonly sequence: number;
}

const inOrder = condition("each later than the one before, or of the same time and above it", (value) => {
  const places = value as readonly Place[];
  return places.every((place, index) => {
    const before = places[index - 1];
    const passed = before ? ticksOf(place.timestamp) - ticksOf(before.timestamp) : 1n;
    return passed > 0n || (passed === 0n && place.sequence > (before?.sequence ?? 0));
  });
});

function placesIn(changes: readonly Change[]): Place[] {
  return changes.map(({ timestamp, sequence }) => ({ timestamp, sequence }));
}

/** The numbers of the entries of these instances, in their order. */
function ownIn(changes: readonly Change[], instances: readonly Instance[]): number[] {
  const uids = new Set(instances.map(({ sopInstanceUid }) => sopInstanceUid));
  return changes.filter(({ sopInstanceUid }) => uids.has(sopInstanceUid)).map(({ sequence }) => sequence);
}

/** So many entries of a window, two of them at a time. */
async function readByTwos(service: Service, window: { startTime: string }, count: number) {
  const joined: Change[] = [];
  let last = await readFeed(service, { ...window, limit: 2 });
  joined.push(...readChanges(last));
  for (let offset = 2; offset < count; offset += 2) {
    last = await readFeed(service, { ...window, offset, limit: 2 });
    joined.push(...readChanges(last));
  }
  return { joined, last };
}
