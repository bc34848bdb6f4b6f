import {
  type Change,
  ChangeFeed,
  readAround,
  readChanges,
  stepOf,
  ticksOf,
} from "../../fixtures/client/change-feed.ts";
import type { QueryParameters } from "../../fixtures/client/resources.ts";
import { text, values } from "../../fixtures/wire/dicom-json.ts";
import { nameOf } from "../../fixtures/wire/dictionary.ts";
import {
  accept,
  atLeast,
  changeFeedGuide,
  checkRows,
  condition,
  expect,
  given,
  instancePath,
  must,
  named,
  type Service,
  seriesPath,
  statement,
  studyPath,
} from "../words.ts";
import { deleted } from "./deletion.ts";
import { expectSoon, type Judge, nothing, shows } from "./soon.ts";

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
    const inStudy = { StudyInstanceUID };
    const counted = { ...inStudy, includefield: "NumberOfStudyRelatedInstances,ModalitiesInStudy" };
    const countedSeries = { ...inStudy, includefield: "NumberOfSeriesRelatedInstances" };

    expect(await service.delete(first)).toAnswer(deleted);

    const left = [second.sopInstanceUid, mr.sopInstanceUid];
    await expectSoon(service, "/instances", inStudy, (found) => found.toFind("instance", left));
    await expectSoon(service, `${studyPath(first)}/instances`, {}, (found) => found.toFind("instance", left));
    await expectSoon(service, `${seriesPath(first)}/instances`, {}, (found) =>
      found.toFind("instance", [second.sopInstanceUid]),
    );
    await expectSoon(service, "/studies", counted, shows("NumberOfStudyRelatedInstances", "2"));

    expect(await service.delete(seriesPath(mr))).toAnswer(deleted);

    const ofCt: Judge = (found) => found.toFind("series", [seriesInstanceUid]);
    await expectSoon(service, `${studyPath(first)}/series`, {}, ofCt);
    await expectSoon(service, "/series", countedSeries, ofCt);
    await expectSoon(service, "/series", countedSeries, shows("NumberOfSeriesRelatedInstances", "1"));
    await expectSoon(service, "/studies", { ...counted, ModalitiesInStudy: "CT" }, (found) =>
      found.toFind("study", [StudyInstanceUID]),
    );
    await expectSoon(service, "/studies", counted, (found, { dicomJson }) =>
      found.toHold(nameOf("ModalitiesInStudy"), values(dicomJson.datasets[0], "ModalitiesInStudy"), ["CT"]),
    );
    await expectSoon(service, "/studies", { ...counted, ModalitiesInStudy: "MR" }, nothing);

    expect(await service.delete(studyPath(first))).toAnswer(deleted);

    const searches: Record<string, readonly [string, QueryParameters, limit?: number]> = {
      studies: ["/studies", counted],
      series: ["/series", countedSeries],
      instances: ["/instances", inStudy],
      "series of the study": [`${studyPath(first)}/series`, {}],
      "instances of the study": [`${studyPath(first)}/instances`, {}],
      "instances of the series": [`${seriesPath(first)}/instances`, {}],
      "studies by patient name": ["/studies", { PatientName }],
      "studies by a word of that name": [
        "/studies",
        { PatientName, fuzzymatching: "true" },
        patienceWithWords,
      ],
    };
    await checkRows(searches, async ([resource, query, limit]) => {
      await expectSoon(service, resource, query, nothing, limit);
    });
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
    const resources = {
      "metadata of the study": [`${studyPath(image)}/metadata`, accept.dicomJson, "RETRIEVE-048"],
      "metadata of the series": [`${seriesPath(image)}/metadata`, accept.dicomJson, "RETRIEVE-048"],
      "metadata of the instance": [`${instancePath(image)}/metadata`, accept.dicomJson, "RETRIEVE-048"],
      "the first frame": [`${instancePath(image)}/frames/1`, accept.frames, "RETRIEVE-036"],
      "the instance, rendered": [`${instancePath(image)}/rendered`, accept.jpeg, "RETRIEVE-072"],
      "the first frame, rendered": [`${instancePath(image)}/frames/1/rendered`, accept.jpeg, "RETRIEVE-074"],
    } as const;
    const validators = new Map<string, string | undefined>();
    for (const [path, mediaType, coveredBy] of Object.values(resources)) {
      const response = await service.get(path, mediaType);
      given(response, coveredBy).toAnswer({ status: 200 });
      validators.set(path, response.header("ETag"));
    }

    expect(await service.delete(image)).toAnswer(deleted);
    expect(await service.delete(unread)).toAnswer(deleted);

    await checkRows(resources, async ([path, mediaType]) => {
      const requests = { "as before": {}, "with If-None-Match": { "If-None-Match": validators.get(path) } };
      await checkRows(requests, async (headers) => {
        expect(await service.get(path, mediaType, headers)).toAnswer({ status: 404 });
      });
    });
    expect(await service.frames(unread, 1)).toAnswer({ status: 404 });
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

    const { changes, response } = await feed.changesOf(all, 6);
    await checkRows(
      named(all, ({ sopInstanceUid }) => sopInstanceUid),
      async ({ studyInstanceUid, seriesInstanceUid, sopInstanceUid }) => {
        const own = changes.filter((change) => change.sopInstanceUid === sopInstanceUid);
        expect(response).toHold("its entries", own.map(stepOf), ["create deleted", "delete deleted"]);
        const path = seriesPath({ studyInstanceUid, seriesInstanceUid });
        expect(response).toHold("series of its entries", own.map(seriesPath), [path, path]);
        const [created = "", removed] = own.map(({ timestamp }) => timestamp);
        expect(response).toHold("time of the delete", removed, notBefore(created));
        await checkRows(named(own, stepOf), (change) => expectNoMetadata(service, change));
      },
    );
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
    await checkRows({ instance: instancePath, series: seriesPath, study: studyPath }, async (pathOf) => {
      const first = instances.image({}, { PatientName: "First^A" });
      const second = instances.with(first, { PatientName: "Second^B", ImageComments: "again" });
      const { studyInstanceUid: StudyInstanceUID } = second;
      const feed = await ChangeFeed.fromNow(service);
      await service.given.stored(first);
      await service.retrieve(first);
      await service.metadata(first);
      expect(await service.delete(pathOf(first))).toAnswer(deleted);

      expect(await service.store([second])).toStore([second]);

      expect(await service.retrieve(second)).toDeliver([second]);
      const metadata = await service.metadata(second);
      const shown = text(metadata.dicomJson.datasets[0], "PatientName");
      expect(metadata).toHold(nameOf("PatientName"), shown, "Second^B");
      await expectSoon(service, "/studies", { StudyInstanceUID, PatientName: "Second^B" }, (found) =>
        found.toFind("study", [StudyInstanceUID]),
      );
      const { changes, response } = await feed.changesOf([second], 3);
      const steps = ["create replaced", "delete replaced", "create current"];
      expect(response).toHold("actions and states of the entries", changes.map(stepOf), steps);
    });
  },
);

/** Asked for with its metadata, in a window so narrow that hardly anybody else's entry stands in the way. */
async function expectNoMetadata(service: Service, change: Change): Promise<void> {
  const around = await readAround(service, change, {}, "by default");
  expect(around).toAnswer({ status: 200 });
  const own = readChanges(around).filter(({ sopInstanceUid }) => sopInstanceUid === change.sopInstanceUid);
  given(around, "CHANGEFEED-001").toHold("number of its entries", own.length, atLeast(1));
  const metadata = own.flatMap((entry) => entry.metadata ?? []);
  expect(around).toHold("metadata of its entries", metadata, []);
}

function notBefore(timestamp: string) {
  return condition(`not before ${timestamp}`, (value) => ticksOf(String(value)) >= ticksOf(timestamp));
}
