import { encodeDataset, implicitVrLittleEndian } from "../../fixtures/instances/part10.ts";
import { isCoerced } from "../../fixtures/matchers/coercion.ts";
import { type Attribute, attribute } from "../../fixtures/wire/dicom-json.ts";
import { nameOf } from "../../fixtures/wire/dictionary.ts";
import {
  type AnswerTolerance,
  type Attributes,
  checkRows,
  dicom,
  element,
  expect,
  type Instances,
  isAsExpected,
  should,
} from "../words.ts";
import { expectFound } from "./holdings.ts";

const secondaryCapture = "1.2.840.10008.5.1.4.1.1.7";
const studyManagement = "1.2.840.10008.3.1.2.3.1";

/** Whatever the file is encoded in, a sequence of VR UN has items without VRs (PS3.5 6.2.2). */
function asUnknownSequence(item: Attributes) {
  const dataset = encodeDataset(item, implicitVrLittleEndian);
  const header = Buffer.from("feff00e000000000", "hex");
  header.writeUInt32LE(dataset.length, 4);
  return element("UN", Buffer.concat([header, dataset]));
}

function asUnknown(value: string): Attributes[string] {
  return element("UN", Buffer.from(value));
}

const calledMissing: AnswerTolerance = {
  status: 409,
  ends: "warned",
  because: "attributes are called missing that are there, with a VR that says nothing of them",
};

should(
  "STORE-079",
  {
    title: "known attributes that are written with VR UN are read as what they are",
    request: "Store-instances-using-multipart/related",
    profile: "dicomweb",
    clause: dicom("PS3.5", "6.2.2"),
  },
  async ({ service, instances }) => {
    const { instance, name, shown } = disguised(instances);

    const stored = await service.store([instance]);

    const warned = { status: 202, because: "a VR that says nothing may be worth a warning" };
    expect(stored).toAnswer({ status: 200, tolerate: [warned, calledMissing] });
    expect(stored).toConfirm([instance]);
    const metadata = await service.metadata(instance);
    expect(metadata).toAnswer({ status: 200 });
    const [dataset] = metadata.dicomJson.datasets;
    await checkRows(shown, async (expected, keyword) => {
      const received = attribute(dataset, keyword);
      if (received?.vr === "UN" && received.InlineBinary !== undefined) {
        metadata.note(`${nameOf(keyword)} is shown as UN with its bytes, which is lawful too`);
      } else if (isAsExpected(received, expected) || !isCoerced(metadata, dataset, keyword)) {
        expect(metadata).toHold(nameOf(keyword), received, expected);
      }
    });
    if (!isCoerced(metadata, dataset, "PatientName")) {
      await expectFound(service, "study", instance.studyInstanceUid, { PatientName: name });
    }
    if (service.isAzure) {
      expect(await service.retrieve(instance)).toDeliver([instance]);
    }
  },
);

/** An instance of which some attributes say UN, and how they are shown. */
function disguised(instances: Instances) {
  const name = instances.patientId();
  const reference = { ReferencedSOPClassUID: studyManagement, ReferencedSOPInstanceUID: instances.uid() };
  const instance = instances.minimal({
    SOPClassUID: element("UN", Buffer.from(`${secondaryCapture}\0`)),
    StudyDescription: asUnknown("Unknown study "),
    PatientName: asUnknown(name.length % 2 === 0 ? name : `${name} `),
    SamplesPerPixel: element("UN", Buffer.of(1, 0)),
    ReferencedImageSequence: asUnknownSequence(reference),
  });
  const shown: Readonly<Record<string, Attribute>> = {
    SOPClassUID: { vr: "UI", Value: [secondaryCapture] },
    StudyDescription: { vr: "LO", Value: ["Unknown study"] },
    PatientName: { vr: "PN", Value: [{ Alphabetic: name }] },
    SamplesPerPixel: { vr: "US", Value: [1] },
    ReferencedImageSequence: {
      vr: "SQ",
      Value: [
        {
          "00081150": { vr: "UI", Value: [studyManagement] },
          "00081155": { vr: "UI", Value: [reference.ReferencedSOPInstanceUID] },
        },
      ],
    },
  };
  return { instance, name, shown };
}
