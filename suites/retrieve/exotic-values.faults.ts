import { fault } from "../proof/fault.ts";
import { failToRead, isHardToRead } from "../proof/hard-instances.ts";
import { bytesOf, honest, outcomeOf, withAttributes } from "../proof/spoil.ts";

fault("cannot read back what it stored where a value is a UC of two values or an empty number", {
  noticedBy: ["RETRIEVE-096"],
  behaviour: {
    shownMetadata: (instance) => (isHardToRead(instance) ? failToRead() : honest.shownMetadata(instance)),
  },
});

fault("leaves numbers out of the metadata where one of them is empty", {
  noticedBy: ["RETRIEVE-096", "RETRIEVE-055"],
  behaviour: outcomeOf("shownMetadata", (dataset) =>
    withAttributes(dataset, (attribute) =>
      ["IS", "DS"].includes(attribute.vr) && attribute.Value?.includes(null) ? undefined : attribute,
    ),
  ),
});

fault("calls leading zeros of a DS invalid", {
  noticedBy: ["RETRIEVE-096"],
  behaviour: {
    valueFault: (vr, text, api) =>
      vr === "DS" && /^0\d/.test(text) ? "the value is no number" : honest.valueFault(vr, text, api),
  },
});

fault("moves an empty value among numbers behind them in the file that it stores", {
  noticedBy: ["RETRIEVE-096"],
  behaviour: { coerceFile: bytesOf(/0\.5\\\\1\.5/, "0.5\\1.5\\") },
});
