import { type Change, ChangeFeed, readLatest, ticksOf } from "../../fixtures/client/change-feed.ts";
import { text } from "../../fixtures/wire/dicom-json.ts";
import {
  changeFeedGuide,
  expect,
  Inconclusive,
  instancePath,
  must,
  seriesPath,
  studyPath,
} from "../words.ts";
import { readMetadata } from "./entry.ts";

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
    const [created] = await feed.givenStored(instance);
    await service.given.deleted(instancePath(instance));
    await service.given.stored(instance);
    const changes = await feed.changesOf([instance], 3);
    for (const { timestamp } of changes) {
      expect(timestamp, "timestamp").toMatch(iso8601);
    }
    const timestamps = changes.map(({ timestamp }) => timestamp);
    const ascending = timestamps.toSorted((one, other) => Number(ticksOf(one) - ticksOf(other)));
    expect(timestamps, "times of the actions in their order").toEqual(ascending);
    expect(changes[0]?.timestamp, "timestamp after a delete and a second store").toBe(created?.timestamp);

    const latest = await readLatest(service, { includeMetadata: "false" });
    const now = Date.parse(latest.header("Date") ?? "");
    if (Number.isNaN(now)) {
      latest.note("without a Date header the clock of the service was not compared");
    } else {
      const distance = Math.abs(now - Date.parse(changes.at(-1)?.timestamp ?? ""));
      expect(distance, "milliseconds between the action and the service's own clock").toBeLessThan(
        fiveMinutes,
      );
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
    const instance = instances.minimal();
    const feed = await ChangeFeed.fromNow(service);
    await feed.givenStored(instance);
    await service.given.deleted(instancePath(instance));
    const changes = await feed.changesOf([instance], 2);
    expect(changes.map(stepOf), "actions and states").toEqual(["create deleted", "delete deleted"]);
    const metadata = changes.map((change) => change.metadata ?? undefined);
    expect(metadata, "metadata of a deleted instance").toEqual([undefined, undefined]);
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
    const first = instances.minimal({ PatientName: "One^A" });
    const second = instances.with(first, { PatientName: "Two^A" });
    const feed = await ChangeFeed.fromNow(service);
    await feed.givenStored(first);
    await service.given.deleted(instancePath(first));
    await service.given.stored(second);
    const changes = await feed.changesOf([second], 3);
    expect(changes.map(stepOf), "actions and states").toEqual([
      "create replaced",
      "delete replaced",
      "create current",
    ]);
    // Replaced entries show the metadata of the present instance, or none; never that of the one that is gone.
    const names = changes.map(patientNameOf);
    expect(names.at(-1), "patient name in the current entry").toBe("Two^A");
    expect(names, "patient names of the entries").not.toContain("One^A");
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
    const { status } = await service.retrieve(y);
    if (status !== 200) {
      throw new Inconclusive(
        `could not begin: the other series of the study answers ${status}; DELETE-006 covers this`,
      );
    }
    const afterSeries = await feed.changesOf([x1, x2, y], 5);
    expect(deletedOf(afterSeries), "instances with a delete entry").toEqual(
      [x1.sopInstanceUid, x2.sopInstanceUid].sort(),
    );
    const ofSibling = afterSeries.filter(({ sopInstanceUid }) => sopInstanceUid === y.sopInstanceUid);
    expect(ofSibling.map(stepOf), "entries of the other series").toEqual(["create current"]);

    await service.given.deleted(studyPath(y));
    const afterStudy = await feed.changesOf([x1, x2, y], 6);
    expect(deletedOf(afterStudy), "instances with a delete entry").toEqual(
      [x1, x2, y].map(({ sopInstanceUid }) => sopInstanceUid).sort(),
    );
  },
);

function stepOf({ action, state }: Change): string {
  return `${action} ${state}`;
}

function deletedOf(changes: readonly Change[]): string[] {
  return changes
    .filter(({ action }) => action === "delete")
    .map(({ sopInstanceUid }) => sopInstanceUid)
    .sort();
}

function patientNameOf(change: Change): string | undefined {
  return text(readMetadata(change).datasets[0], "PatientName");
}
