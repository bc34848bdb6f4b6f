import { tagOf } from "../../fixtures/wire/dictionary.ts";
import {
  type AnswerTolerance,
  checkRows,
  doesNotApply,
  expect,
  must,
  named,
  ps3_18,
  should,
  statement,
} from "../words.ts";
import { askedOf, givenFindable, searchResourcesOf, skipWhereLeftOut } from "./search-resources.ts";
import { attributesWith, excludedFrom, searchable } from "./searchable.ts";

const capitalsOnly: AnswerTolerance = {
  status: 400,
  ends: "warned",
  because: "Microsoft's code reads hexadecimal digits in small letters as well, its documents do not say so",
};

must(
  "SEARCH-019",
  {
    title: "an attribute may be named by its keyword or by its eight hexadecimal digits",
    request: "Search-for-instances",
    profile: "dicomweb",
    clause: [ps3_18("8.3.4.1"), statement("Supported Search Parameters")],
  },
  async ({ service, instances }) => {
    const PatientID = instances.patientId();
    const wanted = instances.minimal({ PatientID, ...attributesWith("value") });
    const other = instances.minimal({ PatientID, ...attributesWith("other") });
    await givenFindable(service, wanted, other);

    await checkRows(["PatientID", tagOf("PatientID")], async (id) => {
      const response = await service.search("/instances", { [id]: PatientID });
      skipWhereLeftOut(response);
      expect(response).toFind("instance", [wanted.sopInstanceUid, other.sopInstanceUid]);
    });
    const uids = [
      { keyword: "StudyInstanceUID", value: wanted.studyInstanceUid, onlyAzure: false },
      { keyword: "SeriesInstanceUID", value: wanted.seriesInstanceUid, onlyAzure: false },
      { keyword: "SOPInstanceUID", value: wanted.sopInstanceUid, onlyAzure: false },
    ];
    await checkRows(askedOf(service, [...uids, ...searchable]), ({ keyword, value }) =>
      checkRows({ "by keyword": keyword, "by tag": tagOf(keyword) }, async (id) => {
        const response = await service.search("/instances", { PatientID, [id]: value });
        expect(response).toFind("instance", [wanted.sopInstanceUid]);
      }),
    );
    // Of all the digits above only those of these two have letters among them.
    const withLetters = service.isAzure ? uids.slice(0, 2) : [];
    await checkRows(
      named(withLetters, ({ keyword }) => tagOf(keyword).toLowerCase()),
      async ({ value }, id) => {
        const response = await service.search("/instances", { PatientID, [id]: value });
        expect(response).toBeOffered(capitalsOnly);
        expect(response).toFind("instance", [wanted.sopInstanceUid]);
      },
    );
  },
);

const misspelt = [
  "NotAnAttribute",
  "patientname",
  "PATIENTID",
  "12345678",
  "0010001",
  "0010,0020",
  "(0010,0020)",
];

must(
  "SEARCH-020",
  {
    title: "an unknown or misspelt attribute id is refused with 400 and named",
    request: "Search-for-studies",
    clause: [statement("Search Response Codes"), statement("Supported Search Parameters")],
  },
  async ({ service, instances }) => {
    const PatientID = instances.patientId();
    const instance = instances.minimal({ PatientID });
    const StudyInstanceUID = instance.studyInstanceUid;
    await givenFindable(service, instance);

    await checkRows(["PatientID", tagOf("PatientID")], async (id) => {
      const accepted = await service.search("/studies", { StudyInstanceUID, [id]: PatientID });
      expect(accepted).toFind("study", [StudyInstanceUID]);
    });
    await checkRows(misspelt, async (id) => {
      const refused = await service.search("/studies", { StudyInstanceUID, [id]: PatientID });
      expect(refused).toAnswer({ status: 400, naming: id });
    });
  },
);

/** Known attributes outside the table, in the spellings that are sent, each with a value. */
const notSearchable: Readonly<Record<string, string>> = {
  SpecificCharacterSet: "ISO_IR 192",
  SOPClassUID: "1.2.840.10008.5.1.4.1.1.2",
  StudyTime: "101010",
  TimezoneOffsetFromUTC: "+0000",
  [tagOf("TimezoneOffsetFromUTC")]: "+0000",
  SeriesDescription: "x",
  PatientSex: "M",
  PatientAge: "035Y",
  BodyPartExamined: "HEAD",
  StudyID: "1",
  SeriesNumber: "1",
  InstanceNumber: "1",
  NumberOfStudyRelatedSeries: "1",
  [tagOf("NumberOfStudyRelatedInstances")]: "3",
  NumberOfSeriesRelatedInstances: "1",
  Rows: "512",
  [tagOf("Columns")]: "512",
  PerformedProcedureStepStartTime: "101010",
};

