import {
  givenAdded,
  givenQueryable,
  givenSwitchedOn,
} from "../../fixtures/client/query-tags/add-query-tags.ts";
import { operationEnded, queryTag } from "../../fixtures/client/query-tags/query-tags.ts";
import type { QueryParameters } from "../../fixtures/client/resources.ts";
import { attribute } from "../../fixtures/wire/dicom-json.ts";
import {
  advise,
  checkRows,
  expect,
  extendedQueryTagGuide,
  holds,
  type Instance,
  must,
  named,
  type Service,
  type ServiceResponse,
  seriesPath,
  statement,
  studyPath,
} from "../words.ts";
import { requireBothVersions } from "./both-versions.ts";

must(
  "TAGS-034",
  {
    title: "instances stored before are found by the new tag after re-indexing",
    request: "Create-extended-query-tag",
    clause: [extendedQueryTagGuide("Tag Status"), extendedQueryTagGuide("Add Extended Query Tags")],
  },
  async ({ service, instances }) => {
    const first = instances.minimal({ PatientSexNeutered: "ALTERED", NumberOfFilms: "12" });
    const second = instances.minimal({ PatientSexNeutered: "UNALTERED", NumberOfFilms: "03" });
    await service.given.stored(first, second);
    const films = queryTag("NumberOfFilms", "Study");
    await givenQueryable(service, queryTag("PatientSexNeutered", "Study"), films);

    const rows = {
      "a number with zeros": { parameters: { [films.path]: "0003" }, wanted: second, other: first },
      "a number without zeros": { parameters: { [films.path]: "3" }, wanted: second, other: first },
      "a number by keyword": { parameters: { NumberOfFilms: "12" }, wanted: first, other: second },
      "a code by keyword": { parameters: { PatientSexNeutered: "UNALTERED" }, wanted: second, other: first },
    };
    await checkRows(rows, async ({ parameters, wanted, other }) => {
      const within = ({ studyInstanceUid: StudyInstanceUID }: Instance) => ({
        ...parameters,
        StudyInstanceUID,
      });
      await expectInstances(service, within(wanted), [wanted]);
      const study = await service.searchUntil("/studies", within(wanted), (answer) =>
        holds(answer).toFind("study", [wanted.studyInstanceUid]),
      );
      expect(study).toFind("study", [wanted.studyInstanceUid]);
      expect(await service.search("/instances", within(other))).toFindNothing();
    });
  },
);

must(
  "TAGS-035",
  {
    title: "instances stored after adding are found without another re-index",
    request: "Create-extended-query-tag",
    clause: extendedQueryTagGuide("Tag Status"),
  },
  async ({ service, instances }) => {
    const detector = queryTag("DetectorID", "Instance");
    const { id } = await givenAdded(service, detector);
    const meanwhile = instances.minimal({ DetectorID: "MEANWHILE" });
    await service.given.stored(meanwhile);
    await operationEnded(service, id);
    await givenSwitchedOn(service, detector.path);
    const after = instances.minimal({ DetectorID: "AFTER" });
    await service.given.stored(after);

    const expectFound = async (value: string, wanted: Instance, other: Instance) => {
      const within = ({ sopInstanceUid: SOPInstanceUID }: Instance) => ({
        DetectorID: value,
        SOPInstanceUID,
      });
      await expectInstances(service, within(wanted), [wanted]);
      expect(await service.search("/instances", within(other))).toFindNothing();
    };
    const checks = {
      "stored while the re-index may have run": () => expectFound("MEANWHILE", meanwhile, after),
      "stored after it": () => expectFound("AFTER", after, meanwhile),
      "stored after it through the other version": async () => {
        const elsewhere = instances.minimal({ DetectorID: "ELSEWHERE" });
        const other = await requireBothVersions(service);
        await other.given.stored(elsewhere);
        await expectFound("ELSEWHERE", elsewhere, after);
      },
    };
    await checkRows(checks, (check) => check());
  },
);

const served = {
  status: 200,
  tolerate: [{ status: 204, because: "what is found by an accepted tag is the question of TAGS-034" }],
};

