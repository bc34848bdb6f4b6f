import type { Dataset } from "../../fixtures/reference-server/archive/archive.ts";
import { tagOf } from "../../fixtures/wire/dictionary.ts";
import { fault } from "../proof/fault.ts";
import { all, isSearch, jsonOf, queryWithout, withAttributes } from "../proof/spoil.ts";

const asksForAll = all(isSearch, ({ path }) => /includefield=[^&]*all/i.test(path));

fault("shows with all the first item of a sequence only", {
  noticedBy: ["SEARCH-065"],
  answer: jsonOf(asksForAll, (matches: Dataset[]) =>
    matches.map((match) =>
      withAttributes(match, (attribute) =>
        attribute.vr === "SQ" ? { ...attribute, Value: attribute.Value?.slice(0, 1) } : attribute,
      ),
    ),
  ),
});

fault("does not show the laterality of a series with all", {
  noticedBy: ["SEARCH-065"],
  answer: jsonOf(asksForAll, (matches: Dataset[]) =>
    matches.map(({ [tagOf("Laterality")]: _, ...match }) => match),
  ),
});

fault("shows the body part with all", {
  noticedBy: ["SEARCH-065", "SEARCH-009"],
  answer: jsonOf(asksForAll, (matches: Dataset[]) =>
    matches.map((match) => ({ ...match, [tagOf("BodyPartExamined")]: { vr: "CS", Value: ["HAND"] } })),
  ),
});

fault("does not show the model name with all", {
  noticedBy: ["SEARCH-066"],
  answer: jsonOf(asksForAll, (matches: Dataset[]) =>
    matches.map(({ [tagOf("ManufacturerModelName")]: _, ...match }) => match),
  ),
});

fault("does not show the accession number with all", {
  noticedBy: ["SEARCH-066", "SEARCH-065"],
  answer: jsonOf(asksForAll, (matches: Dataset[]) =>
    matches.map(({ [tagOf("AccessionNumber")]: _, ...match }) => match),
  ),
});

fault("forgets all where another field is asked for as well", {
  noticedBy: ["SEARCH-069"],
  arrival: queryWithout(
    all(isSearch, ({ path }) => /includefield.*PatientAge/.test(path)),
    (name, value) => name === "includefield" && value === "all",
  ),
});

fault("knows all in small letters only", {
  noticedBy: ["SEARCH-069"],
  arrival: queryWithout(isSearch, (name, value) => name === "includefield" && value === "ALL"),
});

fault("does not show the model name that it searched by", {
  noticedBy: ["SEARCH-064", "SEARCH-040"],
  answer: jsonOf(
    all(isSearch, ({ path }) => /ManufacturerModelName=/.test(path)),
    (matches: Dataset[]) => matches.map(({ [tagOf("ManufacturerModelName")]: _, ...match }) => match),
  ),
});

fault("does not show the study of the path", {
  noticedBy: ["SEARCH-064", "SEARCH-065"],
  answer: jsonOf(
    all(isSearch, ({ path }) => /^\/studies\/[\d.]+\/instances/.test(path)),
    (matches: Dataset[]) => matches.map(({ [tagOf("StudyInstanceUID")]: _, ...match }) => match),
  ),
});
