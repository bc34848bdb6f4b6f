import * as syntax from "../../fixtures/codecs/transfer-syntaxes.ts";
import { readPicture } from "../../fixtures/matchers/rendered.ts";
import {
  type AnswerTolerance,
  accept,
  came,
  checkRows,
  compressedImage,
  dicom,
  element,
  expect,
  type Instance,
  type Instances,
  ps3_18,
  type Service,
  type ServiceResponse,
  should,
  statement,
} from "../words.ts";
import { imagesOfEveryColourModel, shownColours, subsampledImage } from "./colour-models.ts";
import { compressed } from "./compressed.ts";

const retrieveRendered = statement("Retrieve Rendered Image (For Instance or Frame)");

const notRendered = {
  status: [404, 405, 406, 501],
  profile: "dicomweb",
  ends: "warned",
  because: "PS3.18 10.4.1 names rendered resources, and leaves it to a server which images it can render",
} as const satisfies AnswerTolerance;

/** A PNG, where the service renders such images at all. */
async function png(service: Service, image: Instance, frame?: number): Promise<ServiceResponse> {
  const response = await service.rendered(image, accept.png, { frame });
  expect(response).toBeOffered(notRendered);
  return response;
}

/** All stored values of 8 bits, each once. */
const ramp = {
  rows: 16,
  columns: 16,
  frames: 1,
  pixels: (_: number, row: number, column: number) => row * 16 + column,
};
const rising = Array.from({ length: 256 }, (_, level) => level);
/** Bytes as grey levels, of which red, green and blue are the same. */
const greys = (levels: readonly number[]) =>
  Uint8Array.from(levels.flatMap((level) => [level, level, level]));

/** Images of one frame with an explicit window, and the grey level or colour that each value must have. */
function plainImages(instances: Instances) {
  const deep = { ...ramp, bitsAllocated: 16 } as const;
  const rescaled = { RescaleSlope: 2, RescaleIntercept: -100, WindowCenter: 156, WindowWidth: 512 };
  return {
    MONOCHROME2: { image: instances.image(ramp), colours: greys(rising) },
    MONOCHROME1: {
      image: instances.image({ ...ramp, photometricInterpretation: "MONOCHROME1" }),
      colours: greys(rising.toReversed()),
    },
    RGB: { image: instances.image({ ...ramp, photometricInterpretation: "RGB" }), colours: greys(rising) },
    "16 bits, rescaled": { image: instances.image(deep, rescaled), colours: greys(rising) },
  };
}

should(
  "RETRIEVE-075",
  {
    title: "a PNG shows the true values of pixels, by their window",
    request: "Retrieve-rendered-image-of-a-single-instance-within-a-series",
    profile: "dicomweb",
    clause: [ps3_18("10.4.1.1.3"), dicom("PS3.4", "N.2"), retrieveRendered],
  },
  async ({ service, instances }) => {
    const images = plainImages(instances);
    await service.given.stored(...Object.values(images).map(({ image }) => image));

    await checkRows(images, async ({ image, colours }) => {
      const response = await png(service, image);
      await expect(response).toShowColours({ width: 16, height: 16, colours, largestDifference: 2 });
    });
  },
);

const compressions = {
  RLE: syntax.rleLossless,
  "JPEG 2000": syntax.jpeg2000Lossless,
  "JPEG lossless": syntax.jpegLosslessFirstOrder,
};
const natives = { "implicit VR": "1.2.840.10008.1.2", "big endian": "1.2.840.10008.1.2.2" };

/** Copies of one image, alike but for their transfer syntax. */
async function copies(instances: Instances): Promise<Record<string, Instance>> {
  const found: Record<string, Instance> = {};
  for (const [name, uid] of Object.entries(compressions)) {
    found[name] = (await compressedImage(instances, instances.image({ bitsAllocated: 16 }), uid)).stored;
  }
  for (const [name, TransferSyntaxUID] of Object.entries(natives)) {
    found[name] = instances.image({ bitsAllocated: 16 }, { TransferSyntaxUID });
  }
  return found;
}

