import { type Change, ChangeFeed, ticksOf } from "../../fixtures/client/change-feed.ts";
import { text, values } from "../../fixtures/client/dicom-json.ts";
import { Inconclusive } from "../../fixtures/client/inconclusive.ts";
import { accept, instancePath, seriesPath, studyPath } from "../../fixtures/client/resources.ts";
import { expect } from "../../fixtures/matchers/expect.ts";
import { changeFeedGuide, statement } from "../clause.ts";
import { requirement } from "../requirement.ts";

const azure = { level: "must", profile: "azure", api: ["v1", "v2"] } as const;
const ofInstance = { ...azure, request: "Delete-a-specific-instance-within-a-study -and-series" } as const;
const ofSeries = { ...azure, request: "Delete-a-specific-series-within-a-study" } as const;
const ofStudy = { ...azure, request: "Delete-a-specific-study" } as const;

const deleted = { status: 204, isEmpty: true } as const;

requirement(
  "DELETE-013",
  {
    ...ofSeries,
    title: "what was deleted is no longer found, counted or named as a modality by any search",
    clause: [statement("Delete"), statement("Search (QIDO-RS)")],
  },
  async ({ service, instances }) => {
    const PatientName = `Gone${instances.uid().slice(-12)}`;
    const first = instances.minimal({ PatientName, Modality: "CT" });
    const second = instances.with(first, { SOPInstanceUID: instances.uid() });
    const { studyInstanceUid: StudyInstanceUID, seriesInstanceUid } = first;
    const mr = instances.minimal({ PatientName, StudyInstanceUID, Modality: "MR" });
    await service.given.stored(first, second, mr);
    const study = (filter = {}) =>
      service.search("/studies", {
        StudyInstanceUID,
        includefield: "NumberOfStudyRelatedInstances,ModalitiesInStudy",
        ...filter,
      });
    const series = () =>
      service.search("/series", { StudyInstanceUID, includefield: "NumberOfSeriesRelatedInstances" });

    expect(await service.delete(instancePath(first))).toAnswer(deleted);
    const left = [second.sopInstanceUid, mr.sopInstanceUid];
    expect(await service.search("/instances", { StudyInstanceUID })).toFind("instance", left);
    expect(await service.search(`${studyPath(first)}/instances`)).toFind("instance", left);
    expect(await service.search(`${seriesPath(first)}/instances`)).toFind("instance", left.slice(0, 1));
    expect(text((await study()).dicomJson.datasets[0], "00201208"), "NumberOfStudyRelatedInstances").toBe(
      "2",
    );

    expect(await service.delete(seriesPath(mr))).toAnswer(deleted);
    expect(await service.search(`${studyPath(first)}/series`)).toFind("series", [seriesInstanceUid]);
    const onlySeries = await series();
    expect(onlySeries).toFind("series", [seriesInstanceUid]);
    expect(text(onlySeries.dicomJson.datasets[0], "00201209"), "NumberOfSeriesRelatedInstances").toBe("1");
    const ctStudy = await study({ ModalitiesInStudy: "CT" });
    expect(ctStudy).toFind("study", [StudyInstanceUID]);
    expect(values(ctStudy.dicomJson.datasets[0], "00080061"), "ModalitiesInStudy").toEqual(["CT"]);
    expect(await study({ ModalitiesInStudy: "MR" })).toFindNothing();

    expect(await service.delete(studyPath(first))).toAnswer(deleted);
    for (const response of [
      await study(),
      await series(),
      await service.search("/instances", { StudyInstanceUID }),
      await service.search(`${studyPath(first)}/series`),
      await service.search(`${studyPath(first)}/instances`),
      await service.search(`${seriesPath(first)}/instances`),
      await service.search("/studies", { PatientName }),
    ]) {
      expect(response).toFindNothing();
    }
    // The index of words that fuzzy matching reads is brought up to date a moment later.
    const fuzzy = () => service.search("/studies", { PatientName, fuzzymatching: "true" });
    expect(await service.eventually(fuzzy, ({ status }) => status === 204)).toFindNothing();
  },
);

requirement(
  "DELETE-014",
  {
    ...ofInstance,
    title: "metadata, frames and rendered images of a deleted instance are gone, even those read before",
    clause: [statement("Delete"), statement("Retrieve Response Status Codes")],
  },
  async ({ service, instances }) => {
    const image = instances.image({ frames: 2 });
    await service.given.stored(image);
    const resources = [
      [`${studyPath(image)}/metadata`, accept.dicomJson],
      [`${seriesPath(image)}/metadata`, accept.dicomJson],
      [`${instancePath(image)}/metadata`, accept.dicomJson],
      [`${instancePath(image)}/frames/1`, accept.frames],
      [`${instancePath(image)}/rendered`, accept.jpeg],
      [`${instancePath(image)}/frames/1/rendered`, accept.jpeg],
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

    for (const [path, mediaType] of resources) {
      expect(await service.get(path, mediaType)).toAnswer({ status: 404 });
      const headers = { "If-None-Match": validators.get(path) };
      expect(await service.get(path, mediaType, headers)).toAnswer({ status: 404 });
    }
  },
);

requirement(
  "DELETE-016",
  {
    ...ofStudy,
    title: "deleting a study gives the change feed one delete entry for each of its instances",
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

requirement(
  "DELETE-018",
  {
    ...ofInstance,
    title: "an instance can be stored again as soon as it was deleted, with other content",
    clause: [statement("Store Failure Reason Codes"), changeFeedGuide("Change Feed")],
  },
  async ({ service, instances }) => {
    for (const pathOf of [instancePath, seriesPath, studyPath]) {
      const first = instances.image({}, { PatientName: "First^A" });
      const second = instances.with(first, { PatientName: "Second^B", ImageComments: "again" });
      const metadata = () => service.get(`${instancePath(first)}/metadata`, accept.dicomJson);
      const feed = await ChangeFeed.fromNow(service);
      await service.given.stored(first);
      await service.readBack(first);
      await metadata();
      expect(await service.delete(pathOf(first))).toAnswer(deleted);

      const again = await service.store([second]);
      expect(again).toAnswer({ status: 200 });
      expect(again).toConfirm([second]);

      expect(await service.readBack(second)).toDeliver([second]);
      const [dataset] = (await metadata()).dicomJson.datasets;
      expect(text(dataset, "00100010"), "PatientName in the metadata").toBe("Second^B");
      const { studyInstanceUid: StudyInstanceUID } = second;
      const found = await service.search("/studies", { StudyInstanceUID, PatientName: "Second^B" });
      expect(found).toFind("study", [StudyInstanceUID]);
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
