import {
  type Change,
  ChangeFeed,
  givenChange,
  readAround,
  stepOf,
} from "../../fixtures/client/change-feed.ts";
import type { Identity } from "../../fixtures/client/resources.ts";
import { atLeast, changeFeedGuide, checkRows, condition, expect, like, must, named } from "../words.ts";
import { entryDiscrepancies, entryIn, expectEntry, unknownMembers } from "./entry.ts";
import { actedLast } from "./latest.ts";

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
    const { changes, response } = await feed.changesOf([instance], 1);
    expect(response).toHold("entries of a stored instance", changes.length, atLeast(1));

    const window = await readAround(service, changes[0] as Change);

    expect(window).toAnswer({ status: 200, mediaType: "application/json" });
    expect(window).toHold("the body", window.json, condition("an array", Array.isArray));
    expectEntry(window, instance);
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
    const feed = await ChangeFeed.fromNow(service);
    const { instance, latest } = await actedLast(service, async () => {
      const instance = instances.minimal();
      await service.given.stored(instance);
      return instance;
    });
    const { changes } = await feed.givenChangesOf(instance);

    const list = await readAround(service, changes[0] as Change, {}, "by default");

    await checkRows({ list, ...named(latest, () => "latest") }, async (response) => {
      expect(response).toAnswer({ status: 200, mediaType: "application/json" });
      const entries = [response.json].flat();
      expect(response).toHaveNo(entries.flatMap((entry) => entryDiscrepancies(entry, instance)));
      for (const name of entries.flatMap(unknownMembers)) {
        response.note(`an entry has the member ${name}, of which no document knows`);
      }
    });
    const { studyInstanceUid, seriesInstanceUid, sopInstanceUid } = instance;
    expect(list).toHold(
      "the entry of a stored instance",
      entryIn(list, sopInstanceUid),
      like({ studyInstanceUid, seriesInstanceUid, action: "create", state: "current" }),
    );
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
    await service.given.deleted(a);
    await service.given.stored(a);

    const { changes, response } = await feed.changesOf([a, b], 4);
    const later = await laterFeed.changesOf([a, b], 3);

    const sequences = sequencesOf(changes);
    expect(response).toHold("entries of two stores, a delete and a store", sequences.length, 4);
    const ascending = [...new Set(sequences)].sort((one, other) => one - other);
    expect(response).toHold("sequence numbers in the order of the actions", sequences, ascending);
    const again = sequencesOf(later.changes);
    expect(later.response).toHold(
      "sequence numbers when read from a later start",
      again,
      sequences.slice(-again.length),
    );
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

    const { changes, response } = await feed.changesOf(stored, stored.length);

    const entries = changes.map((change) => lineOf(change, stepOf(change)));
    const expected = stored.map((instance) => lineOf(instance, "create current"));
    expect(response).toHold("the entries", entries.sort(), expected.sort());
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
    const there = await readAround(service, change);
    expectEntry(there, change);

    const past = await readAround(service, change, { offset: change.sequence + 1_000_000 });

    expect(past).toAnswer({ status: 200, mediaType: "application/json" });
    expect(past).toHold("the body", past.json, []);
  },
);

function sequencesOf(changes: readonly Change[]): number[] {
  return changes.map(({ sequence }) => sequence);
}

function lineOf({ studyInstanceUid, seriesInstanceUid, sopInstanceUid }: Identity, step: string): string {
  return `${studyInstanceUid} ${seriesInstanceUid} ${sopInstanceUid} ${step}`;
}
