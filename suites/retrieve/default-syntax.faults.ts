import { rleLossless } from "../../fixtures/codecs/transfer-syntaxes.ts";
import { fault } from "../proof/fault.ts";
import { headerTo, outcomeOf, route } from "../proof/spoil.ts";

const isFiles = route("GET", /^\/studies\/[^/?]+(\/series\/[^/?]+(\/instances\/[^/?]+)?)?$/);

fault("sends files as they are stored where no transfer syntax is named", {
  noticedBy: ["RETRIEVE-018", "RETRIEVE-034"],
  arrival: headerTo(isFiles, "accept", (accept) =>
    accept.replace(/(application\/dicom"?);?$/, "$1; transfer-syntax=*"),
  ),
});

fault("turns the bytes of what was stored in RLE round", {
  noticedBy: ["RETRIEVE-018"],
  behaviour: outcomeOf("decodedPixels", (pixels, _, stored) =>
    stored === rleLossless && pixels.length % 2 === 0 ? Buffer.from(pixels).swap16() : pixels,
  ),
});
