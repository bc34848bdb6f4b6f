import { isByReference } from "../../fixtures/matchers/metadata.ts";
import { type Attribute, attribute, type Dataset, items, values } from "../../fixtures/wire/dicom-json.ts";
import { formOfVr } from "../../fixtures/wire/dicom-json-rules.ts";
import { nameOf } from "../../fixtures/wire/dictionary.ts";
import {
  checkRows,
  dicom,
  element,
  expect,
  isAsExpected,
  must,
  named,
  ps3_18,
  type ServiceResponse,
  statement,
} from "../words.ts";
import { pathsOf } from "./paths.ts";

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

/** What any server but Microsoft's may show instead. */
interface ShownTolerance {
  readonly shown: unknown;
  readonly because: string;
}

function isTolerated(response: ServiceResponse, received: unknown, tolerance?: ShownTolerance): boolean {
  if (response.profile === "azure" || !tolerance || !isAsExpected(received, tolerance.shown)) {
    return false;
  }
  response.note(tolerance.because);
  return true;
}

interface PersonName {
  readonly keyword: string;
  readonly stored: string | readonly string[];
  readonly shown: readonly unknown[];
  readonly tolerate?: ShownTolerance;
}

const personNames: Readonly<Record<string, PersonName>> = {
  "three component groups": {
    keyword: "PatientName",
    stored: "Yamada^Tarou=山田^太郎=やまだ^たろう",
    shown: [{ Alphabetic: "Yamada^Tarou", Ideographic: "山田^太郎", Phonetic: "やまだ^たろう" }],
  },
  "the alphabetic group only": {
    keyword: "ReferringPhysicianName",
    stored: "Referrer^Rita",
    shown: [{ Alphabetic: "Referrer^Rita" }],
  },
  "the ideographic group only": {
    keyword: "PerformingPhysicianName",
    stored: "=山田^太郎",
    shown: [{ Ideographic: "山田^太郎" }],
    tolerate: {
      shown: [{ Alphabetic: "", Ideographic: "山田^太郎" }],
      because: "an empty component group is shown as an empty string instead of being left out",
    },
  },
  "an empty name among others": {
    keyword: "OperatorsName",
    stored: ["Adams^John", "", "Adams^Jane"],
    shown: [{ Alphabetic: "Adams^John" }, null, { Alphabetic: "Adams^Jane" }],
    tolerate: {
      shown: [{ Alphabetic: "Adams^John" }, {}, { Alphabetic: "Adams^Jane" }],
      because: "an empty name among others is {} instead of null: both say that it is empty",
    },
  },
};

must(
  "RETRIEVE-053",
  {
    title: "person names are objects of their component groups",
    request: "Retrieve-metadata-of-a-single-instance-within-a-series-of-a-study",
    profile: "dicomweb",
    clause: ps3_18("F.2.2"),
  },
  async ({ service, instances }) => {
    const stored = Object.values(personNames).map((name) => [name.keyword, name.stored]);
    const instance = instances.minimal({
      SpecificCharacterSet: "ISO_IR 192",
      ...Object.fromEntries(stored),
    });
    await service.given.stored(instance);

    const response = await service.metadata(instance);

    await checkRows(personNames, async ({ keyword, shown, tolerate }) => {
      if (!isTolerated(response, values(response.dicomJson.datasets[0], keyword), tolerate)) {
        expect(response).toShow("instance", instance.sopInstanceUid, { [keyword]: shown });
      }
    });
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

    await checkRows(
      named(numbers, ([tag, vr]) => `${vr} ${nameOf(tag)}`),
      async ([tag, vr, stored, read]) => {
        if (isByReference(response, attribute(dataset, tag))) {
          response.note(`${vr} ${nameOf(tag)} is shown by reference, as PS3.18 F.2.2 permits`);
        } else {
          expect(response).toHold("values", values(dataset, tag).map(read), stored.map(read));
        }
      },
    );
  },
);

interface Emptiness {
  readonly keyword: string;
  readonly shown: Attribute;
  readonly tolerate?: ShownTolerance;
}

function withoutValue(keyword: string, vr: string): Emptiness {
  const because = `${nameOf(keyword)} has an empty array, where PS3.18 F.2.5 leaves Value out`;
  return { keyword, shown: { vr }, tolerate: { shown: { vr, Value: [] }, because } };
}

const emptiness: Readonly<Record<string, Emptiness>> = {
  "an empty date": withoutValue("PatientBirthDate", "DA"),
  "an empty person name": withoutValue("ReferringPhysicianName", "PN"),
  "an empty sequence": withoutValue("ReferencedStudySequence", "SQ"),
  "an empty value among others": { keyword: "ScanOptions", shown: { vr: "CS", Value: ["A", null, "B"] } },
  "an empty item": { keyword: "RequestAttributesSequence", shown: { vr: "SQ", Value: [{}] } },
};

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
    expect(response).toAnswer({ status: 200 });
    const [dataset] = response.dicomJson.datasets;

    await checkRows(emptiness, async ({ keyword, shown, tolerate }) => {
      const received = attribute(dataset, keyword);
      if (!isTolerated(response, received, tolerate)) {
        expect(response).toHold(nameOf(keyword), received, shown);
      }
    });
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
    const nested = items(response.dicomJson.datasets[0], "RequestAttributesSequence");
    expect(response).toHold(
      "RequestedProcedureID of the items in their order",
      nested.map((item) => values(item, "RequestedProcedureID")),
      [["RP-1"], ["RP-2"]],
    );
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

    await checkRows(pathsOf(instance), async (path) => {
      const response = await service.metadata(path);
      expect(response).toDescribe([instance]);
      const [dataset = {}] = response.dicomJson.datasets;
      const [bulkOnly, mixed = {}] = items(dataset, "RequestAttributesSequence");
      expect(response).toHold("the item that held bulk data only", bulkOnly, {});
      expect(response).toHold("bulk attributes", [...bulkIn(dataset), ...bulkIn(mixed)], []);
    });
  },
);

function bulkIn(dataset: Dataset): string[] {
  return Object.entries(dataset)
    .filter(([, shown]) => isBulk(shown))
    .map(([tag]) => (/^[0-9A-F]{8}$/i.test(tag) ? nameOf(tag) : tag));
}

function isBulk(shown: Attribute | null): boolean {
  const { vr = "", BulkDataURI, InlineBinary } = shown ?? {};
  return formOfVr.get(vr) === "binary" || BulkDataURI !== undefined || InlineBinary !== undefined;
}
