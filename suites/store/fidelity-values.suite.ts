import { implicitVrLittleEndian } from "../../fixtures/instances/part10.ts";
import { failuresOf } from "../../fixtures/matchers/store.ts";
import { attribute, values } from "../../fixtures/wire/dicom-json.ts";
import {
  type Attributes,
  came,
  dicom,
  element,
  expect,
  type Instance,
  must,
  ps3_18,
  type Service,
  should,
  statement,
} from "../words.ts";
import { expectAbsent } from "./holdings.ts";

/** The VRs that a rich instance has not, and values that do not survive a detour through text or JSON. */
const delicateValues: Attributes = {
  "00291030": element("FD", [-0, Number.MIN_VALUE, Number.MAX_VALUE]),
  "00291031": element("FL", [Number.NaN, -0]),
  "00291032": element("DS", ["3.14159265358979", "-1.234567890E-10"]),
  "00291033": element("OL", [0, 0xffffffff]),
  "00291034": element("OV", ["0", "18446744073709551615"]),
  "00291035": element("SV", ["-9223372036854775808", "9007199254740993"]),
  "00291036": element("UV", ["18446744073709551615"]),
  "00291037": element("UN", Buffer.from("00ff0d0a2d2d00ff", "hex")),
};
/** JSON has no numbers for these. */
const notFinite: Attributes = {
  "00290010": "DICOMWEB CONFORMANCE",
  "00291030": element("FD", [Number.NaN, Number.NEGATIVE_INFINITY]),
};

must(
  "STORE-062",
  {
    title: "every element of a stored dataset comes back unchanged, whatever its VR",
    request: "Store-instances-using-multipart/related",
    profile: "dicomweb",
    clause: [ps3_18("10.5.2"), statement("Store (STOW-RS)")],
  },
  async ({ service, instances }) => {
    const instance = instances.rich(delicateValues);

    const stored = await service.store([instance]);

    expect(stored).toConfirm([instance]);
    expect(await service.retrieve(instance)).toDeliver([instance]);
  },
);

// The catalogue has it among the tolerances of STORE-062; issue 12 makes it a requirement of its own.
should(
  "STORE-081",
  {
    title: "an instance with numbers that are not finite is stored, and can be read back",
    request: "Store-instances-using-multipart/related",
    profile: "dicomweb",
    clause: [dicom("PS3.5", "6.2"), ps3_18("10.5.2")],
  },
  async ({ service, instances }) => {
    const instance = instances.minimal(notFinite);

    const stored = await service.store([instance]);

    if (failuresOf(stored).length > 0) {
      await expectAbsent(service, instance);
    }
    expect(stored).toConfirm([instance]);
    expect(await service.retrieve(instance)).toDeliver([instance]);
    expect(await service.metadata(instance)).toFind("instance", [instance.sopInstanceUid]);
  },
);

must(
  "STORE-065",
  {
    title: "private attributes are kept in the file, and shown in the metadata where their VR is known",
    request: "Store-single-instance",
    clause: statement("Retrieve Metadata (for Study, Series, or Instance)"),
  },
  async ({ service, instances }) => {
    const explicit = instances.minimal({
      "00090010": "DICOMWEB CONFORMANCE",
      "00091001": element("LO", "private text"),
      "00091002": element("UN", Buffer.from("unknown ")),
      "00091003": element("SQ", [{ "00090010": "DICOMWEB CONFORMANCE", "00091001": element("LO", "inner") }]),
    });
    const implicit = instances.minimal({ TransferSyntaxUID: implicitVrLittleEndian });
    const withPrivate = instances.minimal({
      TransferSyntaxUID: implicitVrLittleEndian,
      "00070008": element("LO", "Private Tag"),
    });

    const stored = await service.storeSinglePart(explicit);
    expect(stored).toStore([explicit]);
    await expectPrivate(service, explicit, ["00090010", "00091001", "00091003"]);

    const plain = await service.storeSinglePart(implicit);
    expect(plain).toAnswer({
      status: 200,
      tolerate: [
        { status: 202, because: "STORE-041 is about the warning" },
        { status: 409, because: "implicit VR is refused, as the managed service documents it" },
      ],
    });
    if (came(plain, 409)) {
      return;
    }
    expect(await service.storeSinglePart(withPrivate)).toConfirm([withPrivate]);
    await expectPrivate(service, withPrivate, []);
  },
);

/** The file has all that it had, and the metadata shows exactly these attributes of odd groups. */
async function expectPrivate(service: Service, instance: Instance, shown: readonly string[]): Promise<void> {
  expect(await service.retrieve(instance)).toDeliver([instance]);
  const metadata = await service.metadata(instance);
  expect(metadata).toFind("instance", [instance.sopInstanceUid]);
  const tags = Object.keys(metadata.dicomJson.datasets[0] ?? {});
  const privateTags = tags.filter((tag) => /^...[13579BDF]/i.test(tag)).sort();
  expect(metadata).toHold("private attributes", privateTags, shown);
}

const code = { CodeValue: "85562004", CodingSchemeDesignator: "SCT", CodeMeaning: "Hand" };
const context = { ValueType: "TEXT", ConceptNameCodeSequence: [code], TextValue: "left" };
/** DA, SH, UI, US, LT, ST, UT and UR of zero length. */
const empty = {
  StudyDate: null,
  AccessionNumber: null,
  IrradiationEventUID: null,
  RepresentativeFrameNumber: null,
  AdditionalPatientHistory: null,
  InstitutionAddress: null,
  LabelText: null,
  RetrieveURI: null,
};
const structure: Attributes = {
  ImageType: ["DERIVED", "SECONDARY", "", "OTHER"],
  ...empty,
  AcquisitionContextSequence: [],
  RequestAttributesSequence: element(
    "SQ",
    [
      {
        RequestedProcedureID: "RP-1",
        ScheduledProtocolCodeSequence: [
          code,
          {
            ...code,
            ProtocolContextSequence: element("SQ", [context], { undefinedLength: true }),
          },
        ],
      },
      { RequestedProcedureID: "RP-2" },
      {},
    ],
    { undefinedLength: true },
  ),
};

must(
  "STORE-066",
  {
    title: "sequences, lists of values and empty attributes keep their structure",
    request: "Store-instances-using-multipart/related",
    profile: "dicomweb",
    clause: [ps3_18("F.2.5"), dicom("PS3.5", "7.5"), statement("Store (STOW-RS)")],
  },
  async ({ service, instances }) => {
    const instance = instances.minimal(structure);

    const stored = await service.store([instance]);

    expect(stored).toStore([instance]);
    if (service.isAzure) {
      expect(stored).toConfirmWithoutWarning(instance);
    }
    expect(await service.retrieve(instance)).toDeliver([instance]);
    const metadata = await service.metadata(instance);
    expect(metadata).toDescribe([instance]);
    const imageType = ["DERIVED", "SECONDARY", null, "OTHER"];
    expect(metadata).toShow("instance", instance.sopInstanceUid, { ImageType: imageType });
    const [shown] = metadata.dicomJson.datasets;
    // Elsewhere an empty Value says the same as none.
    const isShown = (name: string) =>
      service.isAzure ? attribute(shown, name)?.Value !== undefined : values(shown, name).length > 0;
    const withValue = Object.keys(empty).filter(isShown);
    expect(metadata).toHold("empty attributes with a Value", withValue, []);
    const missing = Object.keys(empty).filter((name) => attribute(shown, name) === undefined);
    expect(metadata).toHold("empty attributes that are not shown", missing, []);
  },
);
