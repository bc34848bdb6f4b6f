import { values } from "../../fixtures/wire/dicom-json.ts";
import { dicom, expect, type Instances, must, ps3_18, type Service, statement } from "../words.ts";
import { givenSearchable } from "./search-resources.ts";

must(
  "SEARCH-027",
  {
    title: "several attribute filters must all hold, in whatever order and of whatever level",
    request: "Search-for-studies",
    profile: "dicomweb",
    clause: [ps3_18("8.3.4.1"), statement("Supported Search Parameters")],
  },
  async ({ service, instances }) => {
    const [PatientID, otherPatient] = [instances.patientId(), instances.patientId()];
    const wanted = instances.minimal({ PatientID, StudyDate: "20200101", Modality: "CT" });
    const otherDate = instances.minimal({ PatientID, StudyDate: "20200102", Modality: "CT" });
    const otherPerson = instances.minimal({
      PatientID: otherPatient,
      StudyDate: "20200101",
      Modality: "MR",
      AccessionNumber: "OTHER",
    });
    await givenSearchable(service, wanted, otherDate, otherPerson);

    const byBoth = [
      ["PatientID", PatientID],
      ["StudyDate", "20200101"],
    ] as const;
    for (const filters of [byBoth, [...byBoth].reverse()]) {
      expect(await service.search("/studies", filters)).toFind("study", [wanted.studyInstanceUid]);
    }
    const nobody = { PatientID: otherPatient, StudyDate: "20200101", AccessionNumber: "NONE" };
    expect(await service.search("/studies", nobody)).toFindNothing();
    const somebody = { ...nobody, AccessionNumber: "OTHER" };
    expect(await service.search("/studies", somebody)).toFind("study", [otherPerson.studyInstanceUid]);

    if (service.isAzure) {
      const ofAllLevels = { PatientID, Modality: "CT", SOPInstanceUID: otherDate.sopInstanceUid };
      expect(await service.search("/instances", ofAllLevels)).toFind("instance", [otherDate.sopInstanceUid]);
      expect(await service.search("/instances", { ...ofAllLevels, Modality: "MR" })).toFindNothing();
    }
  },
);

must(
  "SEARCH-028",
  {
    title: "ModalitiesInStudy finds a study by any of its modalities, and shows all of them",
    request: "Search-for-studies",
    profile: "dicomweb",
    clause: [ps3_18("10.6.1.2.3"), dicom("PS3.4", "C.6.2.1"), statement("Searchable Attributes")],
  },
  async ({ service, instances }) => {
    const PatientID = instances.patientId();
    const ct = instances.minimal({ PatientID, Modality: "CT" });
    const { studyInstanceUid } = ct;
    const secondCt = instances.minimal({ PatientID, StudyInstanceUID: studyInstanceUid, Modality: "CT" });
    const mr = instances.minimal({ PatientID, StudyInstanceUID: studyInstanceUid, Modality: "MR" });
    const us = instances.minimal({ PatientID, Modality: "US" });
    await givenSearchable(service, ct, secondCt, mr, us);

    for (const modality of ["CT", "MR"]) {
      const response = await service.search("/studies", { ModalitiesInStudy: modality, PatientID });
      expect(response).toFind("study", [studyInstanceUid]);
      const shown = values(response.dicomJson.datasets[0], "ModalitiesInStudy");
      expect([...shown].sort(), "ModalitiesInStudy").toEqual(["CT", "MR"]);
    }
    const other = await service.search("/studies", { ModalitiesInStudy: "US", PatientID });
    expect(other).toFind("study", [us.studyInstanceUid]);
  },
);

/** By resource: attributes that every server must match, and those that Microsoft adds. */
const wholeValues = [
  { resource: "/studies", keyword: "AccessionNumber", value: "ACC12345", onlyAzure: false },
  { resource: "/studies", keyword: "PatientID", value: undefined, onlyAzure: false },
  { resource: "/studies", keyword: "PatientName", value: "Doe^John^Q", onlyAzure: true },
  { resource: "/studies", keyword: "StudyDescription", value: "Chest CT", onlyAzure: true },
  { resource: "/series", keyword: "Modality", value: "CT", onlyAzure: true },
  { resource: "/series", keyword: "ManufacturerModelName", value: "Model X", onlyAzure: true },
] as const;

