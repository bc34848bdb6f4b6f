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
