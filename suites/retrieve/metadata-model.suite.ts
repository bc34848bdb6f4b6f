import { isByReference } from "../../fixtures/matchers/metadata.ts";
import { type Attribute, type Dataset, items, values } from "../../fixtures/wire/dicom-json.ts";
import { formOfVr } from "../../fixtures/wire/dicom-json-rules.ts";
import {
  dicom,
  element,
  expect,
  instancePath,
  must,
  ps3_18,
  seriesPath,
  statement,
  studyPath,
} from "../words.ts";

/** How a value is written that is empty, or has an empty part: RETRIEVE-053 and RETRIEVE-055 ask for that. */
const ofEmptyValues = ["empty-value-array", "empty-sequence-array", "empty-string", "empty-person-name"];

must(
  "RETRIEVE-051",
  {
    title: "metadata follows the DICOM JSON model",
    request: "Retrieve-metadata-of-a-single-instance-within-a-series-of-a-study",
    profile: "dicomweb",
    clause: [ps3_18("F.2.1"), ps3_18("F.2.2"), ps3_18("10.4.1.1.2")],
  },
  async ({ service, instances }) => {
    const instance = instances.image(
      {},
      {
        RequestAttributesSequence: [{ RequestedProcedureID: "RP1", ScheduledProcedureStepID: "SPS1" }],
        // A name that looks like a number, which many JSON libraries move to the front.
        "10010010": "DICOMWEB CONFORMANCE",
        "10011001": element("LO", "last"),
        // Bytes of the two elements before.
        "10010000": element("UL", 40),
      },
    );
    await service.given.stored(instance);
    const response = await service.metadata(instance);
    expect(response).toDescribe([instance]);
    expect(response).toBeWithoutBreach(
      response.dicomJson.breaches.filter(({ kind }) => !ofEmptyValues.includes(kind)),
    );
  },
);

must(
  "RETRIEVE-053",
  {
    title: "person names are objects of their component groups",
    request: "Retrieve-metadata-of-a-single-instance-within-a-series-of-a-study",
    profile: "dicomweb",
    clause: ps3_18("F.2.2"),
  },
  async ({ service, instances }) => {
    const instance = instances.minimal({
      SpecificCharacterSet: "ISO_IR 192",
      PatientName: "Yamada^Tarou=山田^太郎=やまだ^たろう",
      ReferringPhysicianName: "Referrer^Rita",
      PerformingPhysicianName: "=山田^太郎",
      OperatorsName: ["Adams^John", "", "Adams^Jane"],
    });
    await service.given.stored(instance);
    const response = await service.metadata(instance);
    expect(response).toShow("instance", instance.sopInstanceUid, {
      PatientName: [{ Alphabetic: "Yamada^Tarou", Ideographic: "山田^太郎", Phonetic: "やまだ^たろう" }],
      ReferringPhysicianName: [{ Alphabetic: "Referrer^Rita" }],
    });
    const [onlyIdeographic] = values(response.dicomJson.datasets[0], "PerformingPhysicianName");
    if (
      !service.isAzure &&
      JSON.stringify(onlyIdeographic) === '{"Alphabetic":"","Ideographic":"山田^太郎"}'
    ) {
      response.note("an empty component group is shown as an empty string instead of being left out");
    } else {
      expect(onlyIdeographic, "a name with the ideographic group only").toEqual({ Ideographic: "山田^太郎" });
    }
    const [john, none, jane] = values(response.dicomJson.datasets[0], "OperatorsName");
    expect([john, jane], "the names around an empty one").toEqual([
      { Alphabetic: "Adams^John" },
      { Alphabetic: "Adams^Jane" },
    ]);
    const isObjectTolerated = !service.isAzure && JSON.stringify(none) === "{}";
    if (isObjectTolerated) {
      response.note("an empty name among others is {} instead of null: both say that it is empty");
    } else {
      expect(none, "an empty name among others").toBeNull();
    }
  },
);

