import { failuresOf } from "../../fixtures/matchers/store.ts";
import {
  type Attributes,
  checkRows,
  element,
  expect,
  type Instance,
  must,
  ps3_18,
  type Service,
  should,
  statement,
} from "../words.ts";
import {
  expectAccepted,
  expectAcceptedOrWarned,
  expectRefused,
  expectWarned,
  isRefusedByFullValidation,
} from "./judgement.ts";

must(
  "STORE-026",
  {
    title: "a Patient ID may be any printable text of up to 64 characters, and nothing else",
    request: "Store-single-instance",
    clause: statement("Store Required Attributes"),
  },
  async ({ service, instances }) => {
    const id = instances.patientId();
    const printable = {
      "64 letters": id.padEnd(64, "X"),
      "64 characters, most of them Japanese": id.padEnd(64, "患"),
      punctuation: `${id},b c-d^e/1`,
    };
    await checkRows(printable, (PatientID) =>
      expectAccepted(service, instances.minimal({ SpecificCharacterSet: "ISO_IR 192", PatientID })),
    );
    const invalid = { "65 letters": id.padEnd(65, "X"), "a tab": `${id}\t3`, "NULs around": `\0${id}\0` };
    await checkRows(invalid, async (PatientID) => {
      const twin = instances.minimal();
      await expectRefused(service, instances.with(twin, { PatientID }), "00100020", twin);
    });
  },
);

type Judge = (service: Service, instance: Instance, tag: string, twin: Instance) => Promise<unknown>;

/** What v1 and what v2 makes of a value. */
type Judges = readonly [inV1: Judge, inV2: Judge];

const warnedInV2: Judges = [expectUnnoticed, expectWarned];
const refusedInV1: Judges = [expectRefused, expectAcceptedOrWarned];

/** v1 judges what it indexes, and of code strings only the length. */
const oddValues: Readonly<Record<string, readonly [tag: string, attributes: Attributes, judges: Judges]>> = {
  "AcquisitionDateTime of letters": ["0008002A", { AcquisitionDateTime: "NotADate" }, warnedInV2],
  "ReviewDate of letters": ["300E0004", { ReviewDate: "NotAValidReviewDate" }, warnedInV2],
  "PatientAge without unit": ["00101010", { PatientAge: "12" }, warnedInV2],
  "ImageOrientationPatient of five values": [
    "00200037",
    { ImageOrientationPatient: ["1", "0", "0", "0", "1"] },
    warnedInV2,
  ],
  "a private LO of 65 characters": [
    "00291001",
    { "00290010": "DICOMWEB CONFORMANCE", "00291001": element("LO", "X".repeat(65)) },
    warnedInV2,
  ],
  "Modality in lower case": ["00080060", { Modality: "mr" }, warnedInV2],
  // The managed service documents that it lets numbers through that are none.
  "SliceThickness of letters": [
    "00180050",
    { SliceThickness: "thick" },
    [expectUnnoticed, expectAcceptedOrWarned],
  ],
  "StudyDate February 30": ["00080020", { StudyDate: "20200230" }, refusedInV1],
  "StudyDate with two dates": ["00080020", { StudyDate: "20200101-20200102" }, refusedInV1],
  "StudyDate, Modality and PatientName without value": [
    "00080020",
    { StudyDate: null, Modality: null, PatientName: null },
    [expectAccepted, expectAccepted],
  ],
};

should(
  "STORE-034",
  {
    title: "v2 holds every attribute against its VR and multiplicity and warns; v1 only the searchable ones",
    request: "Store-single-instance",
    clause: statement("Store Changes From V1"),
  },
  async ({ service, instances }) => {
    await checkRows(oddValues, async ([tag, attributes, [inV1, inV2]]) => {
      const judge = service.endpoint.api === "v1" ? inV1 : inV2;
      const twin = instances.minimal();
      await judge(service, instances.with(twin, attributes), tag, twin);
    });
  },
);

should(
  "STORE-040",
  {
    title:
      "several values of a single-valued searchable attribute are stored, flagged, and found by the first",
    request: "Store-single-instance",
    clause: statement("Store Changes From V1"),
  },
  async ({ service, instances }) => {
    const isV1 = service.endpoint.api === "v1";
    const instance = instances.minimal({ StudyDescription: ["Value1", "Value2"] });
    const response = await service.storeSinglePart(instance);
    if (await isRefusedByFullValidation(service, response, instance, "00081030")) {
      return;
    }
    const header = { status: 200, because: "a Warning header says it as well" };
    expect(response).toAnswer(isV1 ? { status: 200 } : { status: 202, tolerate: [header] });
    expect(response).toConfirm([instance]);
    if (response.status === 202) {
      expect(response).toWarn(instance, { reason: 1, naming: "StudyDescription" });
    } else if (response.header("Warning") === undefined) {
      response.note("no Warning header: the service gives none, or a gateway took it away");
    } else {
      expect(response.header("Warning"), "Warning header").toMatch(/^299 \S+ "[^"]+"/);
    }
    expect(await service.retrieve(instance)).toDeliver([instance]);
    if (isV1) {
      const key = { StudyInstanceUID: instance.studyInstanceUid, StudyDescription: "Value1" };
      const search = () => service.search("/studies", key);
      const found = await service.eventually(search, ({ status }) => status === 200);
      expect(found).toFind("study", [instance.studyInstanceUid]);
    }
  },
);

const implicitVr = { TransferSyntaxUID: "1.2.840.10008.1.2" };

should(
  "STORE-041",
  {
    title: "a file in implicit VR little endian is stored as it is, with warning 45063",
    request: "Store-single-instance",
    clause: [
      statement("Store Warning Reason Codes"),
      statement("Store Failure Reason Codes", "v1"),
      ps3_18("10.5.3.1"),
    ],
  },
  async ({ service, instances }) => {
    const isV1 = service.endpoint.api === "v1";
    const clean = instances.minimal({ ...implicitVr, StudyDate: "20200229" });
    const response = await service.storeSinglePart(clean);
    const tolerate = [
      { status: 202, because: "PS3.18 answers 202 where there is a warning" },
      { status: 409, because: "the managed service documents that it takes explicit VR only" },
    ];
    expect(response).toAnswer({ status: isV1 ? 200 : 202, tolerate });
    if (response.status === 409) {
      expect(failuresOf(response).length, "failed items").toBe(1);
      const twin = instances.with(clean, { TransferSyntaxUID: undefined });
      await expectAccepted(service, twin);
      return;
    }
    expect(response).toConfirm([clean]);
    expect(response).toWarn(clean, { reason: 45063, naming: [] });
    expect(await service.retrieve(clean)).toDeliver([clean]);

    const twin = instances.minimal();
    const invalid = instances.with(twin, { ...implicitVr, StudyDate: "NotAValidStudyDate" });
    if (isV1) {
      await expectRefused(service, invalid, "00080020", twin);
    } else {
      const warned = await service.storeSinglePart(invalid);
      expect(warned).toAnswer({ status: 202 });
      expect(warned).toWarn(invalid, { reason: 45063, naming: ["StudyDate"] });
    }
  },
);

/** v1 stores what v2 warns of. */
async function expectUnnoticed(service: Service, instance: Instance, tag: string): Promise<void> {
  const response = await service.storeSinglePart(instance);
  if (await isRefusedByFullValidation(service, response, instance, tag)) {
    return;
  }
  expect(response).toAnswer({ status: 200 });
  expect(response).toConfirmWithoutWarning(instance);
}
