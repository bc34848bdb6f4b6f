import { cacheValidation, expectETagsToFollowDeletes } from "../retrieve/validators.ts";
import {
  checkRows,
  expect,
  holds,
  type Instance,
  instancePath,
  may,
  must,
  type Service,
  type ServiceResponse,
  seriesPath,
  should,
  statement,
  studyPath,
} from "../words.ts";
import { deleted, expectLeft } from "./deletion.ts";
import { expectSoon, nothing, shows } from "./soon.ts";

must(
  "DELETE-015",
  {
    title: "once one of its instances is deleted, the metadata of a study or series has another ETag",
    request: "Delete-a-specific-instance-within-a-study -and-series",
    clause: cacheValidation,
  },
  expectETagsToFollowDeletes,
);

should(
  "DELETE-019",
  {
    title: "a study that is stored anew after it was deleted is found by nothing that it said before",
    request: "Delete-a-specific-study",
    clause: [statement("Delete"), statement("Additional Notes")],
  },
  async ({ service, instances }) => {
    const unique = instances.uid().slice(-12);
    const old = instances.minimal({ PatientName: `Old^${unique}`, StudyDescription: "Old", Modality: "CT" });
    const anew = instances.with(old, {
      PatientName: `New^${unique}`,
      StudyDescription: undefined,
      Modality: undefined,
    });
    const StudyInstanceUID = old.studyInstanceUid;
    await service.given.stored(old);
    expect(await service.delete(studyPath(old))).toAnswer(deleted);
    await service.given.stored(anew);

    const counted = { StudyInstanceUID, includefield: "NumberOfStudyRelatedInstances" };
    await expectSoon(service, "/studies", { StudyInstanceUID, PatientName: `New^${unique}` }, (found) =>
      found.toFind("study", [StudyInstanceUID]),
    );
    await expectSoon(service, "/studies", counted, shows("NumberOfStudyRelatedInstances", "1"));
    const former = { PatientName: `Old^${unique}`, StudyDescription: "Old", ModalitiesInStudy: "CT" };
    await checkRows(former, async (value, keyword) => {
      await expectSoon(service, "/studies", { StudyInstanceUID, [keyword]: value }, nothing);
    });
  },
);

must(
  "DELETE-020",
  {
    title: "what has the same series and instance UID in another study stays",
    request: "Delete-a-specific-instance-within-a-study -and-series",
    clause: [statement("Delete"), statement("Store Required Attributes")],
  },
  async ({ service, instances }) => {
    await checkRows({ instance: instancePath, series: seriesPath, study: studyPath }, async (pathOf) => {
      const doomed = instances.minimal();
      const twin = instances.minimal({
        ...{ SeriesInstanceUID: doomed.seriesInstanceUid, SOPInstanceUID: doomed.sopInstanceUid },
        ImageComments: "in another study",
      });
      await service.given.held(doomed);
      await service.given.held(twin);

      expect(await service.delete(pathOf(doomed))).toAnswer(deleted);

      await expectLeft(service, [doomed, twin], [twin]);
      const byUid = { SOPInstanceUID: doomed.sopInstanceUid };
      await expectSoon(service, "/instances", byUid, (found) =>
        found.toFind("instance", [doomed.sopInstanceUid]),
      );
      await expectSoon(service, "/instances", byUid, shows("StudyInstanceUID", twin.studyInstanceUid));
    });
  },
);

may(
  "DELETE-021",
  {
    title:
      "a study is still found, by one of its names, once the instance that gave it the last one is deleted",
    request: "Delete-a-specific-instance-within-a-study -and-series",
    clause: [statement("Additional Notes"), statement("Delete")],
  },
  async ({ service, instances }) => {
    const unique = instances.uid().slice(-12);
    const older = instances.minimal({ PatientName: `Old^${unique}` });
    const newer = instances.with(older, { SOPInstanceUID: instances.uid(), PatientName: `New^${unique}` });
    await service.given.stored(older);
    await service.given.stored(newer);

    expect(await service.delete(newer)).toAnswer(deleted);

    const StudyInstanceUID = older.studyInstanceUid;
    await expectSoon(service, "/studies", { StudyInstanceUID }, (found) =>
      found.toFind("study", [StudyInstanceUID]),
    );
    expect(await service.metadata(studyPath(older))).toDescribe([older]);
    await expectOneName(service, [older, newer]);
  },
);

/** A service may go on finding the study by the name of the instance that is gone, or by that of the one that is left. */
async function expectOneName(service: Service, named: readonly Instance[]): Promise<void> {
  const finding: string[] = [];
  let last: ServiceResponse | undefined;
  for (const { studyInstanceUid: StudyInstanceUID, attributes } of named) {
    const PatientName = String(attributes.PatientName);
    last = await service.search("/studies", { StudyInstanceUID, PatientName });
    if (holds(last).toFind("study", [StudyInstanceUID])) {
      finding.push(PatientName);
    }
  }
  if (last) {
    expect(last).toHold("number of names that find the study", finding.length, 1);
  }
}
