import { readFile, writeFile } from "node:fs/promises";
import { tagOf } from "../../fixtures/wire/dictionary.ts";
import { fault } from "../proof/fault.ts";
import { outcomeOf, withAttributes, withItems } from "../proof/spoil.ts";

const lutData = tagOf("LUTData");
/** The same in a file of explicit VR little endian, with its VR. */
const lutDataHead = Buffer.from("280006305553", "hex");
const megabyte = 2 ** 20;

fault("mixes pixels into the large values of the metadata", {
  noticedBy: ["STORE-078"],
  behaviour: outcomeOf("keptMetadata", (kept) => {
    const { vr = "US", Value = [] } = kept[lutData] ?? {};
    return Value.length < 500
      ? kept
      : { ...kept, [lutData]: { vr, Value: [...Value.slice(0, 500), ...Value.slice(500).map(() => 0)] } };
  }),
});

fault("loses the end of a large file with large values", {
  noticedBy: ["STORE-078"],
  behaviour: {
    coerceFile: async (path) => {
      const file = await readFile(path);
      if (file.length > megabyte && file.includes(lutDataHead)) {
        await writeFile(path, file.subarray(0, -2));
      }
    },
  },
});

fault("cuts long texts in items of the metadata", {
  noticedBy: ["STORE-078"],
  behaviour: outcomeOf("keptMetadata", (kept) =>
    withItems(kept, "RequestAttributesSequence", (item) =>
      withAttributes(item, ({ vr, Value }) =>
        vr === "UT" ? { vr, Value: Value?.map((text) => String(text).slice(0, 65_536)) } : { vr, Value },
      ),
    ),
  ),
});
