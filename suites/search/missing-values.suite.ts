import { checkRows, dicom, doesNotApply, expect, holds, must, type Service, statement } from "../words.ts";
import { askedOf, givenFindable, searchResourcesOf } from "./search-resources.ts";

/** Filters on attributes that may be missing; those that every server must match first. */
const filters = [
  { at: "studies", keyword: "StudyDate", wanted: ["-20991231", "19000101-", "00010101"], onlyAzure: false },
  { at: "studies", keyword: "AccessionNumber", wanted: ["x"], onlyAzure: false },
  { at: "studies", keyword: "ReferringPhysicianName", wanted: ["x"], onlyAzure: false },
  { at: "studies", keyword: "PatientBirthDate", wanted: ["-20991231", "19000101-"], onlyAzure: true },
  { at: "studies", keyword: "StudyDescription", wanted: ["x"], onlyAzure: true },
  { at: "series", keyword: "ManufacturerModelName", wanted: ["x"], onlyAzure: true },
  {
    at: "series",
    keyword: "PerformedProcedureStepStartDate",
    wanted: ["-20991231", "19000101-"],
    onlyAzure: true,
  },
] as const;

must(
  "SEARCH-037",
  {
    title: "an entry without a value of an attribute matches no filter on it",
    request: "Search-for-studies",
    profile: "dicomweb",
    clause: [dicom("PS3.4", "C.2.2.2"), statement("Search Matching")],
  },
  async ({ service, instances }) => {
    const having = (value: null | undefined) =>
      instances.minimal(Object.fromEntries(filters.map(({ keyword }) => [keyword, value])));
    // Most of them must be there, if without a value (type 2): another server may refuse what lacks them.
    const missing = { empty: having(null), ...(service.isAzure && { absent: having(undefined) }) };
    await givenFindable(service, ...Object.values(missing));
    if (!service.isAzure) {
      await skipWhereUnknownMatches(service, missing.empty.studyInstanceUid);
    }

    await checkRows(missing, async (instance) => {
      const StudyInstanceUID = instance.studyInstanceUid;
      await checkRows(askedOf(service, filters), async ({ at, keyword, wanted }) => {
        const { path, level, uid } = searchResourcesOf(instance)[at];
        expect(await service.search(path, { StudyInstanceUID })).toFind(level, [uid]);
        await checkRows([...wanted], async (value) => {
          expect(await service.search(path, { StudyInstanceUID, [keyword]: value })).toFindNothing();
        });
      });
    });
  },
);

/** @throws NotApplicable where a server has what it does not know match everything, as PS3.4 says of C-FIND */
async function skipWhereUnknownMatches(service: Service, StudyInstanceUID: string): Promise<void> {
  const byAnything = await service.search("/studies", { StudyInstanceUID, AccessionNumber: "x" });
  if (holds(byAnything).toFind("study", [StudyInstanceUID])) {
    throw doesNotApply("an unknown value matches whatever is asked for, as PS3.4 C.2.2.1 has it of C-FIND");
  }
}
