import type { QueryParameters } from "../../fixtures/client/resources.ts";
import { values } from "../../fixtures/wire/dicom-json.ts";
import { nameOf } from "../../fixtures/wire/dictionary.ts";
import {
  advise,
  checkRows,
  dicom,
  expect,
  type Instance,
  type Instances,
  must,
  ps3_18,
  type ResourceLevel,
  type Service,
  statement,
} from "../words.ts";
import { askedOf, givenFindable, type SearchResourceName, searchResourcesOf } from "./search-resources.ts";

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
    await givenFindable(service, wanted, otherDate, otherPerson);

    const byBoth = [
      ["PatientID", PatientID],
      ["StudyDate", "20200101"],
    ] as const;
    const somebody = { PatientID: otherPatient, StudyDate: "20200101", AccessionNumber: "OTHER" };
    const nobody = { ...somebody, AccessionNumber: "NONE" };
    const ofAllLevels = { PatientID, Modality: "CT", SOPInstanceUID: otherDate.sopInstanceUid };
    const ofNoInstance = { ...ofAllLevels, Modality: "MR" };

    const row = (at: SearchResourceName, filters: QueryParameters, found?: Instance) => ({
      at,
      filters,
      found,
    });
    await checkRows(
      {
        "two in one order": row("studies", byBoth, wanted),
        "two in the other order": row("studies", byBoth.toReversed(), wanted),
        "three that hold": row("studies", somebody, otherPerson),
        "three of which one does not hold": row("studies", nobody),
        ...(service.isAzure && {
          "three of all levels": row("instances", ofAllLevels, otherDate),
          "three of all levels, of which one does not hold": row("instances", ofNoInstance),
        }),
      },
      async ({ at, filters, found }) => {
        const { path, level, uid } = searchResourcesOf(found ?? wanted)[at];
        const response = await service.search(path, filters);
        if (found) {
          expect(response).toFind(level, [uid]);
        } else {
          expect(response).toFindNothing();
        }
      },
    );
    const query = new URLSearchParams({ PatientID, StudyDate: "20200101" });
    await checkRows({ "a query that ends with &": `/studies?${query}&` }, async (path) => {
      const tolerate = [{ status: 400, because: "PS3.18 8.3.1 has a parameter behind every &" }];
      advise(await service.search(path)).toAnswer({ status: 200, tolerate });
    });
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
    await givenFindable(service, ct, secondCt, mr, us);

    await checkRows(["CT", "MR"], async (modality) => {
      const response = await service.search("/studies", { ModalitiesInStudy: modality, PatientID });
      expect(response).toFind("study", [studyInstanceUid]);
      const shown = values(response.dicomJson.datasets[0], "ModalitiesInStudy");
      expect(response).toHold(nameOf("ModalitiesInStudy"), shown.toSorted(), ["CT", "MR"]);
    });
    const other = await service.search("/studies", { ModalitiesInStudy: "US", PatientID });
    expect(other).toFind("study", [us.studyInstanceUid]);
  },
);

/** By resource: attributes that every server must match, and those that Microsoft adds. */
const wholeValues = [
  { at: "studies", keyword: "AccessionNumber", value: "ACC12345", onlyAzure: false },
  { at: "studies", keyword: "PatientID", value: undefined, onlyAzure: false },
  { at: "studies", keyword: "PatientName", value: "Doe^John^Q", onlyAzure: true },
  { at: "studies", keyword: "StudyDescription", value: "Chest CT", onlyAzure: true },
  { at: "series", keyword: "Modality", value: "CT", onlyAzure: true },
  { at: "series", keyword: "ManufacturerModelName", value: "Model X", onlyAzure: true },
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
    await givenFindable(service, instance);

    await checkRows(askedOf(service, wholeValues), async ({ at, keyword, value = PatientID }) => {
      const { path, level, uid } = searchResourcesOf(instance)[at];
      const search = (wanted: string) => service.search(path, { StudyInstanceUID, [keyword]: wanted });
      expect(await search(value)).toFind(level, [uid]);
      await checkRows([value.slice(0, -1), value.slice(1), `${value}1`], async (other) => {
        expect(await search(other)).toFindNothing();
      });
    });
  },
);

const dates = [
  { at: "studies", keyword: "StudyDate", onlyAzure: false },
  { at: "studies", keyword: "PatientBirthDate", onlyAzure: true },
  { at: "series", keyword: "PerformedProcedureStepStartDate", onlyAzure: true },
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
    const on = (date: string) => Object.fromEntries(dates.map(({ keyword }) => [keyword, date]));
    const before = instances.minimal({ PatientID, ...on("20181231") });
    const wanted = instances.minimal({ PatientID, ...on("20190101") });
    const after = instances.minimal({ PatientID, ...on("20190102") });
    await givenFindable(service, before, wanted, after);

    await checkRows(askedOf(service, dates), async ({ at, keyword }) => {
      const { path, level, uid } = searchResourcesOf(wanted)[at];
      const response = await service.search(path, { PatientID, [keyword]: "20190101" });
      expect(response).toFind(level, [uid]);
    });
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
    const { PatientID, uidsOn } = await givenStudiesAroundJanuary(service, instances);
    const resources: Readonly<Record<string, ResourceLevel>> = service.isAzure
      ? { "/studies": "study", "/series": "series", "/instances": "instance" }
      : { "/studies": "study" };

    await checkRows(
      {
        "20200101-20200131": ["20200101", "20200115", "20200131"],
        "20200115-20200115": ["20200115"],
        "20200131-20200201": ["20200131", "20200201"],
      },
      (found, range) =>
        checkRows(resources, async (level, resource) => {
          const response = await service.search(resource, { PatientID, StudyDate: range });
          expect(response).toFind(level, uidsOn(found, level));
        }),
    );
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
    const { PatientID, uidsOn } = await givenStudiesAroundJanuary(service, instances);

    await checkRows(
      { "-20200101": ["20191231", "20200101"], "20200131-": ["20200131", "20200201"] },
      async (found, range) => {
        const response = await service.search("/studies", { PatientID, StudyDate: range });
        expect(response).toFind("study", uidsOn(found, "study"));
      },
    );
  },
);

const uidOf = { study: "studyInstanceUid", series: "seriesInstanceUid", instance: "sopInstanceUid" } as const;

/** One patient's studies: on the first, in the middle and on the last of January 2020, and a day before and after. */
async function givenStudiesAroundJanuary(service: Service, instances: Instances) {
  const PatientID = instances.patientId();
  const days = ["20191231", "20200101", "20200115", "20200131", "20200201"];
  const studies = days.map((StudyDate) => instances.minimal({ PatientID, StudyDate }));
  await givenFindable(service, ...studies);
  const uidsOn = (found: readonly string[], level: ResourceLevel) =>
    studies.filter((_, index) => found.includes(days[index] ?? "")).map((study) => study[uidOf[level]]);
  return { PatientID, uidsOn };
}
