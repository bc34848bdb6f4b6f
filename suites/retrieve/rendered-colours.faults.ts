import { jpegLosslessFirstOrder } from "../../fixtures/codecs/transfer-syntaxes.ts";
import { fault } from "../proof/fault.ts";
import { outcomeOf } from "../proof/spoil.ts";

fault("shows MONOCHROME1 as MONOCHROME2", {
  noticedBy: ["RETRIEVE-075"],
  behaviour: outcomeOf("colourModel", (term) => (term === "MONOCHROME1" ? "MONOCHROME2" : term)),
});

fault("shows the lower half of what it decoded from JPEG lossless in grey", {
  noticedBy: ["RETRIEVE-081", "RETRIEVE-031"],
  behaviour: outcomeOf("decodedPixels", (pixels, _, stored) =>
    stored === jpegLosslessFirstOrder ? Buffer.from(pixels).fill(128, pixels.length / 2) : pixels,
  ),
});

fault("shows YBR as RGB", {
  noticedBy: ["RETRIEVE-101"],
  behaviour: outcomeOf("colourModel", (term) => (term === "YBR_FULL" ? "RGB" : term)),
});

fault("shows images of one bit in black", {
  noticedBy: ["RETRIEVE-101"],
  behaviour: outcomeOf("greyLevel", (grey, _, { width }) => (width === 2 ? 0 : grey)),
});
