import { accept, instancePath } from "../../fixtures/client/resources.ts";
import { type AttributeValue, element } from "../../fixtures/instances/instance.ts";
import { expect } from "../../fixtures/matchers/expect.ts";
import { checkRows } from "../../fixtures/matchers/rows.ts";
import { commentsOf, failuresOf } from "../../fixtures/matchers/store.ts";
import { statement } from "../clause.ts";
import { requirement } from "../requirement.ts";
import { expectAccepted, expectAcceptedOrWarned, expectRefused, expectWarned } from "./judgement.ts";

const azure = {
  request: "Store-single-instance",
  level: "must",
  profile: "azure",
  api: ["v1", "v2"],
} as const;

requirement(
  "STORE-026",
  {
    ...azure,
    title: "a Patient ID may be any printable text of up to 64 characters, and nothing else",
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
      await expectRefused(service, instances.with(twin, { PatientID }), twin, "00100020");
    });
  },
);

const instanceUids = {
  StudyInstanceUID: "0020000D",
  SeriesInstanceUID: "0020000E",
  SOPInstanceUID: "00080018",
};

const malformed: Readonly<Record<string, (uid: string) => string>> = {
  letters: (uid) => `abc.${uid}`,
  "a bar": (uid) => `${uid}|`,
  "65 characters": (uid) => uidOfLength(uid, 65),
  "a dot at the end": (uid) => `${uid}.`,
};

requirement(
  "STORE-027",
  {
    ...azure,
    title: "a malformed Study, Series or SOP Instance UID is refused with 43264 and repeated as it was sent",
    clause: statement("Store Required Attributes"),
  },
  async ({ service, instances }) => {
    await checkRows(instanceUids, async (tag, keyword) => {
      await checkRows(malformed, async (spoil) => {
        const twin = instances.minimal();
        const refused = instances.with(twin, { [keyword]: spoil(instances.uid()) });
        const response = await expectRefused(service, refused, twin, tag);
        expect(response).toReportFailure(refused, { reason: 43264 });
      });
      const longest = instances.minimal({ [keyword]: uidOfLength(instances.uid(), 64) });
      await expectAccepted(service, longest);
      const zeroInFront = instances.minimal({ [keyword]: `${instances.uid()}.03.4` });
      await expectAcceptedOrWarned(service, zeroInFront, tag);
    });
  },
);

requirement(
  "STORE-028",
  {
    ...azure,
    level: "should",
    title: "blanks behind a Study Instance UID stay in the file, but do not make another instance",
    clause: statement("Store Required Attributes"),
  },
  async ({ service, instances }) => {
    // Of odd length, so that an odd number of blanks needs no NUL behind it.
    const uid = uidOfLength(instances.uid(), 51);
    const padded = instances.minimal({ StudyInstanceUID: `${uid} ` });
    const stored = await service.storeSinglePart(padded);
    expect(stored).toAnswer({
      status: 200,
      tolerate: [{ status: 202, because: "a warning of the blank is fair" }],
    });
    expect(stored).toConfirm([padded]);
    const path = instancePath({ ...padded, studyInstanceUid: `${uid}%20` });
    expect(await service.get(path, accept.instance)).toDeliver([padded]);

    const again = await service.storeSinglePart(
      instances.with(padded, { StudyInstanceUID: `${uid}       ` }),
    );
    expect(again).toAnswer({ status: 409 });
    expect(again).toReportFailure(padded, { reason: 45070 });
    expect(again).toConfirm([]);
  },
);

requirement(
  "STORE-029",
  {
    ...azure,
    level: "should",
    title: "a malformed SOP Class UID is refused with 43264, as a required attribute is",
    clause: [statement("Store Required Attributes"), statement("Store Changes From V1")],
  },
  async ({ service, instances }) => {
    const classUids = { letters: "not-a-uid", "65 characters": uidOfLength(instances.uid(), 65) };
    await checkRows(classUids, async (SOPClassUID) => {
      const twin = instances.minimal();
      const refused = instances.with(twin, { SOPClassUID });
      if (service.endpoint.api === "v2") {
        await expectRefused(service, refused, twin, "00080016");
        return;
      }
      const response = await service.storeSinglePart(refused);
      expect(response).toAnswer({
        status: 409,
        tolerate: [{ status: 200, because: "Microsoft's code asks in v1 only whether there is a value" }],
      });
      if (response.status === 409) {
        expect(response).toNameAttribute("00080016");
        await expectAccepted(service, twin);
      } else {
        expect(response).toConfirm([refused]);
      }
    });
  },
);
