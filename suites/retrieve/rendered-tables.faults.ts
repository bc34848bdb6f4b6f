import { fault } from "../proof/fault.ts";
import { honest, outcomeOf } from "../proof/spoil.ts";

fault("takes every window function for the linear one", {
  noticedBy: ["RETRIEVE-100"],
  behaviour: { greyLevel: (value, { center, width }) => honest.greyLevel(value, { center, width }) },
});

fault("shows values without the look-up tables of their image", {
  noticedBy: ["RETRIEVE-100"],
  behaviour: outcomeOf("lookupTables", () => ({})),
});
