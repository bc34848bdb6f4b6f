import {
  type Change,
  ChangeFeed,
  type Changes,
  readChanges,
  stepOf,
  ticksOf,
  withMetadata,
} from "../../fixtures/client/change-feed.ts";
import type { Identity } from "../../fixtures/client/resources.ts";
import { text } from "../../fixtures/wire/dicom-json.ts";
import { nameOf } from "../../fixtures/wire/dictionary.ts";
import {
  atLeast,
  below,
  changeFeedGuide,
  expect,
  given,
  type Instance,
  like,
  must,
  seriesPath,
  studyPath,
  without,
} from "../words.ts";
import { bare, datasetOf, oneObject } from "./entry.ts";
import { actedLast } from "./latest.ts";

const iso8601 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,7})?(Z|[+-]\d{2}:\d{2})$/;
const fiveMinutes = 5 * 60_000;

must(
  "CHANGEFEED-006",
  {
    title: "timestamps are ISO 8601 instants near the moment of the action, and do not change later",
    request: "changefeed",
    clause: changeFeedGuide("Object model"),
  },
  async ({ service, instances }) => {
    const instance = instances.minimal();
    const feed = await ChangeFeed.fromNow(service);
    const before = await feed.givenStored(instance);
    await service.given.deleted(instance);
    await service.given.stored(instance);

    const { changes, response } = await feed.changesOf([instance], 3);

    const timestamps = changes.map(({ timestamp }) => timestamp);
    const unreadable = timestamps.filter((timestamp) => !iso8601.test(timestamp));
    expect(response).toHold("timestamps that are no ISO 8601 instants", unreadable, []);
    const ascending = timestamps.toSorted((one, other) => Number(ticksOf(one) - ticksOf(other)));
    expect(response).toHold("times of the actions in their order", timestamps, ascending);
    const created = before.changes[0]?.timestamp;
    expect(response).toHold("timestamp after a delete and a second store", timestamps[0], created);

    const now = Date.parse(response.header("Date") ?? "");
    if (Number.isNaN(now)) {
      response.note("without a Date header the clock of the service was not compared");
    } else {
      const distance = Math.abs(now - Date.parse(timestamps.at(-1) ?? ""));
      expect(response).toHold("milliseconds to the Date header", distance, below(fiveMinutes));
    }
  },
);

must(
  "CHANGEFEED-034",
  {
    title:
      "deleting an instance adds a delete entry and turns all of its entries to deleted without metadata",
    request: "changefeed",
    clause: [changeFeedGuide("States"), changeFeedGuide("Object model")],
  },
  async ({ service, instances }) => {
    const feed = await ChangeFeed.fromNow(service);
    const created = new Map<string, Change | undefined>();
    const { instance, latest } = await actedLast(service, async () => {
      const instance = instances.minimal();
      created.set(instance.sopInstanceUid, (await feed.givenStored(instance)).changes[0]);
      await service.given.deleted(instance);
      return instance;
    });

    const { changes, response } = await withMetadata(service, await feed.changesOf([instance], 2));

    expect(response).toHold("actions and states", changes.map(stepOf), ["create deleted", "delete deleted"]);
    const [first, second] = changes;
    const { sequence, timestamp } = created.get(instance.sopInstanceUid) ?? {};
    expect(response).toHold("the create entry", first, like({ sequence, timestamp }));
    expect(response).toHold(
      "sequence of the delete entry",
      second?.sequence,
      atLeast((first?.sequence ?? 0) + 1),
    );
    for (const newest of latest) {
      expect(newest).toHold("the latest entry", readChanges(newest).map(withoutNull), [withoutNull(second)]);
    }
    const metadata = changes.map((change) => change.metadata ?? undefined);
    expect(response).toHold("metadata of a deleted instance", metadata, [undefined, undefined]);
  },
);

must(
  "CHANGEFEED-035",
  {
    title:
      "storing an instance again after a delete makes its older entries replaced and the new one current",
    request: "changefeed",
    clause: changeFeedGuide("States"),
  },
  async ({ service, instances }) => {
    const feed = await ChangeFeed.fromNow(service);
    const { instance, latest } = await actedLast(service, async () => {
      const first = instances.minimal({ PatientName: "One^A" });
      await feed.givenStored(first);
      await service.given.deleted(first);
      await service.given.stored(instances.with(first, { PatientName: "Two^A" }));
      return first;
    });

    const { changes, response } = await withMetadata(service, await feed.changesOf([instance], 3));

    const steps = ["create replaced", "delete replaced", "create current"];
    expect(response).toHold("actions and states", changes.map(stepOf), steps);
    // Replaced entries show the metadata of the present instance, or none; never that of the one that is gone.
    const names = changes.map(patientNameOf);
    expect(response).toHold(`${nameOf("PatientName")} in the current entry`, names.at(-1), "Two^A");
    expect(response).toHold(`${nameOf("PatientName")} in the entries`, names, without("One^A"));
    for (const newest of latest) {
      const [entry] = readChanges(newest);
      expect(newest).toHold("the latest entry", bare(entry), bare(changes.at(-1)));
      expect(newest).toHold(`${nameOf("PatientName")} in it`, entry && patientNameOf(entry), "Two^A");
    }
  },
);

must(
  "CHANGEFEED-036",
  {
    title: "deleting a series or a study writes one delete entry per instance",
    request: "changefeed",
    clause: [changeFeedGuide("Object model"), changeFeedGuide("States")],
  },
  async ({ service, instances }) => {
    const study = { StudyInstanceUID: instances.uid() };
    const series = { ...study, SeriesInstanceUID: instances.uid() };
    const [x1, x2, y] = [instances.minimal(series), instances.minimal(series), instances.minimal(study)];
    const feed = await ChangeFeed.fromNow(service);
    await feed.givenStored(x1, x2, y);

    await service.given.deleted(seriesPath(x1));
    given(await service.retrieve(y), "DELETE-006").toAnswer({ status: 200 });

    const afterSeries = await feed.changesOf([x1, x2, y], 5);
    expectDeleted(afterSeries, [x1, x2]);
    const ofSibling = afterSeries.changes.filter(({ sopInstanceUid }) => sopInstanceUid === y.sopInstanceUid);
    expect(afterSeries.response).toHold("entries of the other series", ofSibling.map(stepOf), [
      "create current",
    ]);
    const sibling = await withMetadata(service, { ...afterSeries, changes: ofSibling });
    expect(sibling.response).toHold("metadata of its entry", sibling.changes[0]?.metadata, oneObject);

    await service.given.deleted(studyPath(y));

    expectDeleted(await feed.changesOf([x1, x2, y], 6), [x1, x2, y]);
  },
);

/** Exactly these instances have a delete entry, one each, and their create entries say that they are deleted. */
function expectDeleted({ changes, response }: Changes, instances: readonly Instance[]): void {
  const deleted = changes.filter(({ action }) => action === "delete");
  expect(response).toHold("instances with a delete entry", instanceUids(deleted), instanceUids(instances));
  const created = changes.filter((change) => stepOf(change) === "create deleted");
  expect(response).toHold(
    "those with a create entry to match",
    instanceUids(created),
    instanceUids(instances),
  );
}

/** A member that is null is as good as one that is absent. */
function withoutNull(change: Change | undefined): Change | undefined {
  return change && { ...change, metadata: change.metadata ?? undefined };
}

function instanceUids(identities: readonly Identity[]): string[] {
  return identities.map(({ sopInstanceUid }) => sopInstanceUid).sort();
}

function patientNameOf(change: Change): string | undefined {
  return text(datasetOf(change), "PatientName");
}
