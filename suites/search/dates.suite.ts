import {
  type AnswerTolerance,
  checkRows,
  expect,
  given,
  type Instances,
  must,
  named,
  type ResourceLevel,
  type Service,
  type ServiceResponse,
  statement,
  studyPath,
} from "../words.ts";
import { givenFindable, searchResourcesOf } from "./search-resources.ts";

/** The searchable dates, and where. */
const dates = [
  { keyword: "StudyDate", path: "/studies" },
  { keyword: "PatientBirthDate", path: "/studies" },
  { keyword: "PerformedProcedureStepStartDate", path: "/series" },
] as const;

const on = (day: string) => Object.fromEntries(dates.map(({ keyword }) => [keyword, day]));

const byKeyword = named(dates, ({ keyword }) => keyword);

must(
  "SEARCH-034",
  {
    title: "a date range with neither end is refused with 400",
    request: "Search-for-studies",
    clause: statement("Search Matching"),
  },
  async ({ service, instances }) => {
    const StudyInstanceUID = await givenDatedStudy(service, instances);
    await checkRows(byKeyword, async ({ keyword, path }) => {
      const refused = await service.search(path, { StudyInstanceUID, [keyword]: "-" });
      expect(refused).toAnswer({ status: 400 });
    });
  },
);

/** What is no date and no range, each with what the refusal names of it. */
const noDates = {
  "2020/02/28": "2020/02/28",
  "2020-02-28": "2020",
  "20200230": "20200230",
  "202002": "202002",
  "2020": "2020",
  baddate: "baddate",
  NotAValidStudyDate: "NotAValidStudyDate",
  "20200228-20200230": "20200230",
  "20200110-20200109": "20200110-20200109",
  "20200101-20200102-20200103": "20200101",
};

must(
  "SEARCH-035",
  {
    title: "what is no date, and a range turned round, is refused with 400 and named",
    request: "Search-for-studies",
    clause: [statement("Search Matching"), statement("Search Response Codes")],
  },
  async ({ service, instances }) => {
    const StudyInstanceUID = await givenDatedStudy(service, instances);
    await checkRows(byKeyword, ({ keyword, path }) =>
      checkRows(noDates, async (naming, value) => {
        const refused = await service.search(path, { StudyInstanceUID, [keyword]: value });
        expect(refused).toAnswer({ status: 400, naming });
      }),
    );
  },
);

/** A study that is found by each of its dates. @returns its UID */
async function givenDatedStudy(service: Service, instances: Instances): Promise<string> {
  const instance = instances.minimal(on("20200110"));
  const StudyInstanceUID = instance.studyInstanceUid;
  await givenFindable(service, instance);
  const { studies, series } = searchResourcesOf(instance);
  for (const { keyword, path } of dates) {
    const { level, uid } = path === "/studies" ? studies : series;
    const accepted = await service.search(path, { StudyInstanceUID, [keyword]: "20200110" });
    given(accepted, "SEARCH-031").toFind(level, [uid]);
  }
  return StudyInstanceUID;
}

const days = ["19991231", "20000101", "20000115", "20000131", "20000201"];
const ranges = {
  "20000101-20000131": ["20000101", "20000115", "20000131"],
  "-20000101": ["19991231", "20000101"],
  "20000131-": ["20000131", "20000201"],
};

/** Every searchable date at the resources that have it; SEARCH-032 and 033 have those of studies by StudyDate. */
const ranged = [
  { keyword: "PatientBirthDate", path: "/studies", level: "study" },
  { keyword: "PatientBirthDate", path: "/series", level: "series" },
  { keyword: "PatientBirthDate", path: "/instances", level: "instance" },
  { keyword: "StudyDate", path: "/series", level: "series" },
  { keyword: "StudyDate", path: "/instances", level: "instance" },
  { keyword: "PerformedProcedureStepStartDate", path: "/series", level: "series" },
  { keyword: "PerformedProcedureStepStartDate", path: "/instances", level: "instance" },
] as const;

const noRange: AnswerTolerance = {
  status: 400,
  ends: "skipped",
  because: "the statements name ranges for StudyDate and PatientBirthDate only",
};

must(
  "SEARCH-036",
  {
    title: "ranges, closed and open, work for every searchable date at every resource that has it",
    request: "Search-for-series",
    clause: statement("Search Matching"),
  },
  async ({ service, instances }) => {
    const PatientID = instances.patientId();
    const studies = days.map((day) => ({ day, instance: instances.minimal({ PatientID, ...on(day) }) }));
    await givenFindable(service, ...studies.map(({ instance }) => instance));
    const found = (level: ResourceLevel, among: readonly string[]) =>
      studies.filter(({ day }) => among.includes(day)).map(({ instance }) => instance[uidOf[level]]);

    await checkRows(
      named(ranged, ({ keyword, path }) => `${keyword} at ${path}`),
      ({ keyword, path, level }) =>
        checkRows(ranges, async (among, range) => {
          const response = await service.search(path, { PatientID, [keyword]: range });
          skipWhereNoRange(response, keyword);
          expect(response).toFind(level, found(level, among));
        }),
    );
    const keyword = "PerformedProcedureStepStartDate";
    await checkRows(
      named(studies, ({ day }) => `${keyword} ${day} in its study`),
      ({ day, instance }) =>
        checkRows(ranges, async (among, range) => {
          const response = await service.search(`${studyPath(instance)}/series`, { [keyword]: range });
          skipWhereNoRange(response, keyword);
          if (among.includes(day)) {
            expect(response).toFind("series", [instance.seriesInstanceUid]);
          } else {
            expect(response).toFindNothing();
          }
        }),
    );
  },
);

const uidOf = { study: "studyInstanceUid", series: "seriesInstanceUid", instance: "sopInstanceUid" } as const;

/** @throws NotApplicable where a date that the statements do not name for ranges has none */
function skipWhereNoRange(response: ServiceResponse, keyword: string): void {
  if (keyword === "PerformedProcedureStepStartDate") {
    expect(response).toBeOffered(noRange);
  }
}
