import { fault } from "../proof/fault.ts";
import { honest, isSearch, queryTo } from "../proof/spoil.ts";

fault("lets the first instance decide what a study is found by", {
  noticedBy: ["SEARCH-050", "STORE-068", "SEARCH-051"],
  behaviour: { winningInstance: (instances, hasValue) => instances.find(hasValue) },
});

fault("lets the newest instance decide, even where it has no value", {
  noticedBy: ["SEARCH-051", "STORE-025"],
  behaviour: {
    winningInstance: (instances, hasValue) => {
      const newest = instances.at(-1);
      return newest && hasValue(newest) ? newest : undefined;
    },
  },
});

fault("minds a NUL behind a text", {
  noticedBy: ["SEARCH-053", "STORE-038"],
  arrival: ({ path }) => ({ path: path.replaceAll(/%00(?=&|$)/g, "%01") }),
});

fault("has an instance without a study date match every date", {
  noticedBy: ["SEARCH-052", "SEARCH-037"],
  behaviour: {
    hasMatch: (values, filter) =>
      honest.hasMatch(
        values.length === 0 && filter.attribute.tag === "00080020" ? ["20000101"] : values,
        filter,
      ),
  },
});

fault("finds a study by the second of its descriptions as well", {
  noticedBy: ["SEARCH-049"],
  arrival: queryTo(isSearch, ([name, value]) => [
    name,
    name === "StudyDescription" && value === "Two" ? "One" : value,
  ]),
});
