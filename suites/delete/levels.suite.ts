import { checkRows, expect, type Instance, must, seriesPath, statement, studyPath } from "../words.ts";
import { deleted, expectLeft } from "./deletion.ts";

must(
  "DELETE-001",
  {
    title: "deleting the only instance of a study removes instance, series and study",
    request: "Delete-a-specific-instance-within-a-study -and-series",
    clause: [statement("Delete"), statement("Delete Response Payload")],
  },
  async ({ service, instances }) => {
    const only = instances.minimal();
    await service.given.held(only);

    const response = await service.delete(only);

    expect(response).toAnswer(deleted);
    expect(response).toHold("Content-Type", response.header("Content-Type"), undefined);
    await expectLeft(service, [only], []);
  },
);

must(
  "DELETE-002",
  {
    title: "deleting a series removes all its instances, and the study with its last series",
    request: "Delete-a-specific-series-within-a-study",
    clause: statement("Delete"),
  },
  async ({ service, instances }) => {
    const single = instances.minimal();
    const first = instances.minimal();
    const second = instances.with(first, { SOPInstanceUID: instances.uid() });
    const series: Record<string, readonly [Instance, ...Instance[]]> = {
      "a series of one instance": [single],
      "a series of two instances": [first, second],
    };

    await checkRows(series, async (all) => {
      await service.given.held(...all);

      expect(await service.delete(seriesPath(all[0]))).toAnswer(deleted);
      await expectLeft(service, all, []);
    });
  },
);

must(
  "DELETE-003",
  {
    title: "deleting a study removes all its series and instances, and nothing of another study",
    request: "Delete-a-specific-study",
    clause: statement("Delete"),
  },
  async ({ service, instances }) => {
    const first = instances.minimal();
    const sibling = instances.minimal({ StudyInstanceUID: first.studyInstanceUid });
    const second = instances.with(sibling, { SOPInstanceUID: instances.uid() });
    const otherStudy = instances.minimal({ PatientID: first.attributes.PatientID });
    const all = [first, sibling, second, otherStudy];
    await service.given.held(...all);

    expect(await service.delete(studyPath(first))).toAnswer(deleted);
    await expectLeft(service, all, [otherStudy]);
  },
);

must(
  "DELETE-004",
  {
    title: "deleting one instance leaves its siblings and the other series",
    request: "Delete-a-specific-instance-within-a-study -and-series",
    clause: statement("Delete"),
  },
  async ({ service, instances }) => {
    const doomed = instances.minimal();
    const sibling = instances.with(doomed, { SOPInstanceUID: instances.uid() });
    const otherSeries = instances.minimal({ StudyInstanceUID: doomed.studyInstanceUid });
    const all = [doomed, sibling, otherSeries];
    await service.given.held(...all);

    expect(await service.delete(doomed)).toAnswer(deleted);
    await expectLeft(service, all, [sibling, otherSeries]);
  },
);

must(
  "DELETE-005",
  {
    title: "deleting the last instance of a series removes that series and leaves the others",
    request: "Delete-a-specific-instance-within-a-study -and-series",
    clause: statement("Delete"),
  },
  async ({ service, instances }) => {
    const last = instances.minimal();
    const otherSeries = instances.minimal({ StudyInstanceUID: last.studyInstanceUid });
    await service.given.held(last, otherSeries);

    expect(await service.delete(last)).toAnswer(deleted);
    await expectLeft(service, [last, otherSeries], [otherSeries]);
  },
);

must(
  "DELETE-006",
  {
    title: "deleting a series leaves the other series of the study",
    request: "Delete-a-specific-series-within-a-study",
    clause: statement("Delete"),
  },
  async ({ service, instances }) => {
    const first = instances.minimal();
    const second = instances.with(first, { SOPInstanceUID: instances.uid() });
    const otherSeries = instances.minimal({ StudyInstanceUID: first.studyInstanceUid });
    const all = [first, second, otherSeries];
    await service.given.held(...all);

    expect(await service.delete(seriesPath(first))).toAnswer(deleted);
    await expectLeft(service, all, [otherSeries]);
  },
);
