import { type Change, ChangeFeed, stepOf, withMetadata } from "../../fixtures/client/change-feed.ts";
import { attribute } from "../../fixtures/wire/dicom-json.ts";
import {
  changeFeedGuide,
  checkRows,
  expect,
  must,
  type ServiceResponse,
  statement,
  studyPath,
} from "../words.ts";
import { datasetOf } from "./entry.ts";

const otherRefusals = {
  status: [400, 403, 404, 415, 501],
  because: "no document says how a feed that is read-only refuses to be written",
};

must(
  "CHANGEFEED-037",
  {
    title: "what an entry says of who, what and when stays as it is",
    request: "changefeed",
    clause: changeFeedGuide("Change Feed"),
  },
  async ({ service, instances }) => {
    const instance = instances.minimal();
    const feed = await ChangeFeed.fromNow(service);
    const known = new Map<number, unknown>();
    const expectKept = async (expected: number) => {
      const { changes, response } = await feed.changesOf([instance], expected);
      const kept = changes.filter(({ sequence }) => known.has(sequence)).map(lasting);
      expect(response).toHold("entries that were there before", kept, [...known.values()]);
      expect(response).toHold("number of entries", changes.length, expected);
      for (const change of changes) {
        known.set(change.sequence, lasting(change));
      }
    };

    await service.given.stored(instance);
    await expectKept(1);
    await service.given.deleted(instance);
    await expectKept(2);
    await service.given.stored(instance);
    await expectKept(3);
    // Never DELETE: a service that knows such a delete would obey.
    await checkRows(["POST", "PUT", "PATCH"], async (method) => {
      const response = await service.send(method, "/changefeed", { Accept: "application/json" });
      expect(response).toAnswer({ status: 405, tolerate: [otherRefusals] });
    });
    await expectKept(3);
  },
);

/** What of an entry never changes. */
function lasting({ sequence, action, timestamp, ...identity }: Change) {
  const { studyInstanceUid, seriesInstanceUid, sopInstanceUid } = identity;
  return { sequence, action, timestamp, studyInstanceUid, seriesInstanceUid, sopInstanceUid };
}

must(
  "CHANGEFEED-038",
  {
    title: "requests that change nothing leave no entry",
    request: "changefeed",
    clause: changeFeedGuide("Change Feed"),
  },
  async ({ service, instances }) => {
    const known = instances.minimal();
    const feed = await ChangeFeed.fromNow(service);
    await feed.givenStored(known);
    const invalid = instances.minimal({ SOPInstanceUID: `${instances.uid()}.a` });
    const unknown = instances.minimal();

    expect(await service.store([known])).toAnswer({ status: 409 });
    expect(await service.store([invalid])).toAnswer({ status: 409 });
    expect(await service.delete(studyPath(unknown))).toAnswer({ status: 404 });
    const { studyInstanceUid: StudyInstanceUID } = known;
    expect(await service.search("/studies", { StudyInstanceUID })).toFind("study", [StudyInstanceUID]);
    expect(await service.retrieve(known)).toDeliver([known]);

    // Its entry comes behind any that the others might have.
    const later = instances.minimal();
    await service.given.stored(later);
    await feed.givenChangesOf(later);
    const { changes, response } = await feed.changesOf([known, invalid, unknown], 1);
    expectSteps(response, changes, { [known.sopInstanceUid]: ["create current"] });
  },
);

must(
  "CHANGEFEED-039",
  {
    title: "of a store that fails in part the feed has what was stored, also where it was with a warning",
    request: "changefeed",
    clause: [changeFeedGuide("Object model"), statement("Store Response Status Codes")],
  },
  async ({ service, instances }) => {
    const [known, fresh] = [instances.minimal(), instances.minimal()];
    const feed = await ChangeFeed.fromNow(service);
    await feed.givenStored(known);

    expect(await service.store([fresh, known])).toAnswer({ status: 202 });
    await feed.givenChangesOf(fresh);
    const { changes, response } = await feed.changesOf([known, fresh], 2);
    expectSteps(response, changes, {
      [known.sopInstanceUid]: ["create current"],
      [fresh.sopInstanceUid]: ["create current"],
    });

    const { api } = service.endpoint;
    await checkRows(api === "v1" ? {} : { "with a warning": "foo" }, async (PatientAge) => {
      const odd = instances.minimal({ PatientAge });
      await service.given.stored(odd);
      const own = await feed.changesOf([odd], 1);
      expectSteps(own.response, own.changes, { [odd.sopInstanceUid]: ["create current"] });
      const read = await withMetadata(service, own);
      const dataset = datasetOf(read.changes[0]);
      expect(read.response).toHold("PatientAge", attribute(dataset, "PatientAge"), undefined);
    });
  },
);

/** The entries of each instance. @param wanted by SOP Instance UID */
function expectSteps(
  response: ServiceResponse,
  changes: readonly Change[],
  wanted: Readonly<Record<string, readonly string[]>>,
): void {
  const uids = [...new Set(changes.map(({ sopInstanceUid }) => sopInstanceUid))];
  const steps = Object.fromEntries(
    uids.map((uid) => [uid, changes.filter((change) => change.sopInstanceUid === uid).map(stepOf)]),
  );
  expect(response).toHold("entries", steps, wanted);
}
