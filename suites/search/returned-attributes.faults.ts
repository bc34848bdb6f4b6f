import type { Dataset } from "../../fixtures/reference-server/archive/archive.ts";
import { tagOf as known } from "../../fixtures/reference-server/dicom/dictionary.ts";
import { tagOf } from "../../fixtures/wire/dictionary.ts";
import { fault } from "../proof/fault.ts";
import {
  all,
  answered,
  answerOf,
  honest,
  isSearch,
  jsonOf,
  outcomeOf,
  queryWithout,
  withAttributes,
} from "../proof/spoil.ts";

fault("shows the attributes of v2 in v1", {
  noticedBy: ["SEARCH-061"],
  behaviour: { defaultTags: (_, level) => honest.defaultTags("v2", level) },
});

fault("shows the attributes of v1 in v2", {
  noticedBy: ["SEARCH-062"],
  behaviour: outcomeOf("defaultTags", (tags, _, level) => [...honest.defaultTags("v1", level), ...tags]),
});

fault("shows no more than ten characters of an accession number", {
  noticedBy: ["SEARCH-061", "SEARCH-062", "SEARCH-065", "SEARCH-040"],
  answer: jsonOf(isSearch, (matches: Dataset[]) =>
    matches.map((match) =>
      withAttributes(match, (attribute) =>
        attribute === match[tagOf("AccessionNumber")]
          ? { ...attribute, Value: attribute.Value?.map((value) => String(value).slice(0, 10)) }
          : attribute,
      ),
    ),
  ),
});

fault("shows the first item only of the requests that a series is for", {
  noticedBy: ["SEARCH-061", "SEARCH-065"],
  answer: jsonOf(isSearch, (matches: Dataset[]) =>
    matches.map((match) =>
      withAttributes(match, (attribute) =>
        attribute === match[tagOf("RequestAttributesSequence")]
          ? { ...attribute, Value: attribute.Value?.slice(0, 1) }
          : attribute,
      ),
    ),
  ),
});

fault("leaves attributes of the series out that are asked for with a study", {
  noticedBy: ["SEARCH-068", "SEARCH-073"],
  behaviour: outcomeOf("askedTags", (tags, filtered) =>
    tags.filter((tag) => tag !== tagOf("Modality") || filtered.includes(tag)),
  ),
});

fault("shows study attributes with the instances of a study", {
  noticedBy: ["SEARCH-063", "SEARCH-065"],
  behaviour: {
    returnedLevels: ({ path, levels }) =>
      path === "/studies/:study/instances" ? ["study", ...levels] : levels,
  },
});

fault("drops the patient's name when fields are asked for", {
  noticedBy: ["SEARCH-067", "SEARCH-069"],
  answer: jsonOf(
    all(isSearch, ({ path }) => /includefield=(?!all)/.test(path)),
    (matches: Dataset[]) => matches.map(({ [tagOf("PatientName")]: _, ...match }) => match),
  ),
});

fault("ignores a filter by what is asked for as a field as well", {
  noticedBy: ["SEARCH-067", "DELETE-013"],
  arrival: queryWithout(isSearch, (name, _, __, given) =>
    given.some(([other, field]) => other === "includefield" && field.split(",").includes(name)),
  ),
});

fault("counts the last includefield parameter only", {
  noticedBy: ["SEARCH-068"],
  arrival: queryWithout(
    isSearch,
    (name, _, index, given) =>
      name === "includefield" && given.findLastIndex(([other]) => other === name) > index,
  ),
});

fault("ignores fields that it does not know", {
  noticedBy: ["SEARCH-070", "SEARCH-022", "SEARCH-069"],
  arrival: queryWithout(
    isSearch,
    (name, value) =>
      name === "includefield" && value !== "all" && value.split(",").every((field) => !known(field)),
  ),
});

fault("shows the sex of the patient beside any field that is asked for", {
  noticedBy: ["SEARCH-067"],
  behaviour: {
    askedTags: (filtered, included) => [
      ...filtered,
      ...included,
      ...(included.length > 0 ? [tagOf("PatientSex")] : []),
    ],
  },
});

fault("does not say which field it does not know", {
  noticedBy: ["SEARCH-070", "SEARCH-022", "SEARCH-092"],
  answer: answerOf(
    all(isSearch, ({ path }) => path.includes("includefield"), answered(400)),
    {
      body: "The query is not valid.",
    },
  ),
});
