import { implicitVrLittleEndian } from "../../fixtures/instances/part10.ts";
import { contentDiscrepancies } from "../../fixtures/matchers/fidelity.ts";
import { values } from "../../fixtures/wire/dicom-json.ts";
import {
  type Attributes,
  dicom,
  element,
  expect,
  type Instance,
  must,
  ps3_18,
  type Service,
  type ServiceResponse,
  statement,
} from "../words.ts";
import { expectAbsent, expectKept } from "./holdings.ts";

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
const notFinite: Attributes = { "00291030": element("FD", [Number.NaN, Number.NEGATIVE_INFINITY]) };

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
    await expectUnchanged(service, instance);

    const odd = instances.rich(notFinite);
    const answer = await service.store([odd]);
    if (answer.status === 409) {
      answer.note(
        "FD that is no finite number is refused: Microsoft's code cannot write it into its metadata",
      );
      expect(answer).toReportFailure(odd, { reason: 272 });
      await expectAbsent(service, odd);
    } else {
      expect(answer).toConfirm([odd]);
      await expectUnchanged(service, odd);
    }
  },
);

/** Every element, whatever the profile: not only the bytes of the file as a whole. */
async function expectUnchanged(service: Service, instance: Instance): Promise<void> {
  const read = await service.retrieve(instance);
  expect(read).toDeliver([instance]);
  expect(read).toHaveNo(contentDiscrepancies(read, instance));
}

must(
  "STORE-065",
  {
    title: "private attributes are kept in the file, and shown in the metadata where their VR is known",
    request: "Store-single-instance",
    clause: statement("Retrieve Metadata"),
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
    await expectKept(service, explicit);
    expect(await privateTagsShown(service, explicit)).toEqual(["00090010", "00091001", "00091003"]);

    const plain = await service.storeSinglePart(implicit);
    if (plain.status >= 300) {
      plain.note(
        "implicit VR is refused, as the managed service documents it: nothing to see of its attributes",
      );
      return;
    }
    expect(await service.storeSinglePart(withPrivate)).toConfirm([withPrivate]);
    await expectKept(service, withPrivate);
    expect(await privateTagsShown(service, withPrivate)).toEqual([]);
  },
);

/** Tags of the odd groups that the metadata of an instance shows, in ascending order. */
async function privateTagsShown(service: Service, instance: Instance): Promise<string[]> {
  const metadata = await metadataOf(service, instance);
  expect(metadata).toFind("instance", [instance.sopInstanceUid]);
  return Object.keys(metadata.dicomJson.datasets[0] ?? {})
    .filter((tag) => /^...[13579BDF]/i.test(tag))
    .sort();
}

function metadataOf(service: Service, instance: Instance): Promise<ServiceResponse> {
  return service.metadata(instance);
}

const code = { CodeValue: "85562004", CodingSchemeDesignator: "SCT", CodeMeaning: "Hand" };
/** DA, SH, UI and US of zero length. */
const empty = { StudyDate: null, AccessionNumber: null, IrradiationEventUID: null, BitsStored: null };
const emptyTags = ["00080020", "00080050", "00083010", "00280101"];
const structure: Attributes = {
  ImageType: ["DERIVED", "SECONDARY", "", "OTHER"],
  ...empty,
  ProcedureCodeSequence: [],
  ReferencedStudySequence: [{}],
  RequestAttributesSequence: element(
    "SQ",
    [
      {
        RequestedProcedureID: "RP-1",
        ScheduledProtocolCodeSequence: [
          code,
          {
            ...code,
            ProtocolContextSequence: element("SQ", [{ ValueType: "TEXT" }], { undefinedLength: true }),
          },
        ],
      },
      { RequestedProcedureID: "RP-2" },
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
    await expectKept(service, instance);

    const metadata = await metadataOf(service, instance);
    expect(metadata).toDescribe([instance]);
    const imageType = ["DERIVED", "SECONDARY", null, "OTHER"];
    expect(metadata).toShow("instance", instance.sopInstanceUid, { ImageType: imageType });
    const [shown] = metadata.dicomJson.datasets;
    // Elsewhere an empty Value says the same as none.
    const isShown = (tag: string) =>
      service.isAzure ? shown?.[tag]?.Value !== undefined : values(shown, tag).length > 0;
    const withValue = emptyTags.filter(isShown);
    expect(withValue, "empty attributes with a Value").toEqual([]);
  },
);
