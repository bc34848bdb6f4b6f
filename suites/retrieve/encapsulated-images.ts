import sharp from "sharp";
import { encodeRle } from "../../fixtures/instances/rle.ts";
import { type Attributes, encapsulated, type Instance, type Instances } from "../words.ts";

/** An image whose frames lie compressed in fragments (PS3.5 A.4). */
export interface EncapsulatedImage {
  readonly instance: Instance;
  /** Each frame as its fragments hold it together. */
  readonly encoded: readonly Buffer[];
  /** The same as native pixels of 8 bit grey, before they were compressed. */
  readonly decoded: readonly Buffer[];
}

/** Whether the Basic Offset Table says where each frame begins. */
export type OffsetTable = NonNullable<Parameters<typeof encapsulated>[1]>;

const rle: Attributes = { TransferSyntaxUID: "1.2.840.10008.1.2.5" };
const jpegBaseline: Attributes = {
  TransferSyntaxUID: "1.2.840.10008.1.2.4.50",
  LossyImageCompression: "01",
  LossyImageCompressionRatio: "5",
  LossyImageCompressionMethod: "ISO_10918_1",
};

/** Every frame is one fragment, which PS3.5 A.4.2 asks of RLE. */
export function rleImage(instances: Instances, frames: number, offsetTable: OffsetTable): EncapsulatedImage {
  const plain = instances.image({ frames });
  const fragments = plain.frames.map((frame) => [encodeRle(frame)]);
  return encapsulate(plain, fragments, instances.with(plain, pixels(fragments, offsetTable, rle)));
}

/** @param fragmentCounts the number of fragments of each frame */
export async function jpegImage(
  instances: Instances,
  fragmentCounts: readonly number[],
  offsetTable: OffsetTable,
): Promise<EncapsulatedImage> {
  const plain = instances.image({ frames: fragmentCounts.length });
  const fragments: Buffer[][] = [];
  for (const [index, frame] of plain.frames.entries()) {
    fragments.push(cut(await encodeJpeg(frame, plain), fragmentCounts[index] ?? 1));
  }
  return encapsulate(plain, fragments, instances.with(plain, pixels(fragments, offsetTable, jpegBaseline)));
}

function pixels(fragments: Fragments, offsetTable: OffsetTable, attributes: Attributes): Attributes {
  return { ...attributes, PixelData: encapsulated(fragments, offsetTable) };
}

/** Those of each frame. */
type Fragments = readonly (readonly Buffer[])[];

function encapsulate(plain: Instance, fragments: Fragments, instance: Instance): EncapsulatedImage {
  return { instance, encoded: fragments.map((each) => Buffer.concat(each)), decoded: plain.frames };
}

/** With the best quality: what comes out of it again is at most one grey level off. */
async function encodeJpeg(frame: Buffer, { attributes }: Instance): Promise<Buffer> {
  const raw = { width: Number(attributes.Columns), height: Number(attributes.Rows), channels: 1 } as const;
  return await sharp(frame, { raw }).toColourspace("b-w").jpeg({ quality: 100 }).toBuffer();
}

/** Pieces of even length, but for the last one: only that may be padded without harm (PS3.5 A.4). */
function cut(bytes: Buffer, count: number): Buffer[] {
  const size = 2 * Math.ceil(bytes.length / count / 2);
  return Array.from({ length: count }, (_, index) => bytes.subarray(index * size, (index + 1) * size));
}