/** What of a value must be equal. IS, DS, SV and UV may be JSON numbers or strings (PS3.18 F.2.3). */
const numberItself = (value: unknown) => value;
const numberOfText = (value: unknown) => Number(value);
const digits = (value: unknown) => String(value);
/** Single precision has several decimal forms: 1.1 and 1.10000002384 are one number. */
const singlePrecision = (value: unknown) => (typeof value === "number" ? Math.fround(value) : value);

const numbers = [
  ["00291001", "US", [65_535, 0], numberItself],
  ["00291002", "SS", [-32_768, 32_767], numberItself],
  ["00291003", "UL", [4_294_967_295, 0], numberItself],
  ["00291004", "SL", [-2_147_483_648, 2_147_483_647], numberItself],
  ["00291005", "FD", [Math.PI, -1e300], numberItself],
  ["00291006", "FL", [1.1, -2.25], singlePrecision],
  ["00291007", "IS", ["-12", " 7"], numberOfText],
  ["00291008", "DS", ["1.50", "-1.0E+2", "+3", "007"], numberOfText],
  ["00291009", "DS", ["0.5", "0.25"], numberOfText],
  ["0029100A", "SV", ["-9223372036854775808"], digits],
  ["0029100B", "UV", ["18446744073709551615"], digits],
] as const;

must(
  "RETRIEVE-054",
  {
    title: "numeric attributes show the number that was stored",
    request: "Retrieve-metadata-of-a-single-instance-within-a-series-of-a-study",
    profile: "dicomweb",
    clause: ps3_18("F.2.3"),
  },
  async ({ service, instances }) => {
    const instance = instances.minimal({
      "00290010": "DICOMWEB CONFORMANCE",
      ...Object.fromEntries(numbers.map(([tag, vr, stored]) => [tag, element(vr, stored)])),
    });
    await service.given.stored(instance);
    const response = await service.metadata(instance);
    const [dataset] = response.dicomJson.datasets;
    for (const [tag, vr, stored, read] of numbers) {
      if (isByReference(response, dataset?.[tag])) {
        response.note(`${vr} (${tag}) is shown by reference, as PS3.18 F.2.2 permits`);
        continue;
      }
      expect(values(dataset, tag).map(read), `values of ${vr} (${tag})`).toEqual(stored.map(read));
    }
  },
);

const sequence = "00400275";
const emptyAttributes = [
  ["00100030", "DA"],
  ["00080090", "PN"],
  ["00081110", "SQ"],
] as const;

must(
  "RETRIEVE-055",
  {
    title: "empty attributes, empty values among others and empty items are shown as such",
    request: "Retrieve-metadata-of-a-single-instance-within-a-series-of-a-study",
    profile: "dicomweb",
    clause: [ps3_18("F.2.5"), ps3_18("F.2.2")],
  },
  async ({ service, instances }) => {
    const instance = instances.minimal({
      PatientBirthDate: null,
      ReferringPhysicianName: null,
      ReferencedStudySequence: [],
      RequestAttributesSequence: [{}],
      ScanOptions: ["A", "", "B"],
    });
    await service.given.stored(instance);
    const response = await service.metadata(instance);
    expect(response).toShow("instance", instance.sopInstanceUid, {
      ScanOptions: ["A", null, "B"],
      [sequence]: [{}],
    });
    const [dataset] = response.dicomJson.datasets;
    for (const [tag, vr] of emptyAttributes) {
      const attribute = dataset?.[tag];
      if (!service.isAzure && JSON.stringify(attribute?.Value) === "[]") {
        response.note(`(${tag}) has an empty array, where PS3.18 F.2.5 leaves Value out`);
        expect(attribute?.vr, `vr of the empty attribute ${tag}`).toBe(vr);
      } else {
        expect(attribute, `the empty attribute ${tag}`).toEqual({ vr });
      }
    }
  },
);

