import { readFile, writeFile } from "node:fs/promises";
import type { Attributes } from "../../../fixtures/instances/instance.ts";
import { encodeDataset, encodeFile, explicitVrLittleEndian } from "../../../fixtures/instances/part10.ts";
import { hasPart10Prefix, readPart10 } from "../../../fixtures/wire/part10.ts";

/** The top-level elements of a dataset in explicit VR little endian: their bytes, headers included, by tag. */
export type Elements = Map<string, Buffer>;

/**
 * Rewrites a file that a server received, before it is read. Only files in explicit VR little endian are rewritten, and
 * none that does not hold a whole dataset.
 * @param change gives the transfer syntax of the file that comes out, undefined where the file is to stay as it is
 */
export async function rewrite(
  path: string,
  change: (elements: Elements) => string | undefined | Promise<string | undefined>,
): Promise<void> {
  const file = await readFile(path);
  const { transferSyntaxUid, fileMeta } = readPart10(file);
  if (!hasPart10Prefix(file) || transferSyntaxUid !== explicitVrLittleEndian) {
    return;
  }
  const start = 132 + 12 + file.readUInt32LE(132 + 8);
  const elements = split(file.subarray(start));
  const target = elements && (await change(elements));
  if (elements === undefined || target === undefined) {
    return;
  }
  const meta = {
    MediaStorageSOPClassUID: String(fileMeta["00020002"]?.Value?.[0]),
    MediaStorageSOPInstanceUID: String(fileMeta["00020003"]?.Value?.[0]),
  };
  const dataset = [...elements].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, bytes]) => bytes);
  await writeFile(path, Buffer.concat([encodeFile({}, meta, target), ...dataset]));
}

/** Puts attributes in the place of others, or where there are none. */
export function replace(elements: Elements, attributes: Attributes): void {
  for (const [tag, bytes] of split(encodeDataset(attributes, explicitVrLittleEndian)) ?? []) {
    elements.set(tag, bytes);
  }
}

/** Value field of an element; undefined where there is none. */
export function fieldOf(elements: Elements, tag: string): Buffer | undefined {
  const bytes = elements.get(tag);
  return bytes?.subarray(headerLength(bytes, 0));
}

const undefinedLength = 0xffffffff;
const longForms = ["OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV"];

/** Undefined where the bytes break off. */
function split(bytes: Buffer): Elements | undefined {
  const elements: Elements = new Map();
  let offset = 0;
  try {
    while (offset < bytes.length) {
      const end = endOf(bytes, offset);
      elements.set(tagAt(bytes, offset), bytes.subarray(offset, end));
      offset = end;
    }
  } catch {
    return undefined;
  }
  return offset === bytes.length ? elements : undefined;
}

function tagAt(bytes: Buffer, offset: number): string {
  const [group, element] = [bytes.readUInt16LE(offset), bytes.readUInt16LE(offset + 2)];
  return [group, element].map((part) => part.toString(16).padStart(4, "0").toUpperCase()).join("");
}

/** Items and delimiters name no VR (PS3.5 7.5). */
function headerLength(bytes: Buffer, offset: number): 8 | 12 {
  const isLong = longForms.includes(bytes.toString("latin1", offset + 4, offset + 6));
  return isLong && bytes.readUInt16LE(offset) !== 0xfffe ? 12 : 8;
}

/** Where an element or item ends; what has no length ends with its delimiter. @throws RangeError */
function endOf(bytes: Buffer, offset: number): number {
  const header = headerLength(bytes, offset);
  const isShort = header === 8 && bytes.readUInt16LE(offset) !== 0xfffe;
  const length = isShort ? bytes.readUInt16LE(offset + 6) : bytes.readUInt32LE(offset + header - 4);
  if (length !== undefinedLength) {
    return offset + header + length;
  }
  let position = offset + header;
  while (!["FFFEE00D", "FFFEE0DD"].includes(tagAt(bytes, position))) {
    position = endOf(bytes, position);
  }
  return position + 8;
}
