import { jpeg2000Lossless, rleLossless } from "../../fixtures/codecs/transfer-syntaxes.ts";
import {
  type AnswerTolerance,
  accept,
  came,
  checkRows,
  compressedImage,
  expect,
  type Instance,
  imagesOfManyKinds,
  must,
  named,
  ps3_18,
  type Service,
  type ServiceResponse,
  statement,
} from "../words.ts";
import { framesAccept } from "./accepts.ts";
import { framesOf } from "./chosen-frames.ts";
import { compressed, compressedFrame, cutIntoFragments } from "./compressed.ts";

const explicitLittleEndian = "1.2.840.10008.1.2.1";
const bareFrame = "application/octet-stream; transfer-syntax=*";

/** Microsoft's open-source server gives bare frames in both versions, its managed service promises them for v2. */
function withoutBareFrames({ endpoint }: Service): readonly AnswerTolerance[] {
  return endpoint.api === "v1"
    ? [{ status: 406, because: "single part frames are documented as new in v2 of the managed service" }]
    : [];
}

function expectBareFrame(service: Service, response: ServiceResponse, image: Instance, number: number): void {
  const tolerate = withoutBareFrames(service);
  expect(response).toAnswer({ status: 200, mediaType: "application/octet-stream", tolerate });
  if (came(response, 200)) {
    expect(response).toDeliverBytes(Buffer.concat(framesOf(image.frames, number)));
  }
}

must(
  "RETRIEVE-036",
  {
    title: "each frame is delivered alone, counted from 1, with exactly its own bytes",
    request: "Retrieve-one-or-more-frames-from-a-single-instance",
    profile: "dicomweb",
    clause: [ps3_18("10.4.1.1.6"), statement("Retrieve Frames")],
  },
  async ({ service, instances }) => {
    const images = {
      ...imagesOfManyKinds(instances),
      // Any other server may have no form for pixels that stay compressed.
      ...(service.isAzure && cutIntoFragments(instances)),
    };
    await service.given.stored(...Object.values(images));

    await checkRows(images, async (image) => {
      const numbers = image.frames.map((_, index) => index + 1);
      const frames = named(numbers, (number) => `frame ${number}`);
      await checkRows(frames, async (number) => {
        expect(await service.frames(image, number)).toDeliverFrames(framesOf(image.frames, number));
      });
    });
  },
);

must(
  "RETRIEVE-037",
  {
    title: "a list of frames yields one part for each, in the order asked for",
    request: "Retrieve-one-or-more-frames-from-a-single-instance",
    profile: "dicomweb",
    clause: [ps3_18("10.4.1.1.6"), statement("Retrieve Frames")],
  },
  async ({ service, instances }) => {
    const image = instances.image();
    await service.given.stored(image);

    await checkRows({ "1,2": [1, 2], "3,1": [3, 1], "2,3,1": [2, 3, 1] }, async (numbers) => {
      const response = await service.frames(image, numbers);
      const order = service.isAzure ? numbers : inOrderOfParts(response, image, numbers);
      expect(response).toDeliverFrames(framesOf(image.frames, ...order));
      if (order.join() !== numbers.join()) {
        response.note(`frames ${numbers} come as ${order}: PS3.18 does not rule the order of the parts`);
      }
    });
  },
);

/** The numbers of these frames, sorted by the parts that hold them. */
function inOrderOfParts(
  { multipart }: ServiceResponse,
  image: Instance,
  numbers: readonly number[],
): number[] {
  const placeOf = (number: number) =>
    multipart.parts.findIndex(({ body }) => framesOf(image.frames, number)[0]?.equals(body));
  return numbers.toSorted((one, other) => placeOf(one) - placeOf(other));
}

/** Forms by what is in their parts: undefined stands for the transfer syntax in which an image was stored. */
const octetStreamForms = {
  [accept.frames]: undefined,
  [accept.explicitLittleEndianFrames]: explicitLittleEndian,
  [framesAccept()]: explicitLittleEndian,
  [`${framesAccept()};`]: explicitLittleEndian,
  'multipart/related; type="*/*"': undefined,
  "*/*": undefined,
};
const jpeg2000Forms = {
  [framesAccept("image/jp2")]: jpeg2000Lossless,
  [framesAccept("image/jp2", jpeg2000Lossless)]: jpeg2000Lossless,
};

must(
  "RETRIEVE-039",
  {
    title: "frames can be had in the documented forms, with their parts labelled and their pixels kept",
    request: "Retrieve-one-or-more-frames-from-a-single-instance",
    clause: statement("Retrieve Frames"),
  },
  async ({ service, instances }) => {
    const image = instances.image();
    const encoded = await compressedImage(instances, instances.image(), jpeg2000Lossless);
    const opaque = {
      "labelled JPEG 2000": compressed(instances, jpeg2000Lossless),
      "labelled RLE": compressed(instances, rleLossless),
    };
    await service.given.stored(image, encoded.stored, ...Object.values(opaque));

    const sources = {
      "stored in explicit VR": { stored: image, native: image },
      "stored in JPEG 2000": encoded,
    };
    await checkRows(sources, async ({ stored, native }) => {
      const forms = { ...octetStreamForms, ...jpeg2000Forms };
      await checkRows(forms, async (transferSyntaxUid = stored.transferSyntaxUid, form) => {
        const response = await service.frames(stored, 3, form);
        await expect(response).toDeliverPixels(native, [3], { transferSyntaxUid });
        const mediaType = form in jpeg2000Forms ? "image/jp2" : "application/octet-stream";
        expect(response).toHold("label of the part", labelOf(response), [mediaType, transferSyntaxUid]);
      });
    });
    await checkRows(opaque, async (stored) => {
      const response = await service.frames(stored, 1);
      expect(response).toDeliverFrames([compressedFrame]);
      const label = ["application/octet-stream", stored.transferSyntaxUid];
      expect(response).toHold("label of the part", labelOf(response), label);
    });
    expectBareFrame(service, await service.frames(image, 2, bareFrame), image, 2);
  },
);

