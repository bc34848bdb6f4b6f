import { fault } from "../proof/fault.ts";
import { all, answerOf, isSearch, outcomeOf, queryWithout } from "../proof/spoil.ts";

fault("takes an underscore for any character", {
  noticedBy: ["SEARCH-044"],
  behaviour: outcomeOf(
    "sameText",
    (is, stored, wanted) =>
      is ||
      (stored.length === wanted.length &&
        [...wanted].every((character, index) => character === "_" || character === stored[index])),
  ),
});

fault("takes a percent sign for any text", {
  noticedBy: ["SEARCH-044"],
  behaviour: outcomeOf(
    "sameText",
    (is, stored, wanted) => is || (wanted.endsWith("%") && stored.startsWith(wanted.slice(0, -1))),
  ),
});

fault("fails where a filter has an apostrophe", {
  noticedBy: ["SEARCH-044"],
  answer: answerOf(
    all(isSearch, ({ path }) => /'|%27/.test(path)),
    { status: 500, type: "text/plain", body: "Unclosed quotation mark." },
  ),
});

fault("fails where a filter is longer than its column", {
  noticedBy: ["SEARCH-048"],
  answer: answerOf(
    all(isSearch, ({ path }) => /=[^&]{65}/.test(path)),
    { status: 500, type: "text/plain", body: "The value is too long for the column." },
  ),
});

fault("ignores filters that are longer than their columns", {
  noticedBy: ["SEARCH-048"],
  arrival: queryWithout(isSearch, (_, value) => value.length > 64),
});

fault("fails where a filter has a NUL", {
  noticedBy: ["SEARCH-048", "SEARCH-052", "SEARCH-053", "STORE-038"],
  answer: answerOf(
    all(isSearch, ({ path }) => path.includes("%00")),
    { status: 500, body: "" },
  ),
});
