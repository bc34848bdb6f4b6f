import {
  givenAdded,
  givenSearchable,
  givenSwitchedOn,
  operationEnded,
} from "../../fixtures/client/query-tags.ts";
import { expect, extendedQueryTagGuide, must, seriesPath, statement, studyPath } from "../words.ts";
import { searchFor } from "./search-for.ts";

const stationName = { path: "00081010", vr: "SH", level: "Instance" } as const;
const manufacturer = { path: "00080070", vr: "LO", level: "Instance" } as const;

must(
  "TAGS-034",
  {
    title: "instances stored before are found by the new tag after re-indexing",
    request: "Create-extended-query-tag",
    clause: [extendedQueryTagGuide("Tag Status"), extendedQueryTagGuide("Add Extended Query Tags")],
  },
  async ({ service, instances }) => {
    const first = instances.minimal({ PatientSex: "M", NumberOfFilms: "12" });
    const second = instances.minimal({ PatientSex: "O", NumberOfFilms: "03" });
    await service.given.stored(first, second);
    await givenSearchable(
      service,
      { path: "00100040", vr: "CS", level: "Study" },
      { path: "21000170", vr: "IS", level: "Study" },
    );
    for (const [parameters, wanted, other] of [
      [{ "21000170": "0003" }, second, first],
      [{ "21000170": "3" }, second, first],
      [{ NumberOfFilms: "12" }, first, second],
      [{ PatientSex: "O" }, second, first],
    ] as const) {
      const within = ({ studyInstanceUid }: typeof first) => ({
        ...parameters,
        StudyInstanceUID: studyInstanceUid,
      });
      const instance = await searchFor(service, "/instances", within(wanted));
      expect(instance).toFind("instance", [wanted.sopInstanceUid]);
      const study = await searchFor(service, "/studies", within(wanted));
      expect(study).toFind("study", [wanted.studyInstanceUid]);
      expect(await service.search("/instances", within(other))).toFindNothing();
    }
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
    const { id } = await givenAdded(service, stationName);
    const meanwhile = instances.minimal({ StationName: "MEANWHILE" });
    await service.given.stored(meanwhile);
    await operationEnded(service, id);
    await givenSwitchedOn(service, stationName.path);
    const after = instances.minimal({ StationName: "AFTER" });
    await service.given.stored(after);
    for (const [value, wanted, other] of [
      ["MEANWHILE", meanwhile, after],
      ["AFTER", after, meanwhile],
    ] as const) {
      const within = ({ sopInstanceUid }: typeof wanted) => ({
        StationName: value,
        SOPInstanceUID: sopInstanceUid,
      });
      const found = await searchFor(service, "/instances", within(wanted));
      expect(found).toFind("instance", [wanted.sopInstanceUid]);
      expect(await service.search("/instances", within(other))).toFindNothing();
    }
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
    const instance = instances.minimal({ PatientSex: "F", BodyPartExamined: "KNEE", Manufacturer: "MAKER" });
    await service.given.stored(instance);
    const tags = [
      { path: "00100040", vr: "CS", level: "Study", value: "F" },
      { path: "00180015", vr: "CS", level: "Series", value: "KNEE" },
      { path: "00080070", vr: "LO", level: "Instance", value: "MAKER" },
    ] as const;
    await givenSearchable(service, ...tags.map(({ value, ...tag }) => tag));
    for (const [resource, accepted] of [
      ["/studies", "Study"],
      ["/series", "Study Series"],
      ["/instances", "Study Series Instance"],
      [`${studyPath(instance)}/series`, "Series"],
      [`${studyPath(instance)}/instances`, "Series Instance"],
      [`${seriesPath(instance)}/instances`, "Instance"],
    ] as const) {
      for (const { path, level, value } of tags) {
        const response = await service.search(resource, { [path]: value, limit: 1 });
        expect(response).toAnswer(accepted.includes(level) ? served : { status: 400 });
      }
    }
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
    const [p, q] = [
      instances.minimal({ StationName: room, Manufacturer: "First" }),
      instances.minimal({ StationName: room, Manufacturer: "Second" }),
    ];
    const elsewhere = instances.minimal({ StationName: "ELSEWHERE", Manufacturer: "First" });
    await service.given.stored(p, q, elsewhere);
    await givenSearchable(service, stationName);
    await givenSearchable(service, manufacturer);
    const both = [p.sopInstanceUid, q.sopInstanceUid];
    for (const [parameters, expected] of [
      [{ "00081010": room }, both],
      [{ "00081010": room, PatientID: String(p.attributes.PatientID) }, [p.sopInstanceUid]],
      [{ "00081010": room, "00080070": "First" }, [p.sopInstanceUid]],
    ] as const) {
      const response = await searchFor(service, "/instances", parameters, expected.length);
      expect(response).toFind("instance", expected);
      for (const uid of expected) {
        expect(response).toShow("instance", uid, { StationName: [room] });
      }
    }
    const inOtherStudy = { "00081010": room, StudyInstanceUID: elsewhere.studyInstanceUid };
    expect(await service.search("/instances", inOtherStudy)).toFindNothing();

    const included = { SOPInstanceUID: p.sopInstanceUid, includefield: "00081010" };
    const response = await service.search("/instances", included);
    expect(response).toShow("instance", p.sopInstanceUid, { StationName: [room] });
    expect(response.dicomJson.datasets[0]?.["00081010"]?.vr, "VR of the tag").toBe("SH");
  },
);
