import { tagOf } from "../../fixtures/wire/dictionary.ts";
import { fault } from "../proof/fault.ts";
import { bytesOf, outcomeOf } from "../proof/spoil.ts";

fault("writes 0 for what is not a number", {
  noticedBy: ["STORE-062"],
  behaviour: { coerceFile: bytesOf(/\0{6}\xf8\x7f/, "\0".repeat(8)) },
});

fault("writes -1.0E+2 in text as -100.00", {
  noticedBy: ["STORE-062"],
  behaviour: { coerceFile: bytesOf(/-1\.0E\+2\\/, "-100.00\\") },
});

fault("blanks the private value Private Tag in the file", {
  noticedBy: ["STORE-065"],
  behaviour: { coerceFile: bytesOf(/Private Tag/, " ".repeat(11)) },
});

fault("shows a private attribute of unknown VR", {
  noticedBy: ["STORE-065"],
  behaviour: outcomeOf("keptMetadata", (kept) => ({
    ...kept,
    ...(kept["00091001"] && { "00091002": { vr: "UN" } }),
  })),
});

fault("leaves empty values out of Image Type", {
  noticedBy: ["STORE-066"],
  behaviour: outcomeOf("keptMetadata", (kept) => {
    const values = kept[tagOf("ImageType")]?.Value?.filter((value) => value !== null);
    return values ? { ...kept, [tagOf("ImageType")]: { vr: "CS", Value: values } } : kept;
  }),
});
