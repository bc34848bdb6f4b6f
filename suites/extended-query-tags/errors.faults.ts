import { fault } from "../proof/fault.ts";
import { pathTo, route } from "../proof/spoil.ts";

fault("leaves a tag enabled whose re-index met bad values", {
  noticedBy: ["TAGS-045"],
  behaviour: { queryStatusAfterError: () => "enabled" },
});

fault("does not page the errors of a tag", {
  noticedBy: ["TAGS-046"],
  arrival: pathTo(route("GET", /\/errors\?/), (path) => path.replace(/\?.*/, "")),
});

fault("warns of the errors of every tag that is searched by", {
  noticedBy: ["TAGS-047"],
  behaviour: { erroneousAttributes: (filters) => filters.map(({ name }) => name) },
});
