import { accept, came, checkRows, expect, must, should, statement } from "../words.ts";
import { expectFound } from "./holdings.ts";
import { expectAccepted, expectAcceptedOrWarned, expectRefused } from "./judgement.ts";

const malformed: Readonly<Record<string, (uid: string) => string>> = {
  letters: (uid) => `abc.${uid}`,
  "a bar": (uid) => `${uid}|`,
  "65 characters": (uid) => uidOfLength(uid, 65),
  "a dot at the end": (uid) => `${uid}.`,
};

must(
  "STORE-027",
  {
    title: "a malformed Study, Series or SOP Instance UID is refused with 43264 and repeated as it was sent",
    request: "Store-single-instance",
    clause: statement("Store Required Attributes"),
  },
  async ({ service, instances }) => {
    const keywords = ["StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID"];
    await checkRows(keywords, async (keyword) => {
      await checkRows(malformed, async (spoil) => {
        const twin = instances.minimal();
        const refused = instances.with(twin, { [keyword]: spoil(instances.uid()) });
        const response = await expectRefused(service, refused, keyword, twin);
        expect(response).toReportFailure(refused, { reason: 43264 });
      });
      const longest = instances.minimal({ [keyword]: uidOfLength(instances.uid(), 64) });
      await expectAccepted(service, longest);
      const zeroInFront = instances.minimal({ [keyword]: `${instances.uid()}.03.4` });
      await expectAcceptedOrWarned(service, zeroInFront, keyword);
    });
  },
);

should(
  "STORE-028",
  {
    title: "blanks behind a Study Instance UID stay in the file, but do not make another instance",
    request: "Store-single-instance",
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
    const encoded = { ...padded, studyInstanceUid: `${uid}%20` };
    expect(await service.retrieve(encoded, accept.instance)).toDeliver([padded]);

    const again = await service.storeSinglePart(
      instances.with(padded, { StudyInstanceUID: `${uid}       ` }),
    );

    expect(again).toAnswer({ status: 409 });
    expect(again).toGiveReason(45070, [
      { reason: 45071, because: "Microsoft's own tests ask for the status alone" },
      { reason: 43264, because: "a service may refuse the blanks themselves" },
    ]);
    expect(again).toConfirm([]);
  },
);

must(
  "STORE-029",
  {
    title: "a malformed SOP Class UID is refused with 43264, as a required attribute is",
    request: "Store-single-instance",
    clause: [statement("Store Required Attributes"), statement("Store Changes From V1")],
  },
  async ({ service, instances }) => {
    const classUids = { letters: "not-a-uid", "65 characters": uidOfLength(instances.uid(), 65) };
    await checkRows(classUids, async (SOPClassUID) => {
      const twin = instances.minimal();
      const refused = instances.with(twin, { SOPClassUID });
      if (service.endpoint.api === "v2") {
        await expectRefused(service, refused, "SOPClassUID", twin);
        return;
      }
      const response = await service.storeSinglePart(refused);
      expect(response).toAnswer({
        status: 409,
        tolerate: [{ status: 200, because: "Microsoft's code asks in v1 only whether there is a value" }],
      });
      if (came(response, 409)) {
        expect(response).toNameAttribute("SOPClassUID");
        await expectAccepted(service, twin);
      } else {
        expect(response).toConfirm([refused]);
      }
    });
  },
);

should(
  "STORE-030",
  {
    title: "instances of every SOP class are stored and come back: known or not, images or not",
    request: "Store-single-instance",
    clause: statement("Store (STOW-RS)"),
  },
  async ({ service, instances }) => {
    const kinds = {
      "an unknown class": instances.minimal({ SOPClassUID: instances.uid() }),
      "Basic Text SR": instances.report(),
      "Encapsulated PDF": instances.pdf(),
      "Secondary Capture": instances.minimal(),
    };
    await checkRows(kinds, async (instance) => {
      const response = await service.storeSinglePart(instance);

      expect(response).toStore([instance]);
      expect(await service.retrieve(instance)).toDeliver([instance]);
      const { sopInstanceUid } = instance;
      await expectFound(service, "instance", sopInstanceUid, { SOPInstanceUID: sopInstanceUid });
    });
  },
);

/** A longer UID that begins with the one given. */
function uidOfLength(uid: string, length: number): string {
  return `${uid}.`.padEnd(length, "1");
}
