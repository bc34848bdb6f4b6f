import { fault } from "../proof/fault.ts";
import { all, honest, isSearch, outcomeOf, queryTo, statusOf } from "../proof/spoil.ts";

fault("ignores what dates it is asked for", {
  noticedBy: [
    "SEARCH-031",
    "SEARCH-001",
    "SEARCH-019",
    "SEARCH-027",
    "SEARCH-032",
    "SEARCH-033",
    "TAGS-047",
    "SEARCH-036",
    "SEARCH-024",
    "SEARCH-050",
  ],
  behaviour: { inRange: () => true },
});

fault("ignores all filters after the second", {
  noticedBy: ["SEARCH-027"],
  behaviour: { satisfiesAll: (satisfied) => satisfied.slice(0, 2).every(Boolean) },
});

fault("is satisfied when one of three filters holds", {
  noticedBy: ["SEARCH-027", "TAGS-047"],
  behaviour: {
    satisfiesAll: (satisfied) =>
      satisfied.length === 3 ? satisfied.some(Boolean) : satisfied.every(Boolean),
  },
});

fault("fails with 500 on a query that ends with &", {
  noticedBy: ["SEARCH-027"],
  answer: statusOf(
    all(isSearch, ({ path }) => path.endsWith("&")),
    500,
  ),
});

fault("knows one modality of a study only", {
  noticedBy: ["SEARCH-028", "SEARCH-076"],
  behaviour: { modalitiesInStudy: (modalities) => modalities.slice(-1) },
});

fault("matches parts of a text", {
  noticedBy: ["SEARCH-030", "SEARCH-044", "SEARCH-059"],
  behaviour: outcomeOf("sameText", (is, stored, wanted) => is || stored.includes(wanted)),
});

fault("searches series one day late", {
  noticedBy: ["SEARCH-031", "SEARCH-019", "SEARCH-025", "SEARCH-024", "SEARCH-064", "SEARCH-050"],
  arrival: queryTo(isSearch, ([name, value]) => [
    name,
    name === "PerformedProcedureStepStartDate" ? value.replace(/^\d{8}$/, dayAfter) : value,
  ]),
});

fault("excludes the last day of a range", {
  noticedBy: ["SEARCH-032", "SEARCH-033", "SEARCH-036"],
  behaviour: outcomeOf("inRange", (is, stored, { from, to }) => is && (from === to || stored !== to)),
});

fault("takes an open range for its one day", {
  noticedBy: ["SEARCH-033", "SEARCH-036", "SEARCH-052"],
  behaviour: {
    inRange: (stored, { from, to }) => honest.inRange(stored, { from: from ?? to, to: to ?? from }),
  },
});

function dayAfter(date: string): string {
  const day = new Date(date.replace(/(....)(..)/, "$1-$2-"));
  day.setUTCDate(day.getUTCDate() + 1);
  return day.toISOString().slice(0, 10).replaceAll("-", "");
}
