import { encodeFrame } from "../../../fixtures/codecs/encode.ts";
import { type FrameFormat, lengthOf } from "../../../fixtures/codecs/frame.ts";
import { rleLossless } from "../../../fixtures/codecs/transfer-syntaxes.ts";
import { encapsulated } from "../../../fixtures/instances/instance.ts";
import type { Arrival } from "../../../fixtures/reference-server/fault.ts";
import type { Peculiarity } from "../peculiar-server.testing.ts";
import { headerTo, honest, route } from "../spoil.ts";
import { type Elements, fieldOf, replace, rewrite } from "./rewrite.testing.ts";

/** Keeps images in RLE and says so of each file; frames are asked of it as bare pixels, and it decodes them. */
export const convertsOnIngest: Peculiarity = {
  behaviour: {
    readIfDicom: async (path) => {
      await rewrite(path, toRle);
      return honest.readIfDicom(path);
    },
  },
  arrival: headerTo(isOfPixels, "accept", (value) =>
    value.replace(/(transfer-syntax=)"?\*"?/i, "$11.2.840.10008.1.2.1"),
  ),
};

/** Frames as application/octet-stream are uncompressed (PS3.18 8.7.3.3). */
function isOfPixels(request: Arrival): boolean {
  return route("GET", /\/frames\/[^/]+$/)(request) && /octet-stream/i.test(request.headers.accept ?? "");
}

async function toRle(elements: Elements): Promise<string | undefined> {
  const pixels = fieldOf(elements, "7FE00010");
  // Bits are packed in bytes, of which RLE makes no samples.
  const format = formatOf(elements);
  const size = lengthOf(format);
  if (pixels === undefined || size === 0 || format.bitsAllocated < 8 || format.isPlanar) {
    return undefined;
  }
  const count = Math.floor(pixels.length / size);
  const fragments: Buffer[][] = [];
  for (let index = 0; index < count; index++) {
    const frame = { pixels: pixels.subarray(index * size, (index + 1) * size), format };
    const { bytes } = await encodeFrame(frame, rleLossless);
    fragments.push([bytes]);
  }
  replace(elements, { PixelData: encapsulated(fragments) });
  return rleLossless;
}

function formatOf(elements: Elements): FrameFormat {
  const number = (tag: string) => fieldOf(elements, tag)?.readUInt16LE(0) ?? 0;
  return {
    rows: number("00280010"),
    columns: number("00280011"),
    samplesPerPixel: number("00280002"),
    bitsAllocated: number("00280100"),
    bitsStored: number("00280101"),
    isSigned: number("00280103") === 1,
    isPlanar: number("00280006") === 1,
    photometricInterpretation: fieldOf(elements, "00280004")?.toString().trim() ?? "",
  };
}
