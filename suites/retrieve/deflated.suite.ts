import { deflatedExplicitVrLittleEndian } from "../../fixtures/instances/part10.ts";
import {
  type AnswerTolerance,
  accept,
  checkRows,
  dicom,
  expect,
  type Instance,
  ps3_18,
  type Service,
  should,
} from "../words.ts";
import { fileAccept, filesAccept, framesAccept } from "./accepts.ts";

const explicitLittleEndian = "1.2.840.10008.1.2.1";
const form = { transferSyntaxUid: explicitLittleEndian };

const notTaken: AnswerTolerance = {
  status: [400, 409, 415],
  ends: "skipped",
  because: "PS3.18 10.5.2 leaves it to a service which transfer syntaxes it stores",
};
const notConverted: AnswerTolerance = {
  status: 406,
  ends: "warned",
  because: "the service has the pixels, and does not show them without their deflated form",
};

should(
  "RETRIEVE-102",
  {
    title: "a deflated instance is delivered inflated, and labelled so",
    request: "Retrieve-a-single-instance-within-a-series-of-a-study",
    profile: "dicomweb",
    clause: [dicom("PS3.5", "A.5"), ps3_18("8.7.3.5.2")],
  },
  async ({ service, instances }) => {
    const native = instances.image();
    const deflated = instances.with(native, { TransferSyntaxUID: deflatedExplicitVrLittleEndian });
    const other = instances.image({}, { TransferSyntaxUID: deflatedExplicitVrLittleEndian });
    expect(await service.store([other])).toBeOffered(notTaken);
    await service.given.stored(deflated);

    expect(await service.retrieve(deflated)).toDeliver([deflated]);
    await checkRows(formsOf(service), async (acceptValue) => {
      const response = await service.retrieve(deflated, acceptValue);
      expect(response).toAnswer({ status: 200, tolerate: [notConverted] });
      await expect(response).toDeliverTranscoded(native, form);
    });
    await checkRows(
      { frames: accept.frames, "frames as native pixels": framesAccept() },
      async (acceptValue) => {
        const response = await service.frames(deflated, [1, 3], acceptValue);
        expect(response).toAnswer({ status: 200, tolerate: [notConverted] });
        await expect(response).toDeliverPixels(native, [1, 3], form);
      },
    );
    await expectRendered(service, deflated, native);
  },
);

/** Only Microsoft promises bare files. */
function formsOf({ isAzure }: Service): Readonly<Record<string, string>> {
  return {
    "without transfer syntax": filesAccept(),
    "explicit VR": filesAccept(explicitLittleEndian),
    ...(isAzure && { "a bare file": fileAccept() }),
  };
}

async function expectRendered(service: Service, deflated: Instance, native: Instance): Promise<void> {
  const picture = await service.rendered(deflated, accept.png, { frame: 2 });
  expect(picture).toAnswer({ status: 200, tolerate: [{ ...notConverted, status: [404, 405, 406, 501] }] });
  await expect(picture).toDepict(accept.png, native, 2);
}