/** Media type and transfer syntax of the first part. */
function labelOf({ multipart }: ServiceResponse): (string | undefined)[] {
  const label = multipart.parts[0]?.mediaType;
  return [label?.essence, label?.parameters.get("transfer-syntax")];
}

must(
  "RETRIEVE-041",
  {
    title: "several frames cannot be asked for as single part",
    request: "Retrieve-one-or-more-frames-from-a-single-instance",
    clause: statement("Retrieve Frames"),
  },
  async ({ service, instances }) => {
    const image = instances.image();
    await service.given.stored(image);

    const knownAndUnknown = { "a known instance": image, "an unknown instance": instances.image() };
    await checkRows(knownAndUnknown, async (instance) => {
      const several = await service.frames(instance, [1, 2], bareFrame);
      expect(several).toAnswer({ status: 400, tolerate: withoutBareFrames(service) });
    });
    expect(await service.frames(image, [1, 2])).toDeliverFrames(framesOf(image.frames, 1, 2));
    expectBareFrame(service, await service.frames(image, 2, bareFrame), image, 2);
  },
);

must(
  "RETRIEVE-043",
  {
    title: "a frame number above the number of frames is not found, also inside a list",
    request: "Retrieve-one-or-more-frames-from-a-single-instance",
    clause: [ps3_18("10.4.3.1"), statement("Retrieve Response Status Codes")],
  },
  async ({ service, instances }) => {
    const image = instances.image({ frames: 2 });
    const single = instances.image({ frames: 1 });
    await service.given.stored(image, single);

    const beyond = {
      "3 of 2": { instance: image, list: "3", form: accept.frames },
      "4 of 2": { instance: image, list: "4", form: accept.frames },
      "1,3 of 2": { instance: image, list: "1,3", form: accept.frames },
      "3,1 of 2": { instance: image, list: "3,1", form: accept.frames },
      "3 of 2 as single part": { instance: image, list: "3", form: bareFrame },
      "2 of 1": { instance: single, list: "2", form: accept.frames },
    };
    await checkRows(beyond, async ({ instance, list, form }) => {
      const tolerate = form === bareFrame ? withoutBareFrames(service) : [];
      expect(await service.frames(instance, list, form)).toAnswer({ status: 404, tolerate });
    });
    expect(await service.frames(image, [1, 2])).toDeliverFrames(image.frames);
    expect(await service.frames(single, 1)).toDeliverFrames(single.frames);
  },
);

must(
  "RETRIEVE-044",
  {
    title: "frame numbers below 1 are a bad request, whether or not the instance exists",
    request: "Retrieve-one-or-more-frames-from-a-single-instance",
    clause: [statement("Retrieve Frames"), statement("Retrieve Response Status Codes")],
  },
  async ({ service, instances }) => {
    const image = instances.image();
    await service.given.stored(image);

    const knownAndUnknown = { "a known instance": image, "an unknown instance": instances.image() };
    await checkRows(knownAndUnknown, async (instance) => {
      await checkRows(["0", "-1", "1,-1", "0,1"], async (list) => {
        expect(await service.frames(instance, list)).toAnswer({ status: 400 });
      });
    });
    expect(await service.frames(image, 1)).toDeliverFrames(framesOf(image.frames, 1));
  },
);

const noFrames: readonly AnswerTolerance[] = [
  {
    status: 400,
    profile: "dicomweb",
    because: "an instance that has no frames at all may make the request a bad one",
  },
  {
    status: 406,
    profile: "dicomweb",
    because: "an instance that has no frames at all has no representation that is acceptable",
  },
];

must(
  "RETRIEVE-046",
  {
    title: "there are no frames without pixel data, and none of unknown instances",
    request: "Retrieve-one-or-more-frames-from-a-single-instance",
    profile: "dicomweb",
    clause: [ps3_18("10.4.3.1"), statement("Retrieve Response Status Codes")],
  },
  async ({ service, instances }) => {
    const image = instances.image();
    const withoutPixels = instances.report();
    await service.given.stored(image, withoutPixels);

    const frameless = {
      "an instance without pixel data": { instance: withoutPixels, tolerate: noFrames },
      "an unknown instance": { instance: { ...image, sopInstanceUid: instances.uid() }, tolerate: [] },
      "an instance of an unknown study": { instance: instances.image(), tolerate: [] },
    };
    await checkRows(frameless, async ({ instance, tolerate }) => {
      expect(await service.frames(instance, 1)).toAnswer({ status: 404, tolerate });
      if (service.isAzure) {
        const bare = await service.frames(instance, 1, bareFrame);
        expect(bare).toAnswer({ status: 404, tolerate: withoutBareFrames(service) });
      }
    });
    expect(await service.frames(image, 1)).toDeliverFrames(framesOf(image.frames, 1));
  },
);
