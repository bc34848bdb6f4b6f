import { fault } from "../proof/fault.ts";

fault("keeps the preamble of a file", {
  noticedBy: ["RETRIEVE-006"],
  behaviour: { clearPreamble: async () => {} },
});
