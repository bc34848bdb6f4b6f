import { givenAbsent, givenReady, postQueryTags } from "../../fixtures/client/query-tags/add-query-tags.ts";
import { readRefused } from "../../fixtures/client/query-tags/others-query-tags.ts";
import {
  getQueryTag,
  listQueryTagErrors,
  patchQueryTag,
  queryTag,
  tagResource,
} from "../../fixtures/client/query-tags/query-tags.ts";
import { tagOf } from "../../fixtures/wire/dictionary.ts";
import { checkRows, expect, extendedQueryTagGuide, holds, must } from "../words.ts";

const adding = extendedQueryTagGuide("Add Extended Query Tags");

const unsupported = {
  AT: { path: tagOf("FrameIncrementPointer"), vr: "AT" },
  LT: { path: tagOf("AdditionalPatientHistory"), vr: "LT" },
  OB: { path: tagOf("EncapsulatedDocument"), vr: "OB" },
  OD: { path: tagOf("DoubleFloatPixelData"), vr: "OD" },
  OF: { path: tagOf("FloatPixelData"), vr: "OF" },
  OL: { path: tagOf("LongPrimitivePointIndexList"), vr: "OL" },
  OV: { path: tagOf("ExtendedOffsetTable"), vr: "OV" },
  OW: { path: tagOf("RedPaletteColorLookupTableData"), vr: "OW" },
  SQ: { path: tagOf("ReferencedStudySequence"), vr: "SQ" },
  "SQ, unsaid": { path: tagOf("ReferencedStudySequence") },
  ST: { path: tagOf("InstitutionAddress"), vr: "ST" },
  SV: { path: tagOf("SelectorSVValue"), vr: "SV" },
  UC: { path: tagOf("LongCodeValue"), vr: "UC" },
  UN: { path: "12051003", vr: "UN", privateCreator: "TEST" },
  UR: { path: tagOf("RetrieveURL"), vr: "UR" },
  UT: { path: tagOf("TextValue"), vr: "UT" },
  UV: { path: tagOf("EncapsulatedPixelDataValueTotalLength"), vr: "UV" },
};

must(
  "TAGS-007",
  {
    title: "tags of a VR that cannot be searched are refused",
    request: "Create-extended-query-tag",
    clause: adding,
  },
  async ({ service }) => {
    await checkRows<{ path: string }>(unsupported, async (tag) => {
      const response = await postQueryTags(service, [{ ...tag, level: "Instance" }]);
      expect(response).toAnswer({ status: 400, naming: tag.path });
      expect(await getQueryTag(service, tag.path)).toAnswer({
        status: 404,
        tolerate: [{ status: 400, because: "a dictionary that lacks the tag cannot read its path" }],
      });
    });
    await givenReady(service, queryTag("RegionSpatialFormat", "Instance"));
  },
);

must(
  "TAGS-008",
  {
    title: "a VR that is unknown or not that of the standard tag is refused",
    request: "Create-extended-query-tag",
    clause: adding,
  },
  async ({ service }) => {
    const gantry = queryTag("GantryID", "Series");
    const versions = queryTag("SoftwareVersions", "Series");
    const calibration = queryTag("IssueDateOfImagingServiceRequest", "Study");
    await givenAbsent(service, gantry.path, versions.path, calibration.path);
    const rows = {
      "an unknown one": { ...gantry, vr: "LOX" },
      "CS for LO": { ...versions, vr: "CS" },
      "PN for DA": { ...calibration, vr: "PN" },
    };
    await checkRows(rows, async (tag) => {
      expect(await postQueryTags(service, [tag])).toAnswer({ status: 400 });
      expect(await readRefused(service, tag.path)).toAnswer({ status: 404 });
    });
    await givenReady(service, gantry, versions, calibration);
  },
);

must(
  "TAGS-011",
  {
    title: "a missing level is refused with a message that names it",
    request: "Create-extended-query-tag",
    clause: adding,
  },
  async ({ service }) => {
    const tag = { path: tagOf("PatientReligiousPreference"), level: "Study" } as const;
    await givenAbsent(service, tag.path);

    const response = await postQueryTags(service, [{ path: tag.path }]);

    expect(response).toAnswer({ status: 400, naming: "level" });
    expect(await readRefused(service, tag.path)).toAnswer({ status: 404 });
    await givenReady(service, tag);
  },
);

