import { readQueryStatus } from "../../fixtures/reference-server/tags/query-tag-request.ts";
import { fault } from "../proof/fault.ts";
import { all, answered, route, textOf } from "../proof/spoil.ts";

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

fault("overlooks what an update has beside the query status", {
  noticedBy: ["TAGS-033"],
  behaviour: {
    wantedQueryStatus: (body) => {
      const queryStatus = Object.entries(Object(body)).find(([name]) => /^querystatus$/i.test(name))?.[1];
      return readQueryStatus({ queryStatus });
    },
  },
});

fault("does not say which words an update may have", {
  noticedBy: ["TAGS-033"],
  answer: textOf(all(route("PATCH", /^\/extendedquerytags\//), answered(400)), () => "This is no update."),
});
