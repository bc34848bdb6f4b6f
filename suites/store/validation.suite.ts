import { failuresOf } from "../../fixtures/matchers/store.ts";
import {
  type AnswerTolerance,
  type Attributes,
  came,
  checkRows,
  element,
  expect,
  type Instance,
  matching,
  must,
  ps3_18,
  type Service,
  should,
  statement,
} from "../words.ts";
import { expectFound } from "./holdings.ts";
import {
  acceptedInFullValidation,
  expectAccepted,
  expectAcceptedOrWarned,
  expectAcceptedUnlessFullyValidated,
  expectFullValidation,
  expectRefused,
  expectWarned,
  fullValidation,
  isFullyValidated,
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
      await expectRefused(service, instances.with(twin, { PatientID }), "PatientID", twin);
    });
  },
);

type Judge = (
  service: Service,
  instance: Instance,
  keyword: string,
  twin: Instance,
  inFull: readonly AnswerTolerance[],
) => Promise<unknown>;

/** What v1 and what v2 makes of a value: v1 judges what it indexes, and of code strings only the length. */
interface Judges {
  readonly v1: Judge;
  readonly v2: Judge;
}

const warnedInV2: Judges = { v1: expectAcceptedUnlessFullyValidated, v2: expectWarned };
// The managed service documents that it lets numbers through that are none.
const mayBeWarnedInV2: Judges = { v1: expectAcceptedUnlessFullyValidated, v2: expectAcceptedOrWarned };
const refusedInV1: Judges = { v1: expectRefused, v2: expectAcceptedOrWarned };
const accepted: Judges = { v1: expectAccepted, v2: expectAccepted };

type OddValue = readonly [judges: Judges, keyword: string, attributes: Attributes];

const oddValues: Readonly<Record<string, OddValue>> = {
  "AcquisitionDateTime of letters": [warnedInV2, "AcquisitionDateTime", { AcquisitionDateTime: "NotADate" }],
  "ReviewDate of letters": [warnedInV2, "ReviewDate", { ReviewDate: "NotAValidReviewDate" }],
  "PatientAge without unit": [warnedInV2, "PatientAge", { PatientAge: "12" }],
  "ImageOrientationPatient of five values": [
    warnedInV2,
    "ImageOrientationPatient",
    { ImageOrientationPatient: ["1", "0", "0", "0", "1"] },
  ],
  "a private LO of 65 characters": [
    warnedInV2,
    "00291001",
    { "00290010": "DICOMWEB CONFORMANCE", "00291001": element("LO", "X".repeat(65)) },
  ],
  "Modality in lower case": [warnedInV2, "Modality", { Modality: "mr" }],
  "SliceThickness of letters": [mayBeWarnedInV2, "SliceThickness", { SliceThickness: "thick" }],
  "StudyDate February 30": [refusedInV1, "StudyDate", { StudyDate: "20200230" }],
  "StudyDate with two dates": [refusedInV1, "StudyDate", { StudyDate: "20200101-20200102" }],
  "StudyDate, Modality and PatientName without value": [
    accepted,
    "StudyDate",
    { StudyDate: null, Modality: null, PatientName: null },
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
    const inFull = await acceptedInFullValidation(service, instances);
    await checkRows(oddValues, async ([judges, keyword, attributes]) => {
      const twin = instances.minimal();
      const judge = judges[service.endpoint.api ?? "v2"];
      await judge(service, instances.with(twin, attributes), keyword, twin, inFull);
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

    const header = { status: 200, because: "a Warning header says it as well" };
    const tolerate = isV1 ? fullValidation(service) : [header];
    expect(response).toAnswer({ status: isV1 ? 200 : 202, tolerate });
    if (isFullyValidated(service, response)) {
      return expectFullValidation(service, response, instance, "StudyDescription");
    }
    expect(response).toConfirm([instance]);
    if (!isV1 && came(response, 202)) {
      expect(response).toWarn(instance, { reason: 1, naming: "StudyDescription" });
    } else if (response.header("Warning") === undefined) {
      response.note("no Warning header: the service gives none, or a gateway took it away");
    } else {
      const warning = matching('299, an agent and a text: 299 host "text"', /^299 \S+ "[^"]+"/);
      expect(response).toHold("Warning header", response.header("Warning"), warning);
    }
    expect(await service.retrieve(instance)).toDeliver([instance]);
    if (isV1) {
      const key = { StudyInstanceUID: instance.studyInstanceUid, StudyDescription: "Value1" };
      await expectFound(service, "study", instance.studyInstanceUid, key);
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
    if (came(response, 409)) {
      expect(response).toHold("failed items", failuresOf(response).length, 1);
      return expectAccepted(service, instances.with(clean, { TransferSyntaxUID: undefined }));
    }
    expect(response).toConfirm([clean]);
    expect(response).toWarn(clean, { reason: 45063, naming: [] });
    expect(await service.retrieve(clean)).toDeliver([clean]);

    const twin = instances.minimal();
    const invalid = instances.with(twin, { ...implicitVr, StudyDate: "NotAValidStudyDate" });
    if (isV1) {
      await expectRefused(service, invalid, "StudyDate", twin);
    } else {
      const warned = await service.storeSinglePart(invalid);
      expect(warned).toAnswer({ status: 202 });
      expect(warned).toWarn(invalid, { reason: 45063, naming: ["StudyDate"] });
    }
  },
);
