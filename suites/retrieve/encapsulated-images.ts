import { jpegBaseline, rleLossless } from "../../fixtures/codecs/transfer-syntaxes.ts";
import { compress } from "../../fixtures/instances/compress.ts";
import { encapsulated, type Instance, type Instances } from "../words.ts";

/** An image whose frames lie compressed in fragments (PS3.5 A.4). */
export interface EncapsulatedImage {
  readonly instance: Instance;
  /** Each frame as its fragments hold it together. */
  readonly encoded: readonly Buffer[];
  /** The same as native pixels of 8 bit grey, as a decoder makes them. */
  readonly decoded: readonly Buffer[];
}

/** Whether the Basic Offset Table says where each frame begins. */
type OffsetTable = NonNullable<Parameters<typeof encapsulated>[1]>;

/** Every frame is one fragment, which PS3.5 A.4.2 asks of RLE. */
export function rleImage(
  instances: Instances,
  frames: number,
  offsetTable: OffsetTable,
): Promise<EncapsulatedImage> {
  const fragmentCounts = Array.from({ length: frames }, () => 1);
  return encapsulatedImage(instances, rleLossless, fragmentCounts, offsetTable);
}

/** @param fragmentCounts the number of fragments of each frame */
export function jpegImage(
  instances: Instances,
  fragmentCounts: readonly number[],
  offsetTable: OffsetTable,
): Promise<EncapsulatedImage> {
  return encapsulatedImage(instances, jpegBaseline, fragmentCounts, offsetTable);
}

async function encapsulatedImage(
  instances: Instances,
  transferSyntax: string,
  fragmentCounts: readonly number[],
  offsetTable: OffsetTable,
): Promise<EncapsulatedImage> {
  const plain = instances.image({ frames: fragmentCounts.length });
  const { attributes, encoded, decoded } = await compress(plain, transferSyntax);
  const fragments = encoded.map((frame, index) => cut(frame, fragmentCounts[index] ?? 1));
  const PixelData = encapsulated(fragments, offsetTable);
  return { instance: instances.with(plain, { ...attributes, PixelData }), encoded, decoded };
}

/** Pieces of even length, but for the last one: only that may be padded without harm (PS3.5 A.4). */
function cut(bytes: Buffer, count: number): Buffer[] {
  const size = 2 * Math.ceil(bytes.length / count / 2);
  return Array.from({ length: count }, (_, index) => bytes.subarray(index * size, (index + 1) * size));
}