must(
  "TAGS-040",
  {
    title: "the level of a tag decides which search resources accept it",
    request: "Create-extended-query-tag",
    clause: [extendedQueryTagGuide("Extended Query Tag Level"), statement("Searchable Attributes")],
  },
  async ({ service, instances }) => {
    const instance = instances.minimal({
      MilitaryRank: "MAJOR",
      FilterType: "WEDGE",
      SecondaryCaptureDeviceID: "D1",
    });
    await service.given.stored(instance);
    const tags = [
      { tag: queryTag("MilitaryRank", "Study"), value: "MAJOR" },
      { tag: queryTag("FilterType", "Series"), value: "WEDGE" },
      { tag: queryTag("SecondaryCaptureDeviceID", "Instance"), value: "D1" },
    ];
    await givenQueryable(service, ...tags.map(({ tag }) => tag));

    const resources = {
      studies: { path: "/studies", accepted: "Study" },
      series: { path: "/series", accepted: "Study Series" },
      instances: { path: "/instances", accepted: "Study Series Instance" },
      "series of a study": { path: `${studyPath(instance)}/series`, accepted: "Series" },
      "instances of a study": { path: `${studyPath(instance)}/instances`, accepted: "Series Instance" },
      "instances of a series": { path: `${seriesPath(instance)}/instances`, accepted: "Instance" },
    };
    const byLevel = named(tags, ({ tag }) => `by a tag of level ${tag.level}`);
    await checkRows(resources, ({ path, accepted }) =>
      checkRows(byLevel, async ({ tag, value }) => {
        const response = await service.search(path, { [tag.path]: value, limit: 1 });
        expect(response).toAnswer(accepted.includes(tag.level) ? served : { status: 400 });
      }),
    );
  },
);

must(
  "TAGS-042",
  {
    title: "an added tag can be combined with other attributes and comes back in the answer",
    request: "Create-extended-query-tag",
    clause: [extendedQueryTagGuide("Tag Status"), statement("Search (QIDO-RS)")],
  },
  async ({ service, instances }) => {
    const room = `R${instances.uid().slice(-12)}`;
    const p = instances.minimal({ PerformedStationName: room, PerformedLocation: "First" });
    const q = instances.minimal({ PerformedStationName: room, PerformedLocation: "Second" });
    const elsewhere = instances.minimal({ PerformedStationName: "ELSEWHERE", PerformedLocation: "First" });
    await service.given.stored(p, q, elsewhere);
    const stationName = queryTag("PerformedStationName", "Instance");
    const location = queryTag("PerformedLocation", "Instance");
    await givenQueryable(service, stationName);
    await givenQueryable(service, location);
    const inRoom = { [stationName.path]: room };

    const rows = {
      alone: { parameters: inRoom, expected: [p, q] },
      "with PatientID": {
        parameters: { ...inRoom, PatientID: String(p.attributes.PatientID) },
        expected: [p],
      },
      "with another tag": { parameters: { ...inRoom, [location.path]: "First" }, expected: [p] },
    };
    const checks = {
      "what it finds": () =>
        checkRows(rows, async ({ parameters, expected }) => {
          const response = await expectInstances(service, parameters, expected);
          for (const { sopInstanceUid } of expected) {
            expect(response).toShow("instance", sopInstanceUid, { PerformedStationName: [room] });
          }
        }),
      "in another study": async () => {
        const inOtherStudy = { ...inRoom, StudyInstanceUID: elsewhere.studyInstanceUid };
        expect(await service.search("/instances", inOtherStudy)).toFindNothing();
      },
      "by includefield": async () => {
        const included = { SOPInstanceUID: p.sopInstanceUid, includefield: stationName.path };
        const response = await service.search("/instances", included);
        expect(response).toShow("instance", p.sopInstanceUid, { PerformedStationName: [room] });
        const shown = attribute(response.dicomJson.datasets[0], "PerformedStationName");
        expect(response).toHold("VR of PerformedStationName", shown?.vr, "SH");
      },
      "the same tag by two names": async () => {
        const response = await service.search("/instances", { ...inRoom, PerformedStationName: room });
        const because = "no document forbids to name an attribute twice";
        expect(response).toAnswer({ status: 400, tolerate: [{ status: [200, 204], because }] });
        advise(response).toAnswer({ status: 400 });
      },
    };
    await checkRows(checks, (check) => check());
  },
);

/** A search finds exactly these instances, at once or in a moment. */
async function expectInstances(
  service: Service,
  parameters: QueryParameters,
  expected: readonly Instance[],
): Promise<ServiceResponse> {
  const uids = expected.map(({ sopInstanceUid }) => sopInstanceUid);
  const response = await service.searchUntil("/instances", parameters, (answer) =>
    holds(answer).toFind("instance", uids),
  );
  expect(response).toFind("instance", uids);
  return response;
}
