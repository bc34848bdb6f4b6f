import { fault } from "../proof/fault.ts";
import { all, answered, honest, isSearch, pathTo, statusOf } from "../proof/spoil.ts";

fault("leaves study attributes out of series and instances found anywhere", {
  noticedBy: ["SEARCH-002", "SEARCH-003", "SEARCH-063", "SEARCH-010", "SEARCH-065", "SEARCH-066"],
  behaviour: {
    returnedLevels: ({ level, levels }) => levels.filter((other) => other !== "study" || other === level),
  },
});

fault("shows the newest instance of each series only", {
  noticedBy: [
    "SEARCH-003",
    "SEARCH-005",
    "SEARCH-006",
    "SEARCH-007",
    "SEARCH-085",
    "SEARCH-089",
    "SEARCH-087",
    "SEARCH-050",
  ],
  behaviour: {
    page: (entries, ...window) => {
      const newest = entries.filter(
        ({ level, series, instance }) => level !== "instance" || series.at(-1) === instance,
      );
      return honest.page(newest, ...window);
    },
  },
});

fault("searches all studies for a modality, whatever the study of the path", {
  noticedBy: ["SEARCH-004", "SEARCH-005", "SEARCH-024", "SEARCH-064"],
  arrival: pathTo(isSearch, (path) => path.replace(/^\/studies\/[\d.]+(?=\/\w+\?Modality=)/, "")),
});

fault("does not look at the study of a path that names a series as well", {
  noticedBy: ["SEARCH-006", "SEARCH-018"],
  behaviour: {
    isInPath: (instance, { study, series }) =>
      honest.isInPath(instance, series === undefined ? { study } : { series }),
  },
});

fault("counts instances against the limit of series", {
  noticedBy: ["SEARCH-007", "SEARCH-083", "SEARCH-085"],
  behaviour: {
    page: (entries, offset, limit) => {
      const instancesOf = ({ level, series, instance }: (typeof entries)[number]) =>
        level === "series" ? series : [instance];
      const paged = entries.flatMap(instancesOf).slice(offset, offset + limit);
      return entries.filter((entry) => instancesOf(entry).some((instance) => paged.includes(instance)));
    },
  },
});

fault("answers 404 where a search below a study or series finds nothing", {
  noticedBy: [
    "SEARCH-012",
    "DELETE-013",
    "SEARCH-006",
    "SEARCH-011",
    "SEARCH-083",
    "SEARCH-085",
    "SEARCH-018",
    "SEARCH-036",
    "SEARCH-024",
  ],
  answer: statusOf(
    all(isSearch, ({ path }) => path.startsWith("/studies/"), answered(204)),
    404,
  ),
});
