import { attributeByTag, isPrivate } from "../../fixtures/reference-server/dicom/dictionary.ts";
import { fault } from "../proof/fault.ts";
import { bytesOf, headersOf, honest, isStore, outcomeOf } from "../proof/spoil.ts";

fault("counts the bytes of a long string, not its characters", {
  noticedBy: ["STORE-026", "STORE-067"],
  behaviour: outcomeOf("valueFault", (found, vr, text) =>
    vr === "LO" && Buffer.byteLength(text) > 64 ? "value has more than 64 bytes" : found,
  ),
});

fault("takes a tab for a printable character", {
  noticedBy: ["STORE-026"],
  behaviour: { valueFault: (vr, text, api) => honest.valueFault(vr, text.replaceAll("\t", " "), api) },
});

fault("v2 does not look at private attributes", {
  noticedBy: ["STORE-034"],
  behaviour: { isValidated: (tag) => !isPrivate(tag) },
});

fault("keeps Value1 only of the values Value1 and Value2", {
  noticedBy: ["STORE-040"],
  behaviour: { coerceFile: bytesOf(/Value1\\Value2/, "Value1       ") },
});

fault("does not warn of implicit VR", {
  noticedBy: ["STORE-041"],
  behaviour: {
    confirmedItem: ({ warningReason, ...outcome }, api, all) =>
      honest.confirmedItem(warningReason === 45063 ? outcome : { ...outcome, warningReason }, api, all),
  },
});

fault("v2 does not validate a date with a time", {
  noticedBy: ["STORE-034", "STORE-035"],
  behaviour: { isValidated: (tag) => attributeByTag(tag)?.vr !== "DT" },
});

fault("warns by header of several values without saying who warns", {
  noticedBy: ["STORE-040"],
  answer: headersOf(isStore, ({ warning, ...headers }) => ({
    ...headers,
    ...(warning !== undefined && { warning: "Of several values only the first can be searched for." }),
  })),
});

fault("warns of implicit VR or of values, but never of both", {
  noticedBy: ["STORE-041"],
  behaviour: {
    confirmedItem: (outcome, api, all) =>
      honest.confirmedItem(
        outcome.warningReason === 45063 ? { ...outcome, warnings: [] } : outcome,
        api,
        all,
      ),
  },
});
