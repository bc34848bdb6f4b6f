import type { QueryParameters } from "../../fixtures/client/resources.ts";
import { type Attributes, expect, must, ps3_18, seriesPath, statement, studyPath } from "../words.ts";
import { givenSearchable, skipWhereLeftOut } from "./search-resources.ts";

/**
 * The searchable attributes beside the UIDs, each with a value and another one; no value needs an escape. Another
 * server may keep one name of a patient for all of the studies.
 */
const searchable = [
  { keyword: "StudyDate", tag: "00080020", value: "20200229", other: "20200301", onlyAzure: false },
  { keyword: "AccessionNumber", tag: "00080050", value: "ACC1", other: "ACC2", onlyAzure: false },
  { keyword: "ModalitiesInStudy", tag: "00080061", value: "MR", other: "CT", onlyAzure: true },
  { keyword: "ReferringPhysicianName", tag: "00080090", value: "Rita", other: "Rob", onlyAzure: false },
  { keyword: "StudyDescription", tag: "00081030", value: "Head", other: "Hand", onlyAzure: true },
  { keyword: "PatientName", tag: "00100010", value: "Ada", other: "Bea", onlyAzure: true },
  { keyword: "PatientBirthDate", tag: "00100030", value: "19890215", other: "19890216", onlyAzure: true },
  { keyword: "Modality", tag: "00080060", value: "MR", other: "CT", onlyAzure: true },
  { keyword: "ManufacturerModelName", tag: "00081090", value: "ModelA", other: "ModelB", onlyAzure: true },
  {
    keyword: "PerformedProcedureStepStartDate",
    tag: "00400244",
    value: "20200229",
    other: "20200301",
    onlyAzure: false,
  },
] as const;

/** Modalities In Study is not stored but follows from Modality. */
function attributesWith(choice: "value" | "other"): Attributes {
  const stored = searchable.filter(({ keyword }) => keyword !== "ModalitiesInStudy");
  return Object.fromEntries(stored.map((attribute) => [attribute.keyword, attribute[choice]]));
}

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
    await givenSearchable(service, wanted, other);

    const both = [wanted.sopInstanceUid, other.sopInstanceUid];
    const byKeyword = await service.search("/instances", { PatientID });
    skipWhereLeftOut(byKeyword);
    expect(byKeyword).toFind("instance", both);
    expect(await service.search("/instances", { "00100020": PatientID })).toFind("instance", both);
    const uids = [
      { keyword: "StudyInstanceUID", tag: "0020000D", value: wanted.studyInstanceUid, onlyAzure: false },
      { keyword: "SeriesInstanceUID", tag: "0020000E", value: wanted.seriesInstanceUid, onlyAzure: false },
      { keyword: "SOPInstanceUID", tag: "00080018", value: wanted.sopInstanceUid, onlyAzure: false },
    ];
    for (const { keyword, tag, value, onlyAzure } of [...uids, ...searchable]) {
      for (const id of onlyAzure && !service.isAzure ? [] : [keyword, tag]) {
        const response = await service.search("/instances", { PatientID, [id]: value });
        expect(response).toFind("instance", [wanted.sopInstanceUid]);
      }
    }
  },
);

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
    await givenSearchable(service, instance);
    for (const id of ["PatientID", "00100020"]) {
      const accepted = await service.search("/studies", { StudyInstanceUID, [id]: PatientID });
      expect(accepted).toFind("study", [StudyInstanceUID]);
    }
    for (const id of [
      "NotAnAttribute",
      "patientname",
      "PATIENTID",
      "12345678",
      "0010001",
      "0010,0020",
      "(0010,0020)",
    ]) {
      const refused = await service.search("/studies", { StudyInstanceUID, [id]: PatientID });
      expect(refused).toAnswer({ status: 400, naming: id });
    }
  },
);

