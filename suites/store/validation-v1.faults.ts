import { fault } from "../proof/fault.ts";
import { honest, outcomeOf } from "../proof/spoil.ts";

fault("v1 stores person names that it cannot index", {
  noticedBy: ["STORE-031"],
  behaviour: outcomeOf("valueFault", (found, vr, _, api) =>
    vr === "PN" && api === "v1" ? undefined : found,
  ),
});

fault("v1 takes NULs behind a text for padding, as v2 does", {
  noticedBy: ["STORE-039"],
  behaviour: { unpadded: (text, vr) => honest.unpadded(text, vr, "v2") },
});
