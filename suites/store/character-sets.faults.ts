import { tagOf } from "../../fixtures/wire/dictionary.ts";
import { fault } from "../proof/fault.ts";
import { outcomeOf } from "../proof/spoil.ts";

fault("loses the groups of a name that are written with escape sequences", {
  noticedBy: ["STORE-067", "RETRIEVE-060"],
  behaviour: outcomeOf("keptMetadata", (kept) => {
    const [name] = (kept[tagOf("PatientName")]?.Value ?? []) as { Alphabetic?: string }[];
    return /2022/.test(String(kept[tagOf("SpecificCharacterSet")]?.Value))
      ? { ...kept, [tagOf("PatientName")]: { vr: "PN", Value: [{ Alphabetic: name?.Alphabetic }] } }
      : kept;
  }),
});

/** Code pages that a server may lack, and the requirements beside STORE-067 that send text in them. */
const codePages = {
  GB18030: ["RETRIEVE-060"],
  "ISO_IR 126": [],
  "ISO_IR 13": [],
  "ISO 2022 IR 149": [],
  "ISO 2022 IR 58": [],
  "ISO 2022 IR 159": [],
};

for (const [term, others] of Object.entries(codePages)) {
  fault(`shows a question mark for each character that is written in ${term}`, {
    noticedBy: ["STORE-067", ...others],
    behaviour: outcomeOf("keptMetadata", (kept) => {
      const [name = {}] = (kept[tagOf("PatientName")]?.Value ?? []) as Record<string, string>[];
      const garbled = Object.entries(name).map(([group, text]) => [group, text.replace(/[^\0-\x7f]/g, "?")]);
      return kept[tagOf("SpecificCharacterSet")]?.Value?.at(-1) === term
        ? { ...kept, [tagOf("PatientName")]: { vr: "PN", Value: [Object.fromEntries(garbled)] } }
        : kept;
    }),
  });
}
