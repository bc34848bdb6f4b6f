import sharp from "sharp";
import { Inconclusive } from "../../fixtures/client/inconclusive.ts";
import { accept, type Identity } from "../../fixtures/client/resources.ts";
import { NoResponse } from "../../fixtures/client/transport/transport.ts";
import type { Picture } from "./grade.ts";
import type { Sight } from "./sight.ts";

export interface Sitter {
  readonly identity: Identity;
  readonly caption: string;
  /** From 1; absent: the picture of the whole instance. */
  readonly frame?: number;
}

/** Pixels: enough to recognise what is shown, small enough for a page with a whole class. */
const longestEdge = 480;
const mostPixels = 64 * 1024 * 1024;

/**
 * Pictures that the service renders, in this order.
 * @param most of them; those who cannot be seen give their place to the next
 */
export async function picturesOf(
  sight: Sight,
  sitters: readonly Sitter[],
  most = sitters.length,
): Promise<readonly Picture[]> {
  if (!sight.options.pictures || sitters.length === 0 || most === 0) {
    return [];
  }
  const tried = await Promise.all(sitters.slice(0, most).map((sitter) => pictureOf(sight, sitter)));
  const pictures = tried.filter((picture) => picture !== undefined);
  return [...pictures, ...(await picturesOf(sight, sitters.slice(most), most - pictures.length))];
}

async function pictureOf(sight: Sight, { identity, caption, frame }: Sitter): Promise<Picture | undefined> {
  try {
    const response = await sight.service.rendered(identity, accept.jpeg, { frame });
    const jpeg = response.status === 200 ? await shrunk(response.body) : undefined;
    return jpeg === undefined ? undefined : { caption, jpeg };
  } catch (error) {
    if (error instanceof NoResponse || error instanceof Inconclusive) {
      return undefined;
    }
    throw error;
  }
}

/** Written anew: nothing that a service sends goes into a page as it came. @returns JPEG in base64; undefined for no image */
async function shrunk(image: Buffer): Promise<string | undefined> {
  try {
    const small = await sharp(image, { limitInputPixels: mostPixels })
      .resize(longestEdge, longestEdge, { fit: "inside", withoutEnlargement: true })
      .flatten()
      .jpeg({ quality: 75 })
      .toBuffer();
    return small.toString("base64");
  } catch {
    return undefined;
  }
}
