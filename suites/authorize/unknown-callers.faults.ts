import { tagOf } from "../../fixtures/wire/dictionary.ts";
import { fault } from "../proof/fault.ts";
import { outcomeOf } from "../proof/spoil.ts";

fault("tells everybody which studies it does not have", {
  noticedBy: ["SERVICE-009", "RETRIEVE-095", "DELETE-025"],
  perServer: () => {
    const stored = new Set<unknown>();
    return {
      behaviour: outcomeOf("keptMetadata", (kept) => {
        stored.add(kept[tagOf("StudyInstanceUID")]?.Value?.[0]);
        return kept;
      }),
      answer: (answer, { path }) => {
        const [, study] = /^\/studies\/([\d.]+)/.exec(path) ?? [];
        answer.status = answer.status === 401 && study && !stored.has(study) ? 404 : answer.status;
      },
    };
  },
});

fault("asks who is there only when the request makes sense", {
  noticedBy: ["SERVICE-009"],
  behaviour: outcomeOf("dataAction", (action, _, path) => (path.includes("not-a-uid") ? undefined : action)),
});

fault("lets everybody search by a UID", {
  noticedBy: ["SEARCH-016"],
  behaviour: outcomeOf("dataAction", (action, _, path) =>
    path.includes("?StudyInstanceUID=") ? undefined : action,
  ),
});

fault("lets everybody search where nothing is asked for", {
  noticedBy: ["SEARCH-016"],
  behaviour: outcomeOf("dataAction", (action, method, path) =>
    method === "GET" && /^\/(studies|series|instances)$/.test(path) ? undefined : action,
  ),
});
