import { fault } from "../proof/fault.ts";
import { isSearch, queryTo, queryWithout, route } from "../proof/spoil.ts";

const isDate = (name: string) => /Date$/.test(name);

fault("takes a lone hyphen for no filter", {
  noticedBy: ["SEARCH-034"],
  arrival: queryWithout(isSearch, (name, value) => isDate(name) && value === "-"),
});

fault("ignores what is no date", {
  noticedBy: ["SEARCH-035", "STORE-033"],
  arrival: queryWithout(isSearch, (name, value) => isDate(name) && /[a-z/]|^\d{4,6}$/i.test(value)),
});

fault("turns a range round that is the wrong way round", {
  noticedBy: ["SEARCH-035"],
  arrival: queryTo(isSearch, ([name, value]) => {
    const [from = "", to = "", ...others] = value.split("-");
    const isTurned = isDate(name) && others.length === 0 && to !== "" && to < from;
    return [name, isTurned ? `${to}-${from}` : value];
  }),
});

fault("knows ranges of the study date only", {
  noticedBy: ["SEARCH-036", "SEARCH-035", "SEARCH-037"],
  arrival: queryTo(isSearch, ([name, value]) => [
    name === "PatientBirthDate" && value.includes("-") ? `${name} range` : name,
    value,
  ]),
});

fault("takes an open range of instances for the first day of all", {
  noticedBy: ["SEARCH-036"],
  arrival: queryTo(route("GET", /^\/instances\?/), ([name, value]) => [
    name,
    isDate(name) ? value.replace(/^(-\d{8}|\d{8}-)$/, "00010101") : value,
  ]),
});
