import { fault } from "../proof/fault.ts";
import { honest, isSearch, queryWithout } from "../proof/spoil.ts";

fault("shows one match more than the limit", {
  noticedBy: [
    "SEARCH-079",
    "SEARCH-007",
    "SEARCH-082",
    "SEARCH-085",
    "SEARCH-080",
    "SEARCH-089",
    "SEARCH-087",
    "SEARCH-088",
  ],
  behaviour: { page: (entries, offset, limit) => honest.page(entries, offset, limit + 1) },
});

fault("counts instances against the limit of studies", {
  noticedBy: ["SEARCH-079", "SEARCH-083", "SEARCH-085"],
  behaviour: {
    page: (entries, offset, limit) => {
      const rows = entries.flatMap((entry) =>
        entry.level === "study" ? entry.study.map(() => entry) : entry,
      );
      return honest.page(rows, offset, limit).filter((entry, index, page) => page.indexOf(entry) === index);
    },
  },
});

fault("takes a limit of any size", {
  noticedBy: ["SEARCH-081"],
  behaviour: { limitRange: () => ({ ...honest.limitRange(), min: 0, max: 2 ** 31 }) },
});

fault("takes offset for the number of a page", {
  noticedBy: ["SEARCH-082", "SEARCH-085", "SEARCH-080", "SEARCH-089"],
  behaviour: { page: (entries, offset, limit) => honest.page(entries, offset * limit, limit) },
});

fault("takes a negative offset for none", {
  noticedBy: ["SEARCH-084"],
  arrival: queryWithout(isSearch, (name, value) => name === "offset" && Number(value) < 0),
});
