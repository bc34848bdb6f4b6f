import { isUtf8 } from "node:buffer";
import type { Dataset } from "../../fixtures/wire/dicom-json.ts";
import { items } from "../../fixtures/wire/dicom-json.ts";
import { advise, checkRows, expect, must, ps3_18, type ServiceResponse } from "../words.ts";
import { attributesOf, expectShown, type Showing, type Showings } from "./showing.ts";

/** A list is several values. */
function shownAs(keyword: string, vr: string, stored: string | readonly string[], shown = stored): Showing {
  return { keyword, stored, shown: { vr, Value: [shown].flat() } };
}

/** Leading blanks and backslashes are part of the long texts only (PS3.5 6.2); in all others a backslash divides values. */
const texts: Showings = {
  "several AE": shownAs("ScheduledStationAETitle", "AE", ["CONF_A", "CONF B"]),
  AS: shownAs("PatientAge", "AS", "035Y"),
  "several CS": shownAs("ScanOptions", "CS", ["ALPHA", "BETA_2"]),
  "several DA": shownAs("DateOfLastCalibration", "DA", ["20240229", "19991231"]),
  "several DT": shownAs("ReferencedDateTime", "DT", ["20240229101530.500000+0100", "2024"]),
  "several LO": shownAs("AdmittingDiagnosesDescription", "LO", ['"open" fracture', "Größe 5 Ω", "𠮷野"]),
  LT: shownAs("AdditionalPatientHistory", "LT", '  C:\\temp is "here"\r\nand there, 𠮷野'),
  "several SH": shownAs("ScheduledStationName", "SH", ["ROOM 1", "ROOM 2"]),
  ST: shownAs("InstitutionAddress", "ST", " Way 1\\2\r\nNowhere"),
  "several TM": shownAs("TimeOfLastCalibration", "TM", ["101530.5", "1015"]),
  UC: shownAs("SelectorUCValue", "UC", "unlimited characters"),
  "several UI": shownAs("RelatedGeneralSOPClassUID", "UI", [
    "1.2.840.10008.5.1.4.1.1.7",
    "1.2.840.10008.1.1",
  ]),
  UR: shownAs("SelectorURValue", "UR", "https://example.org/a%20b?c=d&e=%22f%22"),
  UT: shownAs("TextValue", "UT", ` one\\value ${"and more of it, ".repeat(100)}until here`),
  "several AT": shownAs("SelectorATValue", "AT", ["00080018", "7FE00010"]),
};

/** Validators of earlier editions know no TAB: no other server is asked to take one. */
const textsOfAzure: Showings = { ...texts, "LT with a tab": shownAs("ImageComments", "LT", "one\ttwo") };

must(
  "RETRIEVE-052",
  {
    title: "text is shown as it was stored, value by value",
    request: "Retrieve-metadata-of-a-single-instance-within-a-series-of-a-study",
    profile: "dicomweb",
    clause: [ps3_18("F.2.3"), ps3_18("F.2.4")],
  },
  async ({ service, instances }) => {
    const showings = service.isAzure ? textsOfAzure : texts;
    const attributes = attributesOf(showings);
    const instance = instances.minimal({
      SpecificCharacterSet: "ISO_IR 192",
      ...attributes,
      RequestAttributesSequence: [attributes],
    });
    await service.given.stored(instance);

    const response = await service.metadata(instance);
    await checkRows(placesIn(response), (dataset) => expectShown(response, showings, dataset));
  },
);

/** The dataset itself, and its item. */
function placesIn({ dicomJson }: ServiceResponse): Readonly<Record<string, Dataset | undefined>> {
  const [dataset] = dicomJson.datasets;
  const [item] = items(dataset, "RequestAttributesSequence");
  return { "at top level": dataset, "in an item": item };
}

interface Encoding {
  /** Specific Character Set. */
  readonly terms: string | readonly string[];
  /** A name and a description in it, each as its bytes and as Unicode. */
  readonly name: readonly [bytes: Buffer, shown: Readonly<Record<string, string>>];
  readonly description: readonly [bytes: Buffer, shown: string];
  /** Any server but Microsoft's may lack its code page, and is warned. */
  readonly isRare?: boolean;
}

const encodings: Readonly<Record<string, Encoding>> = {
  "Latin alphabet No. 1": {
    terms: "ISO_IR 100",
    name: [Buffer.from("Müller^Jörg", "latin1"), { Alphabetic: "Müller^Jörg" }],
    description: [Buffer.from("Schädel", "latin1"), "Schädel"],
  },
  "Unicode in UTF-8": {
    terms: "ISO_IR 192",
    name: [Buffer.from("Wang^XiaoDong=王^小東"), { Alphabetic: "Wang^XiaoDong", Ideographic: "王^小東" }],
    description: [Buffer.from("胸部 Ω"), "胸部 Ω"],
  },
  Cyrillic: {
    terms: "ISO_IR 144",
    name: [Buffer.from("b8d2d0ddded25eb8d2d0dd", "hex"), { Alphabetic: "Иванов^Иван" }],
    description: [Buffer.from("c7d5e0d5df", "hex"), "Череп"],
    isRare: true,
  },
  "Chinese in GB18030": {
    terms: "GB18030",
    name: [
      Buffer.from("Wang^XiaoDong=\xcd\xf5^\xd0\xa1\xb6\xab", "latin1"),
      { Alphabetic: "Wang^XiaoDong", Ideographic: "王^小东" },
    ],
    description: [Buffer.from("d0d8b2bf", "hex"), "胸部"],
    isRare: true,
  },
  "Japanese with escape sequences": {
    terms: ["", "ISO 2022 IR 87"],
    name: [
      Buffer.from("Yamada^Tarou=\x1b$B;3ED\x1b(B^\x1b$BB@O:\x1b(B", "latin1"),
      { Alphabetic: "Yamada^Tarou", Ideographic: "山田^太郎" },
    ],
    description: [Buffer.from("\x1b$B6;It\x1b(B", "latin1"), "胸部"],
    isRare: true,
  },
};

must(
  "RETRIEVE-060",
  {
    title: "text in any character set is shown in Unicode, also in items",
    request: "Retrieve-metadata-of-a-single-instance-within-a-series-of-a-study",
    profile: "dicomweb",
    clause: [ps3_18("F.2"), ps3_18("F.2.2")],
  },
  async ({ service, instances }) => {
    await checkRows(encodings, async ({ terms, name, description, isRare }) => {
      const shown = {
        name: { vr: "PN", Value: [name[1]] },
        description: { vr: "LO", Value: [description[1]] },
      };
      const atTop: Showings = {
        name: { keyword: "PatientName", stored: name[0], shown: shown.name },
        description: { keyword: "StudyDescription", stored: description[0], shown: shown.description },
      };
      const inItem: Showings = {
        name: { keyword: "RequestingPhysician", stored: name[0], shown: shown.name },
        description: {
          keyword: "RequestedProcedureDescription",
          stored: description[0],
          shown: shown.description,
        },
      };
      const instance = instances.minimal({
        SpecificCharacterSet: terms,
        ...attributesOf(atTop),
        RequestAttributesSequence: [attributesOf(inItem)],
      });
      await service.given.stored(instance);

      const response = await service.metadata(instance);
      expect(response).toAnswer({ status: 200 });
      expect(response).toHold("whether the body is UTF-8", isUtf8(response.body), true);
      const judging = isRare && !service.isAzure ? advise : expect;
      const [dataset] = response.dicomJson.datasets;
      const [item] = items(dataset, "RequestAttributesSequence");
      await expectShown(response, atTop, dataset, judging);
      await expectShown(response, inItem, item, judging);
    });
  },
);
