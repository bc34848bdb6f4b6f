import { fault } from "../proof/fault.ts";
import { honest } from "../proof/spoil.ts";

fault("keeps the first day of all where there is no date", {
  noticedBy: ["SEARCH-037", "SEARCH-052"],
  behaviour: {
    hasMatch: (values, filter) =>
      honest.hasMatch(values.length === 0 && filter.attribute.vr === "DA" ? ["00010101"] : values, filter),
  },
});

fault("has what it does not know match whatever is asked for", {
  noticedBy: ["SEARCH-037", "DELETE-019", "SEARCH-052", "SEARCH-049"],
  behaviour: { hasMatch: (values, filter) => values.length === 0 || honest.hasMatch(values, filter) },
});
