import { isDeepStrictEqual } from "node:util";
import { type Change, ChangeFeed, ticksOf } from "../../fixtures/client/change-feed.ts";
import { findingDiscrepancies } from "../../fixtures/matchers/search.ts";
import { type Dataset, text, values } from "../../fixtures/wire/dicom-json.ts";
import {
  accept,
  changeFeedGuide,
  expect,
  Inconclusive,
  instancePath,
  must,
  type ResourceLevel,
  type Service,
  type ServiceResponse,
  seriesPath,
  statement,
  studyPath,
} from "../words.ts";

const deleted = { status: 204, isEmpty: true } as const;

/**
 * Repeated, with a limit, until it shows what it must: Microsoft's managed service does not promise when its searches
 * follow a store or a delete.
 */
type Search = () => Promise<ServiceResponse>;

async function expectFound(service: Service, search: Search, level: ResourceLevel, uids: readonly string[]) {
  const isFound = (response: ServiceResponse) => findingDiscrepancies(response, level, uids).length === 0;
  expect(await service.eventually(search, isFound)).toFind(level, uids);
}

async function expectNothing(service: Service, search: Search, limit?: number) {
  expect(await service.eventually(search, ({ status }) => status === 204, limit)).toFindNothing();
}

/** Of the first dataset that is found. */
async function expectShown(
  service: Service,
  search: Search,
  attribute: string,
  read: (dataset: Dataset | undefined) => unknown,
  expected: unknown,
) {
  const shown = ({ dicomJson }: ServiceResponse) => read(dicomJson.datasets[0]);
  const response = await service.eventually(search, (each) => isDeepStrictEqual(shown(each), expected));
  expect(shown(response), attribute).toEqual(expected);
}

/** Milliseconds for the index of words that fuzzy matching reads. */
const patienceWithWords = 60_000;

must(
  "DELETE-013",
  {
    title: "what was deleted is no longer found, counted or named as a modality by any search",
    request: "Delete-a-specific-series-within-a-study",
    clause: [statement("Delete"), statement("Search (QIDO-RS)")],
  },
  async ({ service, instances }) => {
    const PatientName = `Gone${instances.uid().slice(-12)}`;
    const first = instances.minimal({ PatientName, Modality: "CT" });
    const second = instances.with(first, { SOPInstanceUID: instances.uid() });
    const { studyInstanceUid: StudyInstanceUID, seriesInstanceUid } = first;
    const mr = instances.minimal({ PatientName, StudyInstanceUID, Modality: "MR" });
    await service.given.stored(first, second, mr);
    const study = (filter = {}) => {
      const includefield = "NumberOfStudyRelatedInstances,ModalitiesInStudy";
      return () => service.search("/studies", { StudyInstanceUID, includefield, ...filter });
    };
    const series = () =>
      service.search("/series", { StudyInstanceUID, includefield: "NumberOfSeriesRelatedInstances" });
    const allInstances = () => service.search("/instances", { StudyInstanceUID });
    const below = (path: string) => () => service.search(path);
    const numberInStudy = (dataset?: Dataset) => text(dataset, "NumberOfStudyRelatedInstances");
    const numberInSeries = (dataset?: Dataset) => text(dataset, "NumberOfSeriesRelatedInstances");
    const modalities = (dataset?: Dataset) => values(dataset, "ModalitiesInStudy");

    expect(await service.delete(instancePath(first))).toAnswer(deleted);
    const left = [second.sopInstanceUid, mr.sopInstanceUid];
    await expectFound(service, allInstances, "instance", left);
    await expectFound(service, below(`${studyPath(first)}/instances`), "instance", left);
    await expectFound(service, below(`${seriesPath(first)}/instances`), "instance", left.slice(0, 1));
    await expectShown(service, study(), "NumberOfStudyRelatedInstances", numberInStudy, "2");

    expect(await service.delete(seriesPath(mr))).toAnswer(deleted);
    await expectFound(service, below(`${studyPath(first)}/series`), "series", [seriesInstanceUid]);
    await expectFound(service, series, "series", [seriesInstanceUid]);
    await expectShown(service, series, "NumberOfSeriesRelatedInstances", numberInSeries, "1");
    await expectFound(service, study({ ModalitiesInStudy: "CT" }), "study", [StudyInstanceUID]);
    await expectShown(service, study(), "ModalitiesInStudy", modalities, ["CT"]);
    await expectNothing(service, study({ ModalitiesInStudy: "MR" }));

    expect(await service.delete(studyPath(first))).toAnswer(deleted);
    for (const search of [
      study(),
      series,
      allInstances,
      below(`${studyPath(first)}/series`),
      below(`${studyPath(first)}/instances`),
      below(`${seriesPath(first)}/instances`),
      () => service.search("/studies", { PatientName }),
    ]) {
      await expectNothing(service, search);
    }
    const fuzzy = () => service.search("/studies", { PatientName, fuzzymatching: "true" });
    await expectNothing(service, fuzzy, patienceWithWords);
  },
);

