import * as syntax from "../../fixtures/codecs/transfer-syntaxes.ts";
import {
  type AnswerTolerance,
  checkRows,
  compressedImage,
  expect,
  type Instance,
  type Instances,
  must,
  ps3_18,
  statement,
} from "../words.ts";
import { fileAccept, framesAccept } from "./accepts.ts";

const explicitLittleEndian = "1.2.840.10008.1.2.1";
const implicitLittleEndian = "1.2.840.10008.1.2";
const { jpeg2000Lossless } = syntax;
const targets = { explicit: explicitLittleEndian, "JPEG 2000": jpeg2000Lossless };

/** What is stored, and the native twin that its pixels and attributes are compared with. */
interface Source {
  readonly stored: Instance;
  readonly native: Instance;
}

function inSyntax(instances: Instances, native: Instance, TransferSyntaxUID: string): Source {
  return { stored: instances.with(native, { TransferSyntaxUID }), native };
}

/** Sequences in a private block or not: implicit VR knows nothing of what is private. */
const nested = { ReferencedPatientSequence: [{ ReferencedSOPClassUID: "1.2.840.10008.3.1.2.1.1" }] };

must(
  "RETRIEVE-030",
  {
    title: "a transcoded file is one of the transfer syntax asked for, with an otherwise unchanged dataset",
    request: "Retrieve-a-single-instance-within-a-series-of-a-study",
    clause: [statement("Retrieve Transfer Syntax"), ps3_18("8.7.3.4")],
  },
  async ({ service, instances }) => {
    const sources = {
      "JPEG 2000 lossless": await compressedImage(instances, instances.rich(), jpeg2000Lossless),
      "explicit VR": inSyntax(instances, instances.rich(), explicitLittleEndian),
      "implicit VR": inSyntax(instances, instances.image({}, nested), implicitLittleEndian),
      "a document in implicit VR": inSyntax(instances, instances.report(), implicitLittleEndian),
    };
    await service.given.stored(...Object.values(sources).map(({ stored }) => stored));

    await checkRows(sources, async ({ stored, native }) => {
      await checkRows(targets, async (transferSyntaxUid) => {
        const response = await service.retrieve(stored, fileAccept(transferSyntaxUid));
        await expect(response).toDeliverTranscoded(native, { transferSyntaxUid });
      });
    });
  },
);

const drawings = {
  "8 bits": (instances: Instances) => instances.image({ frames: 2 }),
  "16 bits": (instances: Instances) => instances.image({ frames: 2, bitsAllocated: 16 }),
  RGB: (instances: Instances) => instances.image({ frames: 2, photometricInterpretation: "RGB" }),
};
const nativeSyntaxes = {
  "implicit VR": implicitLittleEndian,
  "explicit VR": explicitLittleEndian,
  "big endian": "1.2.840.10008.1.2.2",
};
const losslessSyntaxes = {
  "JPEG lossless": syntax.jpegLossless,
  "JPEG lossless, first order": syntax.jpegLosslessFirstOrder,
  "JPEG 2000 lossless": jpeg2000Lossless,
  RLE: syntax.rleLossless,
};
const lossySyntaxes = { "JPEG baseline": syntax.jpegBaseline, "JPEG 2000": syntax.jpeg2000 };

/** One image in each transfer syntax of the list, in each of the drawings that are lawful in it. */
async function everySource(instances: Instances): Promise<Record<string, Source & { lossy?: true }>> {
  const sources: Record<string, Source & { lossy?: true }> = {};
  for (const [kind, draw] of Object.entries(drawings)) {
    for (const [name, uid] of Object.entries(nativeSyntaxes)) {
      sources[`${name}, ${kind}`] = inSyntax(instances, draw(instances), uid);
    }
    for (const [name, uid] of Object.entries(losslessSyntaxes)) {
      sources[`${name}, ${kind}`] = await compressedImage(instances, draw(instances), uid);
    }
  }
  for (const [name, uid] of Object.entries(lossySyntaxes)) {
    const image = drawings["8 bits"](instances);
    sources[name] = { ...(await compressedImage(instances, image, uid)), lossy: true };
  }
  return sources;
}

/** Grey levels by which decoders of one lossy stream differ. */
const betweenDecoders = 3;

must(
  "RETRIEVE-031",
  {
    title: "every transfer syntax of the list can be turned into Explicit VR Little Endian, pixel by pixel",
    request: "Retrieve-a-single-instance-within-a-series-of-a-study",
    clause: statement("Retrieve Transfer Syntax"),
  },
  async ({ service, instances }) => {
    const sources = await everySource(instances);
    await service.given.stored(...Object.values(sources).map(({ stored }) => stored));

    await checkRows(sources, async ({ stored, native, lossy }) => {
      const largestDifference = lossy ? betweenDecoders : 0;
      const form = { transferSyntaxUid: explicitLittleEndian, largestDifference };
      const file = await service.retrieve(stored, fileAccept(explicitLittleEndian));
      await expect(file).toDeliverTranscoded(native, form);
      const frame = await service.frames(stored, 2, framesAccept());
      await expect(frame).toDeliverPixels(native, [2], form);
    });
  },
);

/** Microsoft's own tests encode 8 bits of grey only. */
const onlyGrey: AnswerTolerance = {
  status: 406,
  ends: "warned",
  because: "no test of Microsoft's encodes anything but 8 bits of grey: a refusal is honest, and a gap",
};

must(
  "RETRIEVE-032",
  {
    title: "transcoding to JPEG 2000 lossless is lossless",
    request: "Retrieve-a-single-instance-within-a-series-of-a-study",
    clause: statement("Retrieve Transfer Syntax"),
  },
  async ({ service, instances }) => {
    const images = {
      "8 bits": { image: instances.image(), tolerate: [] },
      "16 bits": { image: instances.image({ bitsAllocated: 16 }), tolerate: [onlyGrey] },
      "16 bits with a sign": {
        image: instances.image({ bitsAllocated: 16 }, { PixelRepresentation: 1, ...signedWindow }),
        tolerate: [onlyGrey],
      },
      RGB: { image: instances.image({ photometricInterpretation: "RGB" }), tolerate: [onlyGrey] },
    };
    await service.given.stored(...Object.values(images).map(({ image }) => image));

    const form = { transferSyntaxUid: jpeg2000Lossless };
    await checkRows(images, async ({ image, tolerate }) => {
      const file = await service.retrieve(image, fileAccept(jpeg2000Lossless));
      expect(file).toAnswer({ status: 200, tolerate });
      await expect(file).toDeliverTranscoded(image, form);
      const frames = await service.frames(image, [1, 3], jpeg2000FramesAccept);
      await expect(frames).toDeliverPixels(image, [1, 3], form);
    });
  },
);

const signedWindow = { WindowCenter: 0, WindowWidth: 65_536 };
const jpeg2000FramesAccept = framesAccept("image/jp2", jpeg2000Lossless);