should(
  "RETRIEVE-081",
  {
    title: "compressed images are rendered as their native twins, and what cannot be decoded is refused",
    request: "Retrieve-rendered-image-of-a-single-instance-within-a-series",
    clause: [statement("Retrieve Transfer Syntax"), statement("Retrieve Response Status Codes")],
  },
  async ({ service, instances }) => {
    const [image, encoded] = [instances.image({ bitsAllocated: 16 }), await copies(instances)];
    const undecodable = compressed(instances, "1.2.840.10008.1.2.4.100");
    await service.given.stored(image, undecodable, ...Object.values(encoded));

    const plain = await service.rendered(image, accept.png, { frame: 2 });
    await expect(plain).toDepict(accept.png, image, 2);
    const picture = await readPicture(plain);
    await checkRows(encoded, async (copy) => {
      const response = await service.rendered(copy, accept.png, { frame: 2 });
      const { width, height, colours } = picture ?? { width: 0, height: 0, colours: Buffer.alloc(0) };
      await expect(response).toShowColours({ width, height, colours, largestDifference: 0 });
    });
    expect(await service.rendered(undecodable, accept.png)).toAnswer({ status: 406 });
  },
);

/** A model in RLE besides, where that is lawful. Native YBR_FULL_422 is taken by few: the others are not made to wait for it. */
async function everyColourModel(
  { isAzure }: Service,
  instances: Instances,
): Promise<Record<string, Instance>> {
  const images: Record<string, Instance> = {
    ...imagesOfEveryColourModel(instances),
    ...(isAzure && { YBR_FULL_422: subsampledImage(instances) }),
  };
  for (const [name, image] of Object.entries(imagesOfEveryColourModel(instances))) {
    images[`${name} in RLE`] = (await compressedImage(instances, image, syntax.rleLossless)).stored;
  }
  return images;
}

/** Four frames of eight by eight bits, of which the second and the fourth are empty. */
function bitmap(instances: Instances): Instance {
  const frames = [0xf0, 0, 0x0f, 0].flatMap((row) => Array.from({ length: 8 }, () => row));
  return instances.image(
    { rows: 8, columns: 8, frames: 4 },
    {
      SOPClassUID: "1.2.840.10008.5.1.4.1.1.7.1",
      BitsAllocated: 1,
      BitsStored: 1,
      HighBit: 0,
      WindowCenter: undefined,
      WindowWidth: undefined,
      RescaleIntercept: undefined,
      RescaleSlope: undefined,
      RescaleType: undefined,
      PresentationLUTShape: undefined,
      PixelData: element("OB", Buffer.from(frames)),
    },
  );
}

/** What the frames of the bitmap show; the least significant bit of a byte is its first pixel (PS3.5 8.1.1). */
const bitmapFrames = {
  1: Array.from({ length: 64 }, (_, pixel) => (pixel % 8 >= 4 ? 255 : 0)),
  2: Array.from({ length: 64 }, () => 0),
  3: Array.from({ length: 64 }, (_, pixel) => (pixel % 8 < 4 ? 255 : 0)),
  4: Array.from({ length: 64 }, () => 0),
};

should(
  "RETRIEVE-101",
  {
    title: "every colour model is shown in its colours, and one bit in black and white",
    request: "Retrieve-rendered-image-of-a-single-instance-within-a-series",
    profile: "dicomweb",
    clause: [dicom("PS3.3", "C.7.6.3.1.2"), ps3_18("8.7.4"), retrieveRendered],
  },
  async ({ service, instances }) => {
    const images = await everyColourModel(service, instances);
    const bits = bitmap(instances);
    await service.given.stored(...Object.values(images), bits);

    await checkRows(images, async (image) => {
      await expectShown(await png(service, image), shownColours.colours, 4);
    });
    await checkRows(bitmapFrames, async (levels, frame) => {
      await expectShown(await png(service, bits, Number(frame)), greys(levels), 4);
    });
  },
);

/** An honest refusal is a gap in any profile; a wrong colour is not. */
async function expectShown(response: ServiceResponse, colours: Uint8Array, largestDifference: number) {
  expect(response).toAnswer({ status: 200, tolerate: [{ ...notRendered, status: 406, profile: "azure" }] });
  if (came(response, 200)) {
    await expect(response).toShowColours({ width: 8, height: 8, colours, largestDifference });
  }
}
