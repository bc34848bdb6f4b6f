import type { Answer, Arrival } from "../../fixtures/reference-server/fault.ts";
import type { DataAction } from "../../fixtures/reference-server/security/authorization.ts";
import { fault } from "../proof/fault.ts";
import { by, outcomeOf } from "../proof/spoil.ts";

/** Does what anybody wants, and then answers who is not known as if it had been refused. */
function refusingTooLate(action: DataAction) {
  const isUnknown = by("nobody");
  return {
    behaviour: outcomeOf("dataAction", (asked) => (asked === action ? undefined : asked)),
    answer: (answer: Answer, request: Arrival) => {
      if (isUnknown(request) && answer.status < 300) {
        answer.status = 401;
        answer.headers = { "www-authenticate": "Bearer" };
        answer.body = Buffer.alloc(0);
      }
    },
  };
}

fault("stores, and then refuses who is not known", {
  noticedBy: ["STORE-075", "SERVICE-001", "SERVICE-007", "SERVICE-005"],
  ...refusingTooLate("write"),
});

fault("deletes, and then refuses who is not known", {
  noticedBy: ["DELETE-025", "SERVICE-001", "SERVICE-009", "SERVICE-007", "SERVICE-005"],
  ...refusingTooLate("delete"),
});

fault("sends rendered images to everybody", {
  noticedBy: ["RETRIEVE-095", "SERVICE-001", "SERVICE-005"],
  behaviour: outcomeOf("dataAction", (action, _, path) => (path.includes("/rendered") ? undefined : action)),
});

fault("lists extended query tags to everybody", {
  noticedBy: ["OPERATION-012", "SERVICE-001", "SERVICE-005"],
  behaviour: outcomeOf("dataAction", (action, method, path) =>
    method === "GET" && path.startsWith("/extendedquerytags") ? undefined : action,
  ),
});

fault("has only the latest entry of the change feed open to everybody", {
  noticedBy: ["CHANGEFEED-044", "SERVICE-001", "SERVICE-005"],
  behaviour: outcomeOf("dataAction", (action, _, path) =>
    path.startsWith("/changefeed/latest") ? undefined : action,
  ),
});
