import { fault } from "../proof/fault.ts";
import { all, answerOf, honest, isSearch, outcomeOf, queryTo } from "../proof/spoil.ts";

const wordsOf = (name: string) => name.toLowerCase().split(/[\s^=]+/);

fault("matches the start of a whole name only", {
  noticedBy: ["SEARCH-054", "SEARCH-055", "SEARCH-059", "SEARCH-056"],
  behaviour: outcomeOf("similarName", (is, stored, wanted) => is && stored.startsWith(wanted.toLowerCase())),
});

fault("matches any part of a name where fuzzy matching is asked for", {
  noticedBy: ["SEARCH-054", "SEARCH-055"],
  behaviour: outcomeOf("similarName", (is, stored, wanted) => is || stored.includes(wanted)),
});

fault("knows fuzzy matching of patients' names only", {
  noticedBy: ["SEARCH-055", "SEARCH-059"],
  arrival: queryTo(isSearch, ([name, value], _, given) => {
    const isOfPhysician = given.some(([other]) => other === "ReferringPhysicianName");
    return name === "fuzzymatching" && value === "true" && isOfPhysician ? [name, "false"] : [name, value];
  }),
});

fault("is content with one of several words of a fuzzy name", {
  noticedBy: ["SEARCH-056"],
  behaviour: {
    similarName: (stored, wanted) => wordsOf(wanted).some((word) => honest.similarName(stored, word)),
  },
});

fault("matches names fuzzily unasked", {
  noticedBy: ["SEARCH-057", "SEARCH-030", "SEARCH-048"],
  behaviour: { sameName: honest.similarName },
});

fault("takes every word but true for no fuzzy matching", {
  noticedBy: ["SEARCH-058"],
  arrival: queryTo(isSearch, ([name, value]) => [
    name,
    name === "fuzzymatching" && !/^(true|false)$/i.test(value) ? "false" : value,
  ]),
});

fault("knows true and false in small letters only", {
  noticedBy: ["SEARCH-058"],
  arrival: queryTo(isSearch, ([name, value]) => [
    name,
    name === "fuzzymatching" && /[A-Z]/.test(value) ? "neither" : value,
  ]),
});

fault("minds accents where fuzzy matching is asked for", {
  noticedBy: ["SEARCH-059"],
  behaviour: outcomeOf(
    "similarName",
    (is, stored, wanted) => is && wordsOf(wanted).every((word) => stored.toLowerCase().includes(word)),
  ),
});

fault("matches the start of any text where fuzzy matching is asked for", {
  noticedBy: ["SEARCH-059"],
  behaviour: outcomeOf("sameText", (is, stored, wanted, fuzzy) => is || (fuzzy && stored.startsWith(wanted))),
});

fault("fails where a fuzzy name has a double quote", {
  noticedBy: ["SEARCH-060"],
  answer: answerOf(
    all(isSearch, ({ path }) => /fuzzymatching=true/.test(path) && path.includes("%22")),
    { status: 500, type: "text/plain", body: "Syntax error near the end of the full-text condition." },
  ),
});
