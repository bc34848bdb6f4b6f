import { jpeg2000, jpegLossless } from "../../fixtures/codecs/transfer-syntaxes.ts";
import { isPrivate } from "../../fixtures/reference-server/dicom/dictionary.ts";
import { fault } from "../proof/fault.ts";
import { outcomeOf } from "../proof/spoil.ts";

fault("changes the label of a file in place of its pixels", {
  noticedBy: [
    "RETRIEVE-030",
    "RETRIEVE-016",
    "RETRIEVE-017",
    "RETRIEVE-018",
    "RETRIEVE-027",
    "RETRIEVE-031",
    "RETRIEVE-032",
    "RETRIEVE-034",
    "RETRIEVE-102",
  ],
  behaviour: {
    deliveredSyntax: (stored) => stored,
    transferSyntaxLabel: (delivered, requested) => (requested === "*" ? delivered : requested),
  },
});

fault("loses private attributes when it transcodes", {
  noticedBy: ["RETRIEVE-030"],
  behaviour: outcomeOf("transcodedElements", (elements) => elements.filter(({ tag }) => !isPrivate(tag))),
});

fault("transcodes nothing that has no pixel data", {
  noticedBy: ["RETRIEVE-030"],
  behaviour: outcomeOf("transcodedElements", (elements) =>
    elements.some(({ tag }) => tag === "7FE00010") ? elements : [],
  ),
});

fault("takes the bytes of big endian pixels for little endian", {
  noticedBy: ["RETRIEVE-031", "RETRIEVE-081"],
  behaviour: outcomeOf("decodedPixels", (pixels, _, stored) =>
    stored === "1.2.840.10008.1.2.2" && pixels.length % 2 === 0 ? Buffer.from(pixels).swap16() : pixels,
  ),
});

fault("loses the last row of what was stored in JPEG lossless", {
  noticedBy: ["RETRIEVE-031"],
  behaviour: outcomeOf("decodedPixels", (pixels, _, stored) =>
    stored === jpegLossless ? Buffer.from(pixels).fill(0, Math.max(0, pixels.length - 50)) : pixels,
  ),
});

fault("encodes JPEG 2000 with losses", {
  noticedBy: ["RETRIEVE-032", "RETRIEVE-016", "RETRIEVE-017", "RETRIEVE-027", "RETRIEVE-030", "RETRIEVE-039"],
  behaviour: { encodedAs: () => jpeg2000 },
});
