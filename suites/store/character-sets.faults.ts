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