must(
  "RETRIEVE-056",
  {
    title: "sequences are nested arrays of datasets in their stored order, with the same rules inside",
    request: "Retrieve-metadata-of-a-single-instance-within-a-series-of-a-study",
    profile: "dicomweb",
    clause: [ps3_18("F.2.2"), dicom("PS3.5", "7.5")],
  },
  async ({ service, instances }) => {
    const view = { CodeValue: "HAND2V", CodingSchemeDesignator: "99CONF", CodeMeaning: "Hand, two views" };
    const person = {
      PersonIdentificationCodeSequence: [{ ...view, CodeValue: "ROB" }],
      InstitutionName: "Nowhere",
    };
    const instance = instances.minimal({
      RequestAttributesSequence: element(
        "SQ",
        [
          {
            RequestedProcedureID: "RP-1",
            RequestingPhysician: "Asker^Ann",
            ReferencedStudySequence: [
              {
                ReferencedSOPClassUID: "1.2.840.10008.3.1.2.3.1",
                ReferencedSOPInstanceUID: instances.uid(),
                PurposeOfReferenceCodeSequence: [{ ...view, EquivalentCodeSequence: [view, person] }],
              },
            ],
          },
          { RequestedProcedureID: "RP-2" },
        ],
        { undefinedLength: true },
      ),
    });
    await service.given.stored(instance);
    const response = await service.metadata(instance);
    expect(response).toDescribe([instance]);
    const nested = items(response.dicomJson.datasets[0], sequence);
    expect(
      nested.map((item) => values(item, "RequestedProcedureID")),
      "Requested Procedure IDs in stored order",
    ).toEqual([["RP-1"], ["RP-2"]]);
  },
);

/** One element of every bulk VR, in a private block. */
const bulkAttributes = {
  "00290010": "DICOMWEB CONFORMANCE",
  "00291001": element("OB", Buffer.from("odd")),
  "00291002": element("OD", [0.1, 1e300]),
  "00291003": element("OF", [0.5, -0.5]),
  "00291004": element("OL", [4_294_967_295]),
  "00291005": element("OV", ["18446744073709551615"]),
  "00291006": element("OW", [0, 0x0d0a]),
  "00291007": element("UN", Buffer.from([1, 2, 3, 4])),
  "00291008": element("LO", "behind the bulk data"),
};

must(
  "RETRIEVE-057",
  {
    title: "attributes with a bulk value representation are left out of the metadata, and nothing else",
    request: "Retrieve-metadata-of-a-single-instance-within-a-series-of-a-study",
    clause: statement("Retrieve Metadata (for Study, Series, or Instance)"),
  },
  async ({ service, instances }) => {
    const instance = instances.image(
      {},
      {
        ...bulkAttributes,
        RequestAttributesSequence: [
          { "60003000": element("OW", [1, 2]) },
          { ...bulkAttributes, RequestedProcedureID: "RP-2" },
        ],
      },
    );
    await service.given.stored(instance);
    for (const path of [studyPath(instance), seriesPath(instance), instancePath(instance)]) {
      const response = await service.metadata(path);
      expect(response).toDescribe([instance]);
      const [dataset = {}] = response.dicomJson.datasets;
      const [bulkOnly, mixed = {}] = items(dataset, sequence);
      expect(bulkOnly, "the item that held bulk data only").toEqual({});
      expect([...bulkIn(dataset), ...bulkIn(mixed)], "bulk attributes").toEqual([]);
    }
  },
);

function bulkIn(dataset: Dataset): string[] {
  return Object.entries(dataset)
    .filter(([, attribute]) => isBulk(attribute))
    .map(([tag]) => tag);
}

function isBulk(attribute: Attribute | null): boolean {
  const { vr = "", BulkDataURI, InlineBinary } = attribute ?? {};
  return formOfVr.get(vr) === "binary" || BulkDataURI !== undefined || InlineBinary !== undefined;
}
