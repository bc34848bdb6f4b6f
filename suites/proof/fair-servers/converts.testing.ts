import { encapsulated } from "../../../fixtures/instances/instance.ts";
import { encodeRle } from "../../../fixtures/instances/rle.ts";
import type { Arrival } from "../../../fixtures/reference-server/fault.ts";
import type { Peculiarity } from "../peculiar-server.testing.ts";
import { headerTo, honest, route } from "../spoil.ts";
import { type Elements, fieldOf, replace, rewrite } from "./rewrite.testing.ts";

const rleLossless = "1.2.840.10008.1.2.5";

/** Keeps images in RLE and says so of each file; frames are asked of it as bare pixels, and it decodes them. */
export const convertsOnIngest: Peculiarity = {
  behaviour: {
    readIfDicom: async (path) => {
      await rewrite(path, toRle);
      return honest.readIfDicom(path);
    },
  },
  arrival: headerTo(isOfPixels, "accept", (value) =>
    value.replace("transfer-syntax=*", "transfer-syntax=1.2.840.10008.1.2.1"),
  ),
};

/** Frames as application/octet-stream are uncompressed (PS3.18 8.7.3.3). */
function isOfPixels(request: Arrival): boolean {
  return (
    route("GET", /\/frames\/[\d,]+$/)(request) && (request.headers.accept ?? "").includes("octet-stream")
  );
}

function toRle(elements: Elements): string | undefined {
  const pixels = fieldOf(elements, "7FE00010");
  const number = (tag: string) => fieldOf(elements, tag)?.readUInt16LE(0) ?? 0;
  // Bits are packed in bytes, of which RLE makes no samples.
  const bytes = number("00280100") / 8;
  const layout = { samples: number("00280002"), bytes, isPlanar: number("00280006") === 1 };
  const size = number("00280010") * number("00280011") * layout.samples * bytes;
  if (pixels === undefined || size === 0 || bytes < 1 || layout.isPlanar) {
    return undefined;
  }
  const count = Math.floor(pixels.length / size);
  const frames = Array.from({ length: count }, (_, index) =>
    encodeRle(pixels.subarray(index * size, (index + 1) * size), layout.samples, bytes),
  );
  replace(elements, { PixelData: encapsulated(frames.map((frame) => [frame])) });
  return rleLossless;
}