must(
  "TAGS-012",
  {
    title: "a missing or blank path is refused with a message that names it",
    request: "Create-extended-query-tag",
    clause: adding,
  },
  async ({ service }) => {
    await checkRows<object>({ empty: { path: "" }, blank: { path: "   " }, missing: {} }, async (path) => {
      const body = Buffer.from(JSON.stringify([{ ...path, level: "Study" }]));
      expect(await postQueryTags(service, [], body)).toAnswer({ status: 400, naming: "path" });
    });
    await givenReady(service, { path: tagOf("EthnicGroup"), level: "Study" });
  },
);

must(
  "TAGS-014",
  {
    title: "a path that is no known tag is refused by every request",
    request: "Create-extended-query-tag",
    clause: adding,
  },
  async ({ service }) => {
    const paths = ["BABC", "smokingstatus", "0010,21A0", "(0010,21A0)", "0021A0", "ZZZZZZZZ"];
    const additions = paths.map((path) => [
      `adding ${path}`,
      () => postQueryTags(service, [{ path, vr: "CS", level: "Study" }]),
    ]);
    const requests: Record<string, () => ReturnType<typeof getQueryTag>> = {
      ...Object.fromEntries(additions),
      "reading BABC": () => getQueryTag(service, "BABC"),
      "reading the errors of BABC": () => listQueryTagErrors(service, "BABC"),
      "updating BABC": () => patchQueryTag(service, "BABC", { queryStatus: "Enabled" }),
      "deleting BABC": () => service.delete(tagResource("BABC")),
    };
    await checkRows(requests, async (request) => {
      expect(await request()).toAnswer({ status: 400 });
    });
    await givenReady(service, { path: "SmokingStatus", vr: "CS", level: "Study" });
    expect(await getQueryTag(service, "SmokingStatus")).toAnswer({ status: 200 });
  },
);

const searchableAnyway = {
  StudyDate: "Study",
  StudyInstanceUID: "Study",
  StudyDescription: "Study",
  AccessionNumber: "Study",
  PatientID: "Study",
  PatientName: "Study",
  ReferringPhysicianName: "Study",
  PatientBirthDate: "Study",
  ModalitiesInStudy: "Study",
  SeriesInstanceUID: "Series",
  Modality: "Series",
  PerformedProcedureStepStartDate: "Series",
  ManufacturerModelName: "Series",
  SOPInstanceUID: "Instance",
} as const;

must(
  "TAGS-016",
  {
    title: "a tag that is searchable anyway cannot be added",
    request: "Create-extended-query-tag",
    clause: adding,
  },
  async ({ service, instances }) => {
    const instance = instances.minimal();
    await service.given.stored(instance);

    await checkRows(searchableAnyway, async (level, keyword) => {
      const path = tagOf(keyword);
      expect(await postQueryTags(service, [{ path, level }])).toAnswer({
        status: 400,
        tolerate: [{ status: 409, because: "the document says 409, Microsoft's code sends 400" }],
      });
      expect(await getQueryTag(service, path)).toAnswer({ status: 404 });
    });

    const byPatient = { PatientID: String(instance.attributes.PatientID) };
    const found = await service.searchUntil("/studies", byPatient, (answer) =>
      holds(answer).toFind("study", [instance.studyInstanceUid]),
    );
    expect(found).toFind("study", [instance.studyInstanceUid]);
    await givenReady(service, { path: tagOf("AcquisitionDeviceProcessingDescription"), level: "Series" });
  },
);

must(
  "TAGS-019",
  {
    title: "an empty or malformed body is refused and starts no operation",
    request: "Create-extended-query-tag",
    clause: adding,
  },
  async ({ service }) => {
    const tag = { path: tagOf("ContrastBolusAgent"), level: "Series" } as const;
    await givenAbsent(service, tag.path);
    const bodies = {
      "no tags": "[]",
      "no body": "",
      null: "null",
      "null instead of a tag": "[null]",
      "a tag outside an array": JSON.stringify(tag),
      "broken JSON": '[{"path":]',
      "a text": '"text"',
    };
    await checkRows(bodies, async (body) => {
      const response = await postQueryTags(service, [tag], Buffer.from(body));
      expect(response).toAnswer({ status: 400 });
      expect(response).toHold("Location of an operation", response.header("Location"), undefined);
    });
    await givenReady(service, tag);
  },
);
