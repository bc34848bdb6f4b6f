import type { Attribute, Dataset } from "../../fixtures/reference-server/archive/archive.ts";
import { fault } from "../proof/fault.ts";
import { isSearch, jsonOf, outcomeOf, withAttributes } from "../proof/spoil.ts";

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
  noticedBy: ["SEARCH-010", "SEARCH-008", "SEARCH-039"],
  answer: namesTo(({ Alphabetic = "", ...others }) => ({
    Alphabetic: Alphabetic.normalize("NFD").replaceAll(/[^\x20-\x7e]/g, ""),
    ...others,
  })),
});

fault("shows the alphabetic group of a name only", {
  noticedBy: ["SEARCH-010", "SEARCH-009"],
  answer: namesTo(({ Alphabetic = "" }) => ({ Alphabetic })),
});

fault("minds the case of names", {
  noticedBy: ["SEARCH-038", "SEARCH-039"],
  behaviour: outcomeOf("sameName", (is, stored, wanted) => is && isSubset(wanted, stored)),
});

fault("leaves accents out of what is asked for only", {
  noticedBy: ["SEARCH-039"],
  behaviour: {
    sameName: (stored, wanted) => stored.toLowerCase() === withoutAccents(wanted).toLowerCase(),
  },
});

/** Whether a text has no letter that another one lacks, but for accents. */
function isSubset(text: string, other: string): boolean {
  return [...withoutAccents(text)].every((letter) => withoutAccents(other).includes(letter));
}

function withoutAccents(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "");
}
