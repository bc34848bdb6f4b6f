import { instancePath, seriesPath, studyPath } from "../../fixtures/client/resources.ts";
import { expect } from "../../fixtures/matchers/expect.ts";
import { statement } from "../engine/clause.ts";
import { requirement } from "../engine/requirement.ts";
import { expectLeft, givenHeld } from "./holdings.ts";

const azure = { level: "must", profile: "azure", api: ["v1", "v2"] } as const;
const ofInstance = { ...azure, request: "Delete-a-specific-instance-within-a-study -and-series" } as const;
const ofSeries = { ...azure, request: "Delete-a-specific-series-within-a-study" } as const;
const ofStudy = { ...azure, request: "Delete-a-specific-study" } as const;

const deleted = { status: 204, isEmpty: true } as const;

requirement(
  "DELETE-001",
  {
    ...ofInstance,
    title: "deleting the only instance of a study removes instance, series and study",
    clause: [statement("Delete"), statement("Delete Response Payload")],
  },
  async ({ service, instances }) => {
    const only = instances.minimal();
    await givenHeld(service, only);

    const response = await service.delete(instancePath(only));

    expect(response).toAnswer(deleted);
    expect(response.header("Content-Type"), "Content-Type of an answer without a body").toBeUndefined();
    await expectLeft(service, [only], []);
  },
);

requirement(
  "DELETE-002",
  {
    ...ofSeries,
    title: "deleting a series removes all its instances, and the study with its last series",
    clause: statement("Delete"),
  },
  async ({ service, instances }) => {
    const single = instances.minimal();
    const first = instances.minimal();
    const second = instances.with(first, { SOPInstanceUID: instances.uid() });
    for (const all of [[single], [first, second]]) {
      await givenHeld(service, ...all);
      expect(await service.delete(seriesPath(all[0] ?? single))).toAnswer(deleted);
      await expectLeft(service, all, []);
    }
  },
);

requirement(
  "DELETE-003",
  {
    ...ofStudy,
    title: "deleting a study removes all its series and instances, and nothing of another study",
    clause: statement("Delete"),
  },
  async ({ service, instances }) => {
    const first = instances.minimal();
    const sibling = instances.minimal({ StudyInstanceUID: first.studyInstanceUid });
    const second = instances.with(sibling, { SOPInstanceUID: instances.uid() });
    const otherStudy = instances.minimal({ PatientID: first.attributes.PatientID });
    const all = [first, sibling, second, otherStudy];
    await givenHeld(service, ...all);

    expect(await service.delete(studyPath(first))).toAnswer(deleted);
    await expectLeft(service, all, [otherStudy]);
  },
);

requirement(
  "DELETE-004",
  {
    ...ofInstance,
    title: "deleting one instance leaves its siblings and the other series",
    clause: statement("Delete"),
  },
  async ({ service, instances }) => {
    const doomed = instances.minimal();
    const sibling = instances.with(doomed, { SOPInstanceUID: instances.uid() });
    const otherSeries = instances.minimal({ StudyInstanceUID: doomed.studyInstanceUid });
    const all = [doomed, sibling, otherSeries];
    await givenHeld(service, ...all);

    expect(await service.delete(instancePath(doomed))).toAnswer(deleted);
    await expectLeft(service, all, [sibling, otherSeries]);
  },
);

requirement(
  "DELETE-005",
  {
    ...ofInstance,
    title: "deleting the last instance of a series removes that series and leaves the others",
    clause: statement("Delete"),
  },
  async ({ service, instances }) => {
    const last = instances.minimal();
    const otherSeries = instances.minimal({ StudyInstanceUID: last.studyInstanceUid });
    await givenHeld(service, last, otherSeries);

    expect(await service.delete(instancePath(last))).toAnswer(deleted);
    await expectLeft(service, [last, otherSeries], [otherSeries]);
  },
);

requirement(
  "DELETE-006",
  {
    ...ofSeries,
    title: "deleting a series leaves the other series of the study",
    clause: statement("Delete"),
  },
  async ({ service, instances }) => {
    const first = instances.minimal();
    const second = instances.with(first, { SOPInstanceUID: instances.uid() });
    const otherSeries = instances.minimal({ StudyInstanceUID: first.studyInstanceUid });
    const all = [first, second, otherSeries];
    await givenHeld(service, ...all);

    expect(await service.delete(seriesPath(first))).toAnswer(deleted);
    await expectLeft(service, all, [otherSeries]);
  },
);
