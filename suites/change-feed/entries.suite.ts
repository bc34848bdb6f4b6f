import {
  type Change,
  ChangeFeed,
  givenChange,
  readChanges,
  readFeed,
  readLatest,
  windowOf,
} from "../../fixtures/client/change-feed.ts";
import { changeFeedGuide, expect, instancePath, must } from "../words.ts";
import { entryDiscrepancies, uidsOf, unknownMembers } from "./entry.ts";

must(
  "CHANGEFEED-001",
  {
    title: "the feed is a JSON array of entries, also when few match",
    request: "changefeed",
    clause: [changeFeedGuide("API Design"), changeFeedGuide("Version 1"), changeFeedGuide("Version 2")],
  },
  async ({ service, instances }) => {
    const instance = instances.minimal();
    const feed = await ChangeFeed.fromNow(service);
    await service.given.stored(instance);
    const [change] = await feed.changesOf([instance], 1);
    expect(change, "the entry of a stored instance").toBeDefined();
    if (change) {
      const response = await readFeed(service, windowOf(change, service.endpoint.api));
      expect(response).toAnswer({ status: 200, mediaType: "application/json" });
      expect(Array.isArray(response.json), "the body is an array").toBe(true);
      expect(uidsOf(response), "instances in a window around the entry").toContain(instance.sopInstanceUid);
    }
  },
);

must(
  "CHANGEFEED-004",
  {
    title: "every entry has the documented members with the documented JSON types",
    request: "changefeed",
    clause: [changeFeedGuide("Object model"), changeFeedGuide("States")],
  },
  async ({ service, instances }) => {
    const instance = instances.minimal();
    const change = await givenChange(service, instance);
    const list = await readFeed(service, windowOf(change, service.endpoint.api));
    const latest = await readLatest(service);
    for (const response of [list, latest]) {
      expect(response).toAnswer({ status: 200, mediaType: "application/json" });
      const entries = [response.json].flat();
      expect(response).toHaveNo(entries.flatMap(entryDiscrepancies));
      for (const name of entries.flatMap(unknownMembers)) {
        response.note(`an entry has the member ${name}, of which no document knows`);
      }
    }
    const own = readChanges(list).find(({ sopInstanceUid }) => sopInstanceUid === instance.sopInstanceUid);
    const { studyInstanceUid, seriesInstanceUid } = instance;
    expect(own, "the entry of a stored instance").toMatchObject({
      studyInstanceUid,
      seriesInstanceUid,
      action: "create",
      state: "current",
    });
  },
);

must(
  "CHANGEFEED-005",
  {
    title: "sequence numbers are unique, grow with every later action and stay what they are",
    request: "changefeed",
    clause: changeFeedGuide("Object model"),
  },
  async ({ service, instances }) => {
    const [a, b] = [instances.minimal(), instances.minimal()];
    const feed = await ChangeFeed.fromNow(service);
    await feed.givenStored(a);
    const laterFeed = await ChangeFeed.fromNow(service);
    await service.given.stored(b);
    await service.given.deleted(instancePath(a));
    await service.given.stored(a);
    const sequences = sequencesOf(await feed.changesOf([a, b], 4));
    expect(sequences.length, "entries of two stores, a delete and a store").toBe(4);
    const ascending = [...new Set(sequences)].sort((one, other) => one - other);
    expect(sequences, "sequence numbers in the order of the actions").toEqual(ascending);

    const again = sequencesOf(await laterFeed.changesOf([a, b], 3));
    expect(again, "sequence numbers when read from a later start").toEqual(sequences.slice(-again.length));
  },
);

must(
  "CHANGEFEED-010",
  {
    title: "each stored instance gives exactly one create entry, also when several arrive in one request",
    request: "changefeed",
    clause: [changeFeedGuide("Change Feed Overview"), changeFeedGuide("Object model")],
  },
  async ({ service, instances }) => {
    const study = { StudyInstanceUID: instances.uid() };
    const series = { ...study, SeriesInstanceUID: instances.uid() };
    const stored = [instances.minimal(series), instances.minimal(series), instances.minimal(study)];
    const feed = await ChangeFeed.fromNow(service);
    await service.given.stored(...stored);
    const entries = (await feed.changesOf(stored, stored.length)).map((change) =>
      [
        change.studyInstanceUid,
        change.seriesInstanceUid,
        change.sopInstanceUid,
        change.action,
        change.state,
      ].join(" "),
    );
    const expected = stored.map(({ studyInstanceUid, seriesInstanceUid, sopInstanceUid }) =>
      [studyInstanceUid, seriesInstanceUid, sopInstanceUid, "create", "current"].join(" "),
    );
    expect(entries.sort(), "study, series, instance, action and state of the entries").toEqual(
      expected.sort(),
    );
  },
);

must(
  "CHANGEFEED-016",
  {
    title: "reading past the end gives an empty array with 200",
    request: "changefeed",
    clause: changeFeedGuide("User Application"),
  },
  async ({ service, instances }) => {
    const change = await givenChange(service, instances.minimal());
    const window = windowOf(change, service.endpoint.api);
    const there = await readFeed(service, window);
    expect(uidsOf(there), "instances in the window").toContain(change.sopInstanceUid);

    const past = await readFeed(service, { ...window, offset: change.sequence + 1_000_000 });
    expect(past).toAnswer({ status: 200, mediaType: "application/json" });
    expect(past.json, "the body").toEqual([]);
  },
);

function sequencesOf(changes: readonly Change[]): number[] {
  return changes.map(({ sequence }) => sequence);
}
