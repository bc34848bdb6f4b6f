import { readFile } from "node:fs/promises";
import { tagOf } from "../../fixtures/wire/dictionary.ts";
import { fault } from "../proof/fault.ts";
import { bytesOf, honest, outcomeOf, withAttributes } from "../proof/spoil.ts";

/** A double, little endian. */
const notANumber = Buffer.from("000000000000f87f", "hex");

fault("writes 0 for what is not a number", {
  noticedBy: ["STORE-081"],
  behaviour: { coerceFile: bytesOf(/\0{6}\xf8\x7f/, "\0".repeat(8)) },
});

fault("writes -1.0E+2 in text as -100.00", {
  noticedBy: ["STORE-062", "RETRIEVE-033"],
  behaviour: { coerceFile: bytesOf(/-1\.0E\+2\\/, "-100.00\\") },
});

fault("blanks the private value Private Tag in the file", {
  noticedBy: ["STORE-065"],
  behaviour: { coerceFile: bytesOf(/Private Tag/, " ".repeat(11)) },
});

fault("shows a private attribute of unknown VR", {
  noticedBy: ["STORE-065", "RETRIEVE-059"],
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

fault("shows an empty value where a long text is empty", {
  noticedBy: ["STORE-066", "RETRIEVE-055"],
  behaviour: outcomeOf("keptMetadata", (kept) =>
    withAttributes(kept, ({ vr, Value }) =>
      ["LT", "ST", "UT", "UR"].includes(vr) && !Value?.length ? { vr, Value: [null] } : { vr, Value },
    ),
  ),
});

fault("takes a file with a number that is not finite for no DICOM file", {
  noticedBy: ["STORE-081"],
  behaviour: {
    readIfDicom: async (path) =>
      (await readFile(path)).includes(notANumber) ? undefined : honest.readIfDicom(path),
  },
});

fault("writes -1.234567890E-10 in text as -1.234567890E-11", {
  noticedBy: ["STORE-062"],
  behaviour: { coerceFile: bytesOf(/-1\.234567890E-10/, "-1.234567890E-11") },
});

fault("writes the first value of Image Type twice into the file", {
  noticedBy: ["STORE-066"],
  behaviour: { coerceFile: bytesOf(/DERIVED\\SECONDARY\\\\OTHER/, "DERIVED\\DERIVED\\\\OTHER  ") },
});

fault("warns of values that are empty", {
  noticedBy: ["STORE-066"],
  behaviour: outcomeOf("confirmedItem", (item, { stored }) =>
    stored.metadata[tagOf("IrradiationEventUID")]
      ? { [tagOf("WarningReason")]: { vr: "US", Value: [1] }, ...item }
      : item,
  ),
});
