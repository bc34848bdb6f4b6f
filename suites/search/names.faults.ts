import type { Attribute, Dataset } from "../../fixtures/reference-server/archive/archive.ts";
import { fault } from "../proof/fault.ts";
import { isSearch, jsonOf, withAttributes } from "../proof/spoil.ts";

type Groups = Readonly<Record<string, string>>;

/** The names in the matches of a search, written otherwise. */
function namesTo(change: (groups: Groups) => Groups) {
  const changed = (attribute: Attribute): Attribute =>
    attribute.vr === "PN" && attribute.Value !== undefined
      ? { ...attribute, Value: attribute.Value.map((name) => change(name as Groups)) }
      : attribute;
  return jsonOf(isSearch, (matches: Dataset[]) => matches.map((match) => withAttributes(match, changed)));
}

fault("cuts names down to ASCII on their way through the index", {
  noticedBy: ["SEARCH-010", "SEARCH-008"],
  answer: namesTo(({ Alphabetic = "", ...others }) => ({
    Alphabetic: Alphabetic.normalize("NFD").replaceAll(/[^\x20-\x7e]/g, ""),
    ...others,
  })),
});

fault("shows the alphabetic group of a name only", {
  noticedBy: ["SEARCH-010", "SEARCH-009"],
  answer: namesTo(({ Alphabetic = "" }) => ({ Alphabetic })),
});