must(
  "SEARCH-021",
  {
    title: "a known attribute that is not searchable is refused with 400 and named",
    request: "Search-for-instances",
    clause: [statement("Searchable Attributes"), statement("Additional Notes")],
  },
  async ({ service, instances }) => {
    const instance = instances.minimal({ Modality: "CT" });
    const SOPInstanceUID = instance.sopInstanceUid;
    await givenFindable(service, instance);
    const accepted = await service.search("/instances", { SOPInstanceUID, Modality: "CT" });
    expect(accepted).toFind("instance", [SOPInstanceUID]);
    const registered = await service.get("/extendedquerytags?limit=200", "application/json");

    await checkRows(notSearchable, async (value, id) => {
      if (registered.text.includes(tagOf(id))) {
        throw doesNotApply(`somebody made ${id} searchable with an extended query tag`);
      }
      const refused = await service.search("/instances", { SOPInstanceUID, [id]: value });
      expect(refused).toAnswer({ status: 400, naming: id });
    });
  },
);

must(
  "SEARCH-025",
  {
    title: "a searchable attribute is refused with 400 at every resource that the table excludes it from",
    request: "Search-for-series-within-a-study",
    clause: statement("Searchable Attributes"),
  },
  async ({ service, instances }) => {
    const PatientID = instances.patientId();
    const instance = instances.minimal({ PatientID, ...attributesWith("value") });
    const filters: Readonly<Record<string, string>> = {
      SOPInstanceUID: instance.sopInstanceUid,
      SeriesInstanceUID: instance.seriesInstanceUid,
      StudyInstanceUID: instance.studyInstanceUid,
      PatientID,
      ...Object.fromEntries(searchable.map(({ keyword, value }) => [keyword, value])),
    };
    await givenFindable(service, instance);
    const everywhere = await service.search("/instances", filters);
    expect(everywhere).toFind("instance", [instance.sopInstanceUid]);

    await checkRows(searchResourcesOf(instance), ({ path }, resource) =>
      checkRows(excludedFrom(resource), async (keyword) => {
        const refused = await service.search(path, { [keyword]: filters[keyword] ?? "" });
        expect(refused).toAnswer({ status: 400, naming: keyword });
      }),
    );
  },
);

// Microsoft's documents do not say it, its code does; the catalogue calls it a must, issue 12 a should.
should(
  "SEARCH-047",
  {
    title: "the same attribute given twice is refused with 400, in whatever spelling",
    request: "Search-for-studies",
    clause: [statement("Supported Search Parameters"), statement("Search Response Codes")],
  },
  async ({ service, instances }) => {
    const PatientID = instances.patientId();
    const instance = instances.minimal({ PatientID, PatientName: "Twice" });
    await givenFindable(service, instance);
    const once = await service.search("/studies", { PatientID, [tagOf("PatientName")]: "Twice" });
    expect(once).toFind("study", [instance.studyInstanceUid]);

    const twice: Readonly<Record<string, readonly (readonly [name: string, value: string])[]>> = {
      "with two values": [
        ["PatientID", instances.patientId()],
        ["PatientID", PatientID],
      ],
      "with one value": [
        ["PatientID", PatientID],
        ["PatientID", PatientID],
      ],
      "by keyword and by tag": [
        ["PatientID", PatientID],
        [tagOf("PatientID"), PatientID],
      ],
      "in capitals and in small letters": [
        ["PatientID", PatientID],
        ["patientid", PatientID],
      ],
      "by keyword and by tag, before another": [
        ["PatientName", "Twice"],
        [tagOf("PatientName"), "Twice"],
        ["PatientID", PatientID],
      ],
    };
    await checkRows(twice, async (parameters) => {
      const [naming] = parameters[1] ?? [];
      expect(await service.search("/studies", parameters)).toAnswer({ status: 400, naming });
    });
  },
);
