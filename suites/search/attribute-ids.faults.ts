import { builtInAttribute } from "../../fixtures/reference-server/search/attributes.ts";
import { fault } from "../proof/fault.ts";
import { all, answered, answerOf, isSearch, queryWithout, says } from "../proof/spoil.ts";

fault("ignores series attributes named by tag", {
  noticedBy: ["SEARCH-019"],
  arrival: queryWithout(isSearch, (name) => builtInAttribute(name)?.level === "series"),
});

fault("ignores attributes whose hexadecimal digits are small letters", {
  noticedBy: ["SEARCH-019"],
  arrival: queryWithout(isSearch, (name) => /^\d{7}[a-f]$/.test(name)),
});

fault("knows hexadecimal digits in capitals only", {
  noticedBy: ["SEARCH-019"],
  answer: answerOf(
    all(isSearch, ({ path }) => /[?&]\d{7}[a-f]=/.test(path)),
    { status: 400, type: "text/plain", body: "The attribute is unknown." },
  ),
});

fault("ignores what is neither a keyword nor eight digits", {
  noticedBy: ["SEARCH-020", "SEARCH-047", "SEARCH-022"],
  arrival: queryWithout(
    isSearch,
    (name) => !/^([A-Z]\w+|[0-9A-Fa-f]{8}|limit|offset|fuzzymatching|includefield)$/.test(name),
  ),
});

fault("ignores filters by StudyTime, SOPClassUID and Columns", {
  noticedBy: ["SEARCH-021"],
  arrival: queryWithout(isSearch, (name) => ["StudyTime", "SOPClassUID", "00280011"].includes(name)),
});

fault("searches studies by attributes of their series", {
  noticedBy: ["SEARCH-025", "TAGS-040"],
  behaviour: {
    searchedLevels: ({ path, levels }) => (path === "/studies" ? ["study", "series"] : levels),
  },
});

fault("takes the last of several values of an attribute", {
  noticedBy: ["SEARCH-047", "SEARCH-089"],
  arrival: queryWithout(
    isSearch,
    (name, _, index, all) =>
      name !== "includefield" && all.findLastIndex(([other]) => other === name) > index,
  ),
});

fault("does not say which attribute was given twice", {
  noticedBy: ["SEARCH-047", "SEARCH-092"],
  answer: answerOf(all(isSearch, answered(400), says("more than once")), { body: "The query is not valid." }),
});