/** Known attributes outside the table, in the spellings that are sent. */
const notSearchable: readonly (readonly [tag: string, value: string, keyword?: string])[] = [
  ["00080005", "ISO_IR 192", "SpecificCharacterSet"],
  ["00080016", "1.2.840.10008.5.1.4.1.1.2", "SOPClassUID"],
  ["00080030", "101010", "StudyTime"],
  ["00080201", "+0000", "TimezoneOffsetFromUTC"],
  ["00080201", "+0000"],
  ["0008103E", "x", "SeriesDescription"],
  ["00100040", "M", "PatientSex"],
  ["00101010", "035Y", "PatientAge"],
  ["00180015", "HEAD", "BodyPartExamined"],
  ["00200010", "1", "StudyID"],
  ["00200011", "1", "SeriesNumber"],
  ["00200013", "1", "InstanceNumber"],
  ["00201206", "1", "NumberOfStudyRelatedSeries"],
  ["00201208", "3"],
  ["00201209", "1", "NumberOfSeriesRelatedInstances"],
  ["00280010", "512", "Rows"],
  ["00280011", "512"],
  ["00400245", "101010", "PerformedProcedureStepStartTime"],
];

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
    await givenSearchable(service, instance);
    const accepted = await service.search("/instances", { SOPInstanceUID, Modality: "CT" });
    expect(accepted).toFind("instance", [SOPInstanceUID]);

    // An attribute that somebody registered as an extended query tag is searchable.
    const registered = await service.get("/extendedquerytags?limit=200", "application/json");
    for (const [tag, value, keyword = tag] of notSearchable) {
      if (registered.text.includes(tag)) {
        continue;
      }
      const refused = await service.search("/instances", { SOPInstanceUID, [keyword]: value });
      expect(refused).toAnswer({ status: 400, naming: keyword });
    }
  },
);

const studyAttributes = [
  "StudyInstanceUID",
  "PatientName",
  "PatientID",
  "PatientBirthDate",
  "AccessionNumber",
  "ReferringPhysicianName",
  "StudyDate",
  "StudyDescription",
  "ModalitiesInStudy",
];
const seriesAttributes = [
  "SeriesInstanceUID",
  "Modality",
  "PerformedProcedureStepStartDate",
  "ManufacturerModelName",
];

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
    await givenSearchable(service, instance);
    const everywhere = await service.search("/instances", filters);
    expect(everywhere).toFind("instance", [instance.sopInstanceUid]);

    for (const [resource, excluded] of [
      ["/studies", [...seriesAttributes, "SOPInstanceUID"]],
      ["/series", ["SOPInstanceUID"]],
      [`${studyPath(instance)}/series`, [...studyAttributes, "SOPInstanceUID"]],
      [`${studyPath(instance)}/instances`, studyAttributes],
      [`${seriesPath(instance)}/instances`, [...studyAttributes, ...seriesAttributes]],
    ] as const) {
      for (const keyword of excluded) {
        const refused = await service.search(resource, { [keyword]: filters[keyword] ?? "" });
        expect(refused).toAnswer({ status: 400, naming: keyword });
      }
    }
  },
);

must(
  "SEARCH-047",
  {
    title: "the same attribute given twice is refused with 400, in whatever spelling",
    request: "Search-for-studies",
    clause: [statement("Supported Search Parameters"), statement("Search Response Codes")],
  },
  async ({ service, instances }) => {
    const PatientID = instances.patientId();
    const instance = instances.minimal({ PatientID, PatientName: "Twice" });
    await givenSearchable(service, instance);
    const once = await service.search("/studies", { PatientID, "00100010": "Twice" });
    expect(once).toFind("study", [instance.studyInstanceUid]);

    const other = instances.patientId();
    const twice: readonly QueryParameters[] = [
      [
        ["PatientID", other],
        ["PatientID", PatientID],
      ],
      [
        ["PatientID", PatientID],
        ["PatientID", PatientID],
      ],
      [
        ["PatientID", PatientID],
        ["00100020", PatientID],
      ],
      [
        ["PatientName", "Twice"],
        ["00100010", "Twice"],
        ["PatientID", PatientID],
      ],
    ];
    for (const parameters of twice) {
      expect(await service.search("/studies", parameters)).toAnswer({ status: 400 });
    }
  },
);