must(
  "DELETE-014",
  {
    title: "metadata, frames and rendered images of a deleted instance are gone, even those read before",
    request: "Delete-a-specific-instance-within-a-study -and-series",
    clause: [statement("Delete"), statement("Retrieve Response Status Codes")],
  },
  async ({ service, instances }) => {
    const [image, unread] = [instances.image({ frames: 2 }), instances.image()];
    await service.given.stored(image, unread);
    const cached = {
      status: 200,
      because: "Microsoft's server remembers an instance whose frames were read for five minutes",
    };
    const resources = [
      [`${studyPath(image)}/metadata`, accept.dicomJson, []],
      [`${seriesPath(image)}/metadata`, accept.dicomJson, []],
      [`${instancePath(image)}/metadata`, accept.dicomJson, []],
      [`${instancePath(image)}/frames/1`, accept.frames, [cached]],
      [`${instancePath(image)}/rendered`, accept.jpeg, []],
      [`${instancePath(image)}/frames/1/rendered`, accept.jpeg, []],
    ] as const;
    const validators = new Map<string, string | undefined>();
    for (const [path, mediaType] of resources) {
      const response = await service.get(path, mediaType);
      if (response.status !== 200) {
        throw new Inconclusive(
          `could not begin: GET ${path} answered ${response.status}; the suite "retrieve" covers this`,
        );
      }
      validators.set(path, response.header("ETag"));
    }

    expect(await service.delete(instancePath(image))).toAnswer(deleted);
    expect(await service.delete(instancePath(unread))).toAnswer(deleted);

    for (const [path, mediaType, tolerate] of resources) {
      expect(await service.get(path, mediaType)).toAnswer({ status: 404, tolerate });
      const headers = { "If-None-Match": validators.get(path) };
      expect(await service.get(path, mediaType, headers)).toAnswer({ status: 404, tolerate });
    }
    const frame = await service.frames(unread, 1);
    expect(frame).toAnswer({ status: 404 });
  },
);

must(
  "DELETE-016",
  {
    title: "deleting a study gives the change feed one delete entry for each of its instances",
    request: "Delete-a-specific-study",
    clause: [changeFeedGuide("Change Feed"), statement("Delete")],
  },
  async ({ service, instances }) => {
    const first = instances.minimal();
    const second = instances.with(first, { SOPInstanceUID: instances.uid() });
    const third = instances.minimal({ StudyInstanceUID: first.studyInstanceUid });
    const all = [first, second, third];
    const feed = await ChangeFeed.fromNow(service);
    await service.given.stored(...all);

    expect(await service.delete(studyPath(first))).toAnswer(deleted);

    const changes = await feed.changesOf(all, 6);
    for (const { studyInstanceUid, seriesInstanceUid, sopInstanceUid } of all) {
      const own = changes.filter((change) => change.sopInstanceUid === sopInstanceUid);
      const identity = { studyInstanceUid, seriesInstanceUid, state: "deleted", metadata: undefined };
      expect(own.map(entryOf), `entries of ${sopInstanceUid}`).toEqual([
        { ...identity, action: "create" },
        { ...identity, action: "delete" },
      ]);
      const [created = 0n, removed = 0n] = own.map(({ timestamp }) => ticksOf(timestamp));
      expect(removed >= created, "the delete is not earlier than the store").toBe(true);
    }
  },
);

must(
  "DELETE-018",
  {
    title: "an instance can be stored again as soon as it was deleted, with other content",
    request: "Delete-a-specific-instance-within-a-study -and-series",
    clause: [statement("Store Failure Reason Codes"), changeFeedGuide("Change Feed")],
  },
  async ({ service, instances }) => {
    for (const pathOf of [instancePath, seriesPath, studyPath]) {
      const first = instances.image({}, { PatientName: "First^A" });
      const second = instances.with(first, { PatientName: "Second^B", ImageComments: "again" });
      const metadata = () => service.metadata(first);
      const feed = await ChangeFeed.fromNow(service);
      await service.given.stored(first);
      await service.retrieve(first);
      await metadata();
      expect(await service.delete(pathOf(first))).toAnswer(deleted);

      const again = await service.store([second]);
      expect(again).toStore([second]);

      expect(await service.retrieve(second)).toDeliver([second]);
      const [dataset] = (await metadata()).dicomJson.datasets;
      expect(text(dataset, "PatientName"), "PatientName in the metadata").toBe("Second^B");
      const { studyInstanceUid: StudyInstanceUID } = second;
      const search = () => service.search("/studies", { StudyInstanceUID, PatientName: "Second^B" });
      await expectFound(service, search, "study", [StudyInstanceUID]);
      const changes = await feed.changesOf([second], 3);
      expect(changes.map(({ action }) => action)).toEqual(["create", "delete", "create"]);
      expect(changes.map(({ state }) => state)).toEqual(["replaced", "replaced", "current"]);
    }
  },
);

/** An entry without what only the service can know; metadata may be absent or null. */
function entryOf({ studyInstanceUid, seriesInstanceUid, action, state, metadata }: Change) {
  return { studyInstanceUid, seriesInstanceUid, action, state, metadata: metadata ?? undefined };
}
