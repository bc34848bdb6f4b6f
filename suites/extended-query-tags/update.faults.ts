import { readQueryStatus } from "../../fixtures/reference-server/tags/query-tag-request.ts";
import { fault } from "../proof/fault.ts";

fault("searches by tags that are switched off", {
  noticedBy: ["TAGS-032", "TAGS-047"],
  behaviour: { searchesQueryTag: (tag) => tag.status === "ready" },
});

fault("takes any update that does not switch off for one that switches on", {
  noticedBy: ["TAGS-033"],
  behaviour: {
    wantedQueryStatus: (body) => (/disabled/i.test(JSON.stringify(body)) ? readQueryStatus(body) : "enabled"),
  },
});
