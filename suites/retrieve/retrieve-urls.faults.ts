import { fault } from "../proof/fault.ts";
import { isStore, textOf } from "../proof/spoil.ts";

fault("hands out URLs of another version", {
  noticedBy: ["RETRIEVE-014"],
  answer: textOf(isStore, (text) => text.replaceAll(/\/v[12]\/studies\//g, "/v3/studies/")),
});
