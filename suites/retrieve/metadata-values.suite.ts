import { isCoerced } from "../../fixtures/matchers/coercion.ts";
import { isByReference } from "../../fixtures/matchers/metadata.ts";
import { attribute, values } from "../../fixtures/wire/dicom-json.ts";
import { nameOf } from "../../fixtures/wire/dictionary.ts";
import { checkRows, element, expect, must, named, ps3_18 } from "../words.ts";
import {
  attributesOf,
  expectAttribute,
  expectNumbersShown,
  expectShown,
  type Showing,
  type Showings,
} from "./showing.ts";

const personNames: Showings = {
  "three component groups": {
    keyword: "PatientName",
    stored: "Yamada^Tarou=山田^太郎=やまだ^たろう",
    shown: {
      vr: "PN",
      Value: [{ Alphabetic: "Yamada^Tarou", Ideographic: "山田^太郎", Phonetic: "やまだ^たろう" }],
    },
  },
  "the alphabetic group only": {
    keyword: "ReferringPhysicianName",
    stored: "Referrer^Rita",
    shown: { vr: "PN", Value: [{ Alphabetic: "Referrer^Rita" }] },
  },
  "the ideographic group only": {
    keyword: "PerformingPhysicianName",
    stored: "=山田^太郎",
    shown: { vr: "PN", Value: [{ Ideographic: "山田^太郎" }] },
    tolerate: {
      shown: { vr: "PN", Value: [{ Alphabetic: "", Ideographic: "山田^太郎" }] },
      because: "an empty component group is shown as an empty string instead of being left out",
    },
  },
  "an empty name among others": {
    keyword: "OperatorsName",
    stored: ["Adams^John", "", "Adams^Jane"],
    shown: { vr: "PN", Value: [{ Alphabetic: "Adams^John" }, null, { Alphabetic: "Adams^Jane" }] },
    tolerate: {
      shown: { vr: "PN", Value: [{ Alphabetic: "Adams^John" }, {}, { Alphabetic: "Adams^Jane" }] },
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
    const instance = instances.minimal({ SpecificCharacterSet: "ISO_IR 192", ...attributesOf(personNames) });
    await service.given.stored(instance);

    await expectShown(await service.metadata(instance), personNames);
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
  ["00291008", "DS", ["1.50", "-1.0E+2", "+3"], numberOfText],
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
    expect(response).toAnswer({ status: 200 });
    const [dataset] = response.dicomJson.datasets;

    await checkRows(
      named(numbers, ([tag, vr]) => `${vr} ${nameOf(tag)}`),
      async ([tag, vr, stored, read]) => {
        const shown = attribute(dataset, tag);
        if (isByReference(response, shown)) {
          response.note(`${vr} ${nameOf(tag)} is shown by reference, as PS3.18 F.2.2 permits`);
        } else if (!isCoerced(response, dataset, tag)) {
          const received = values(dataset, tag).map(read);
          expectAttribute(response, "values", shown, [received, stored.map(read)]);
        }
      },
    );
  },
);

function withoutValue(keyword: string, vr: string, stored: null | []): Showing {
  const because = "an empty array is shown, where PS3.18 F.2.5 leaves Value out";
  return { keyword, stored, shown: { vr }, tolerate: { shown: { vr, Value: [] }, because } };
}

const emptiness: Showings = {
  "an empty date": withoutValue("PatientBirthDate", "DA", null),
  "an empty person name": withoutValue("ReferringPhysicianName", "PN", null),
  "an empty sequence": withoutValue("AcquisitionContextSequence", "SQ", []),
  "an empty ST": withoutValue("InstitutionAddress", "ST", null),
  "an empty LT": withoutValue("AdditionalPatientHistory", "LT", null),
  "an empty UT": withoutValue("LabelText", "UT", null),
  "an empty UR": withoutValue("RetrieveURI", "UR", null),
  "an empty value among others": {
    keyword: "ScanOptions",
    stored: ["A", "", "B"],
    shown: { vr: "CS", Value: ["A", null, "B"] },
  },
  "an empty item": {
    keyword: "RequestAttributesSequence",
    stored: [{}],
    shown: { vr: "SQ", Value: [{}] },
  },
};

/** Each in an instance of its own: a service that cannot read one of them still shows the others. */
const emptyNumbers: Showings = {
  "an empty IS among others": {
    keyword: "ReferencedFrameNumber",
    stored: ["1", "", "2"],
    shown: { vr: "IS", Value: [1, null, 2] },
  },
  "an empty DS among others": {
    keyword: "FrameTimeVector",
    stored: ["1", "", "2"],
    shown: { vr: "DS", Value: [1, null, 2] },
  },
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
    const instance = instances.minimal(attributesOf(emptiness));
    await service.given.stored(instance);

    await expectShown(await service.metadata(instance), emptiness);
    await checkRows(emptyNumbers, async (showing) => {
      const numeric = instances.minimal(attributesOf({ showing }));
      await service.given.stored(numeric);
      await expectNumbersShown(await service.metadata(numeric), showing);
    });
  },
);
