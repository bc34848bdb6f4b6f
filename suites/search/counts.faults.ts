import type { Attribute, Dataset } from "../../fixtures/reference-server/archive/archive.ts";
import { tagOf } from "../../fixtures/wire/dictionary.ts";
import { fault } from "../proof/fault.ts";
import { all, isSearch, jsonOf, outcomeOf } from "../proof/spoil.ts";

const ofStudy = tagOf("NumberOfStudyRelatedInstances");
const ofSeries = tagOf("NumberOfSeriesRelatedInstances");
const modalities = tagOf("ModalitiesInStudy");

const isFiltered = ({ path }: { path: string }) => /Modalit\w+=/.test(path);

/** One attribute of every match, where it has it. */
function shown(tag: string, change: (attribute: Attribute) => Attribute, concerned = isSearch) {
  return jsonOf(concerned, (matches: Dataset[]) =>
    matches.map((match) => {
      const attribute = match[tag];
      return attribute === undefined ? match : { ...match, [tag]: change(attribute) };
    }),
  );
}

fault("counts of a study only what its filters match", {
  noticedBy: ["SEARCH-074"],
  answer: shown(ofStudy, () => ({ vr: "IS", Value: [2] }), all(isSearch, isFiltered)),
});

fault("shows the count of a study unasked", {
  noticedBy: ["SEARCH-074", "SEARCH-065", "SEARCH-062", "SEARCH-061"],
  behaviour: outcomeOf("askedTags", (tags) => [...tags, ofStudy]),
});

fault("counts the first three instances of a study only", {
  noticedBy: ["SEARCH-074"],
  answer: shown(ofStudy, ({ Value }) => ({ vr: "IS", Value: [Math.min(3, Number(Value?.[0]))] })),
});

fault("shows counts as whole numbers of another kind", {
  noticedBy: ["SEARCH-074", "SEARCH-075"],
  answer: (answer, request) => {
    for (const tag of [ofStudy, ofSeries]) {
      shown(tag, ({ Value }) => ({ vr: "UL", Value }))(answer, request);
    }
  },
});

fault("shows the count of the study for each of its series", {
  noticedBy: ["SEARCH-075", "DELETE-013"],
  answer: shown(ofSeries, () => ({ vr: "IS", Value: [3] })),
});

fault("shows the count of a series unasked", {
  noticedBy: ["SEARCH-075", "SEARCH-065", "SEARCH-062", "SEARCH-061"],
  behaviour: outcomeOf("askedTags", (tags) => [...tags, ofSeries]),
});

fault("lists a modality for each series of it", {
  noticedBy: ["SEARCH-076", "SEARCH-028", "DELETE-013", "SEARCH-050"],
  answer: shown(modalities, ({ Value = [] }) => ({ vr: "CS", Value: [...Value, ...Value.slice(0, 1)] })),
});

fault("joins the modalities of a study in one text", {
  noticedBy: ["SEARCH-076", "SEARCH-028"],
  answer: shown(modalities, ({ Value = [] }) => ({ vr: "CS", Value: [Value.join("\\")] })),
});

fault("lists a modality without a name for a series that has none", {
  noticedBy: ["SEARCH-076"],
  behaviour: outcomeOf("modalitiesInStudy", (found) => (found.length === 0 ? ["OT"] : found)),
});