must(
  "SEARCH-030",
  {
    title: "a text filter matches the whole value, not a part of it",
    request: "Search-for-studies",
    profile: "dicomweb",
    clause: [dicom("PS3.4", "C.2.2.2.1"), statement("Search Matching")],
  },
  async ({ service, instances }) => {
    const PatientID = instances.patientId();
    const given = Object.fromEntries(wholeValues.map(({ keyword, value }) => [keyword, value ?? PatientID]));
    const instance = instances.minimal(given);
    const StudyInstanceUID = instance.studyInstanceUid;
    await givenSearchable(service, instance);

    for (const { resource, keyword, value = PatientID, onlyAzure } of wholeValues) {
      if (onlyAzure && !service.isAzure) {
        continue;
      }
      const [level, uid] =
        resource === "/studies"
          ? (["study", StudyInstanceUID] as const)
          : (["series", instance.seriesInstanceUid] as const);
      const search = (wanted: string) => service.search(resource, { StudyInstanceUID, [keyword]: wanted });
      expect(await search(value)).toFind(level, [uid]);
      for (const other of [value.slice(0, -1), value.slice(1), `${value}1`]) {
        expect(await search(other)).toFindNothing();
      }
    }
  },
);

const dates = [
  { resource: "/studies", level: "study", keyword: "StudyDate", onlyAzure: false },
  { resource: "/studies", level: "study", keyword: "PatientBirthDate", onlyAzure: true },
  { resource: "/series", level: "series", keyword: "PerformedProcedureStepStartDate", onlyAzure: true },
] as const;

must(
  "SEARCH-031",
  {
    title: "a filter with one date matches that date only",
    request: "Search-for-studies",
    profile: "dicomweb",
    clause: [ps3_18("8.3.4.1"), statement("Search Matching")],
  },
  async ({ service, instances }) => {
    const PatientID = instances.patientId();
    const dated = ["20181231", "20190101", "20190102"].map((date) =>
      instances.minimal({
        PatientID,
        ...Object.fromEntries(dates.map(({ keyword }) => [keyword, date])),
      }),
    );
    await givenSearchable(service, ...dated);

    for (const { resource, level, keyword } of dates.filter(
      ({ onlyAzure }) => service.isAzure || !onlyAzure,
    )) {
      const response = await service.search(resource, { PatientID, [keyword]: "20190101" });
      const uids = dated.map((instance) =>
        level === "study" ? instance.studyInstanceUid : instance.seriesInstanceUid,
      );
      expect(response).toFind(level, uids.slice(1, 2));
    }
  },
);

must(
  "SEARCH-032",
  {
    title: "a date range includes both of its ends",
    request: "Search-for-studies",
    profile: "dicomweb",
    clause: [dicom("PS3.4", "C.2.2.2.5"), statement("Search Matching")],
  },
  async ({ service, instances }) => {
    const { PatientID, uidsOf } = await givenStudiesAroundJanuary(service, instances);
    for (const [range, found] of [
      ["20200101-20200131", ["20200101", "20200115", "20200131"]],
      ["20200115-20200115", ["20200115"]],
      ["20200131-20200201", ["20200131", "20200201"]],
    ] as const) {
      const filters = { PatientID, StudyDate: range };
      expect(await service.search("/studies", filters)).toFind("study", uidsOf(found, "studyInstanceUid"));
      if (service.isAzure) {
        expect(await service.search("/series", filters)).toFind("series", uidsOf(found, "seriesInstanceUid"));
        expect(await service.search("/instances", filters)).toFind(
          "instance",
          uidsOf(found, "sopInstanceUid"),
        );
      }
    }
    const empty = { PatientID, StudyDate: "20200102-20200114" };
    expect(await service.search("/studies", empty)).toFindNothing();
  },
);

must(
  "SEARCH-033",
  {
    title: "a date range may be open at one end, and includes the other",
    request: "Search-for-studies",
    profile: "dicomweb",
    clause: [dicom("PS3.4", "C.2.2.2.5"), statement("Search Matching")],
  },
  async ({ service, instances }) => {
    const { PatientID, uidsOf } = await givenStudiesAroundJanuary(service, instances);
    for (const [range, found] of [
      ["-20200101", ["20191231", "20200101"]],
      ["20200131-", ["20200131", "20200201"]],
    ] as const) {
      const response = await service.search("/studies", { PatientID, StudyDate: range });
      expect(response).toFind("study", uidsOf(found, "studyInstanceUid"));
    }
  },
);

/** One patient's studies: on the first, in the middle and on the last of January 2020, and a day before and after. */
async function givenStudiesAroundJanuary(service: Service, instances: Instances) {
  const PatientID = instances.patientId();
  const days = ["20191231", "20200101", "20200115", "20200131", "20200201"];
  const studies = days.map((StudyDate) => instances.minimal({ PatientID, StudyDate }));
  await givenSearchable(service, ...studies);
  const uidsOf = (
    wanted: readonly string[],
    level: "studyInstanceUid" | "seriesInstanceUid" | "sopInstanceUid",
  ) => studies.filter((_, index) => wanted.includes(days[index] ?? "")).map((study) => study[level]);
  return { PatientID, uidsOf };
}
