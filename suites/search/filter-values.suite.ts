import {
  type AnswerTolerance,
  advise,
  checkRows,
  expect,
  type Instance,
  type Instances,
  must,
  ps3_18,
  should,
  statement,
} from "../words.ts";
import { givenFindable, searchResourcesOf } from "./search-resources.ts";

must(
  "SEARCH-045",
  {
    title: "a filter without a value is refused with 400 and named",
    request: "Search-for-studies",
    clause: statement("Searchable Attributes"),
  },
  async ({ service, instances }) => {
    const instance = instances.minimal({ PatientName: "Empty" });
    const StudyInstanceUID = instance.studyInstanceUid;
    await givenFindable(service, instance);
    const found = await service.search("/studies", { StudyInstanceUID, PatientName: "Empty" });
    expect(found).toFind("study", [StudyInstanceUID]);

    const empty = {
      "/studies?PatientName=": "PatientName",
      "/studies?PatientName": "PatientName",
      "/studies?00100010=": "00100010",
      "/studies?StudyDescription=%20%20": "StudyDescription",
      "/studies?StudyDate=": "StudyDate",
      "/studies?StudyInstanceUID=": "StudyInstanceUID",
      "/series?Modality=": "Modality",
      "/instances?SOPInstanceUID=": "SOPInstanceUID",
    };
    await checkRows(empty, async (naming, search) => {
      // With the patient as well: whoever takes an empty value for any shows nothing of others.
      const refused = await service.search(`${search}&PatientID=${instance.attributes.PatientID}`);
      expect(refused).toAnswer({ status: 400, naming });
    });
  },
);

/** Texts that are searched by, each where it is, and with letters of both cases. */
const texts = [
  { at: "studies", keyword: "PatientID" },
  { at: "studies", keyword: "StudyDescription" },
  { at: "studies", keyword: "AccessionNumber" },
  { at: "series", keyword: "ManufacturerModelName" },
] as const;

/** An instance of which all texts end alike, with letters of both cases. */
function withTexts(instances: Instances, begin: string, end: string): Instance {
  return instances.minimal({
    SpecificCharacterSet: "ISO_IR 192",
    ...Object.fromEntries(texts.map(({ keyword }) => [keyword, `${begin}${end}`])),
  });
}

must(
  "SEARCH-040",
  {
    title: "texts other than names are matched without regard to case",
    request: "Search-for-studies",
    clause: statement("Additional Notes"),
  },
  async ({ service, instances }) => {
    const value = `aBc${instances.patientId().slice(-8)}Yz`;
    const instance = withTexts(instances, value, "");
    await givenFindable(service, instance);
    const StudyInstanceUID = instance.studyInstanceUid;

    for (const wanted of [value.toLowerCase(), value.toUpperCase()]) {
      await checkRows(
        Object.fromEntries(texts.map((row) => [`${row.keyword}=${wanted}`, row])),
        async ({ at, keyword }) => {
          const { path, level, uid } = searchResourcesOf(instance)[at];
          const response = await service.search(path, { StudyInstanceUID, [keyword]: wanted });
          expect(response).toFind(level, [uid]);
          expect(response).toShow(level, uid, { [keyword]: [value] });
        },
      );
    }
  },
);

must(
  "SEARCH-041",
  {
    title: "texts other than names are matched with regard to accents",
    request: "Search-for-studies",
    clause: statement("Additional Notes"),
  },
  async ({ service, instances }) => {
    const end = instances.patientId().slice(-8);
    const instance = withTexts(instances, "Bébé", end);
    await givenFindable(service, instance);
    const StudyInstanceUID = instance.studyInstanceUid;

    await checkRows(Object.fromEntries(texts.map((row) => [row.keyword, row])), async ({ at, keyword }) => {
      const { path, level, uid } = searchResourcesOf(instance)[at];
      const search = (value: string) => service.search(path, { StudyInstanceUID, [keyword]: value });
      await checkRows([`Bébé${end}`, `BÉBÉ${end}`], async (value) => {
        expect(await search(value)).toFind(level, [uid]);
      });
      expect(await search(`Bebe${end}`)).toFindNothing();
    });
  },
);

const wildcards: AnswerTolerance = {
  status: 200,
  because:
    "PS3.4 C.2.2.2.4 has wildcards, which Microsoft's statements do not name and a later service may have",
};

should(
  "SEARCH-042",
  {
    title: "the characters * and ? are taken literally",
    request: "Search-for-studies",
    clause: statement("Search Matching"),
  },
  async ({ service, instances }) => {
    const begin = instances.patientId();
    const having = (PatientID: string) => instances.minimal({ PatientID, StudyDescription: PatientID });
    const literal = having(`${begin}W*X`);
    const others = [having(`${begin}W1X`), having(`${begin}WX`)];
    await givenFindable(service, literal, ...others);

    const found = await service.search("/studies", { PatientID: `${begin}W*X` });
    advise(found).toFind("study", [literal.studyInstanceUid]);
    await checkRows([`${begin}W?X`, `${begin}W*`, `${begin}*`], (pattern) =>
      checkRows(["PatientID", "StudyDescription"], async (keyword) => {
        const response = await service.search("/studies", { [keyword]: pattern });
        expect(response).toAnswer({ status: 204, isEmpty: true, tolerate: [wildcards] });
      }),
    );
  },
);

const formDecoding: AnswerTolerance = {
  status: 204,
  ends: "skipped",
  because: "only Microsoft's code says that + is a blank, and that blanks around a value do not count",
};

should(
  "SEARCH-046",
  {
    title: "filter values are percent-decoded, once, and trimmed",
    request: "Search-for-studies",
    clause: ps3_18("8.3.1"),
  },
  async ({ service, instances }) => {
    const end = instances.patientId();
    const escaped = instances.minimal({ PatientID: `A B+C&D=E^${end}` });
    const percent = instances.minimal({ PatientID: `%41${end}` });
    const decoded = instances.minimal({ PatientID: `A${end}` });
    await givenFindable(service, escaped, percent, decoded);
    const search = (value: string) => service.search(`/studies?PatientID=${value}`);

    const rows = {
      "percent-encoded": { value: `A%20B%2BC%26D%3DE%5E${end}`, of: escaped, or: undefined },
      "a stored escape": { value: `%2541${end}`, of: percent, or: undefined },
      "an escaped letter": { value: `%41${end}`, of: decoded, or: undefined },
      "with + for a blank": { value: `A+B%2BC%26D%3DE%5E${end}`, of: escaped, or: formDecoding },
      "with blanks around": { value: `%20A%20B%2BC%26D%3DE%5E${end}%20`, of: escaped, or: formDecoding },
    };
    await checkRows<Escaped>(rows, async ({ value, of: { studyInstanceUid }, or }) => {
      const response = await search(value);
      if (or !== undefined) {
        expect(response).toBeOffered(or);
      }
      expect(response).toFind("study", [studyInstanceUid]);
    });
  },
);

interface Escaped {
  readonly value: string;
  readonly of: Instance;
  readonly or: AnswerTolerance | undefined;
}
