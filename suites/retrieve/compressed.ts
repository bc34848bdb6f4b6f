import { type Attributes, encapsulated, type Instance } from "../../fixtures/instances/instance.ts";
import type { Instances } from "../../fixtures/instances/instances.ts";

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
      PixelData: encapsulated([[Buffer.alloc(66, "payload")]]),
    },
  );
}
