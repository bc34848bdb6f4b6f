import type { DataAction } from "../../fixtures/reference-server/security/authorization.ts";
import { fault } from "../proof/fault.ts";
import { all, answered, by, honest, outcomeOf, statusOf } from "../proof/spoil.ts";

const reader = "DICOM Data Reader";

/** A right that callers of a role have besides theirs, or callers without any; or one that they lack. */
function rightOf(role: string | undefined, right: DataAction, isPermitted = true) {
  return outcomeOf("permits", (decided, roles, action) =>
    roles[0] === role && action === right ? isPermitted : decided,
  );
}

fault("lets a caller without any role read", {
  noticedBy: ["SERVICE-005", "SEARCH-017", "RETRIEVE-095", "CHANGEFEED-044"],
  behaviour: rightOf(undefined, "read"),
});

fault("refuses a caller without any role, and sends what it asked for all the same", {
  noticedBy: ["SERVICE-005", "RETRIEVE-095", "SEARCH-017"],
  behaviour: rightOf(undefined, "read"),
  answer: statusOf(all(by("none"), answered(200)), 403),
});

fault("lets a caller without any role delete", {
  noticedBy: ["SERVICE-005"],
  behaviour: rightOf(undefined, "delete"),
});

fault("keeps rendered images to owners", {
  noticedBy: ["SERVICE-006"],
  behaviour: outcomeOf("dataAction", (action, _, path) => (path.includes("/rendered") ? "write" : action)),
});

fault("keeps the change feed to owners", {
  noticedBy: ["SERVICE-006", "CHANGEFEED-044"],
  behaviour: outcomeOf("dataAction", (action, _, path) =>
    path.startsWith("/changefeed") ? "write" : action,
  ),
});

fault("lets a reader store", {
  noticedBy: ["SERVICE-007", "STORE-075"],
  behaviour: rightOf(reader, "write"),
});

fault("lets a reader delete", {
  noticedBy: ["SERVICE-007", "DELETE-025"],
  behaviour: rightOf(reader, "delete"),
});

fault("lets a reader change extended query tags", {
  noticedBy: ["SERVICE-007", "OPERATION-012"],
  behaviour: rightOf(reader, "manageExtendedQueryTags"),
});

fault("refuses a reader once it has done what the reader wanted", {
  noticedBy: ["SERVICE-007", "STORE-075", "DELETE-025"],
  behaviour: { permits: (roles, action) => roles[0] === reader || honest.permits(roles, action) },
  answer: statusOf(
    all(by(reader), ({ method }) => method !== "GET"),
    403,
  ),
});

fault("refuses an owner what it does with extended query tags", {
  noticedBy: ["SERVICE-008"],
  behaviour: rightOf("DICOM Data Owner", "manageExtendedQueryTags", false),
});

fault("takes a caller without any role for one who is not known", {
  noticedBy: ["SERVICE-005"],
  answer: statusOf(all(by("none"), answered(403)), 401),
});
