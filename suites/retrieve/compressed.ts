import { type Attributes, encapsulated, type Instance, type Instances } from "../words.ts";

/** Its only frame. */
export const compressedFrame = Buffer.alloc(66, "payload");

/** An instance labelled with a compressed transfer syntax; its payload is arbitrary, nobody is asked to decode it. */
export function compressed(
  instances: Instances,
  transferSyntaxUid: string,
  attributes: Attributes = {},
): Instance {
  return instances.image(
    { frames: 1 },
    {
      ...attributes,
      TransferSyntaxUID: transferSyntaxUid,
      PixelData: encapsulated([[compressedFrame]]),
    },
  );
}

const jpeg2000Lossless = "1.2.840.10008.1.2.4.90";

/** Images whose frames are cut into fragments (PS3.5 A.4.4); nobody is asked to decode them. */
export function cutIntoFragments(instances: Instances): Readonly<Record<string, Instance>> {
  const [first, second, third] = [
    ["the first ", "frame "],
    ["the second", " frame", " of three "],
    ["the third ", "frame "],
  ] as const;
  return {
    "one frame in three fragments": inFragments(instances, [second]),
    "three frames in several fragments each": inFragments(instances, [first, second, third]),
  };
}

/** @param frames the fragments of each, of even length */
function inFragments(instances: Instances, frames: readonly (readonly string[])[]): Instance {
  const fragments = frames.map((texts) => texts.map((text) => Buffer.from(text)));
  const image = instances.image(
    { frames: frames.length },
    { TransferSyntaxUID: jpeg2000Lossless, PixelData: encapsulated(fragments) },
  );
  return { ...image, frames: fragments.map((each) => Buffer.concat(each)) };
}
