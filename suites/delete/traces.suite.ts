import { type Change, changesOf } from "../../fixtures/client/change-feed.ts";
import { text, values } from "../../fixtures/client/dicom-json.ts";
import { Inconclusive } from "../../fixtures/client/inconclusive.ts";
import { accept, instancePath, seriesPath, studyPath } from "../../fixtures/client/resources.ts";
import type { Service } from "../../fixtures/client/service.ts";
import type { Instance } from "../../fixtures/instances/instance.ts";
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
    await service.given.stored(...all);

    expect(await service.delete(studyPath(first))).toAnswer(deleted);

    for (const instance of all) {
      const changes = await changesOnceThere(service, instance, 2);
      expect(changes.map(({ action }) => action)).toEqual(["create", "delete"]);
      expect(changes.map(({ state }) => state)).toEqual(["deleted", "deleted"]);
      for (const { studyInstanceUid, seriesInstanceUid } of changes) {
        expect([studyInstanceUid, seriesInstanceUid]).toEqual([
          instance.studyInstanceUid,
          instance.seriesInstanceUid,
        ]);
      }
      const [created = 0, removed = 0] = changes.map(({ timestamp }) => Date.parse(timestamp));
      expect(removed, "time of the delete").toBeGreaterThanOrEqual(created);
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
      const changes = await changesOnceThere(service, second, 3);
      expect(changes.map(({ action }) => action)).toEqual(["create", "delete", "create"]);
      expect(changes.map(({ state }) => state)).toEqual(["replaced", "replaced", "current"]);
    }
  },
);

/** The changes of an instance, as soon as there are so many of them; v2 may show them a moment later. */
async function changesOnceThere(
  service: Service,
  { sopInstanceUid }: Instance,
  count: number,
): Promise<readonly Change[]> {
  let changes: readonly Change[] = [];
  await service.eventually(
    async () => {
      changes = await changesOf(service, sopInstanceUid);
      return service.get("/changefeed/latest?includeMetadata=false", "application/json");
    },
    () => changes.length >= count,
  );
  return changes;
}
