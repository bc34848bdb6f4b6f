import { ServiceError } from "../../fixtures/reference-server/http/service-error.ts";
import { fault } from "../proof/fault.ts";
import { alsoEntered, failsAfter } from "../proof/remember.ts";
import {
  all,
  answered,
  answerOf,
  honest,
  isDelete,
  outcomeOf,
  pathTo,
  type Route,
  refused,
  route,
  statusOf,
} from "../proof/spoil.ts";

const hasContent: Route = ({ headers }) => Number(headers["content-length"]) > 0;

fault("answers 204 where nothing was deleted", {
  noticedBy: [
    "DELETE-007",
    "DELETE-008",
    "DELETE-009",
    "DELETE-010",
    "DELETE-011",
    "DELETE-017",
    "CHANGEFEED-038",
    "DELETE-027",
  ],
  behaviour: { deleteStatus: () => 204 },
});

fault("deletes the study when it does not know the series", {
  noticedBy: ["DELETE-008", "DELETE-009"],
  behaviour: outcomeOf("deletion", (selection, { study }, archive) => {
    const series = archive.instances({ ...selection, sopInstanceUid: undefined });
    return series.length > 0 ? selection : { studyInstanceUid: study };
  }),
});

fault("looks an instance up by its own UID alone", {
  noticedBy: ["DELETE-009", "DELETE-011", "DELETE-020"],
  behaviour: outcomeOf("deletion", (selection, { instance }) =>
    instance === undefined ? selection : { sopInstanceUid: instance },
  ),
});

fault("validates the study UID only", {
  noticedBy: ["DELETE-010", "DELETE-017"],
  behaviour: { requireDeletable: ({ study }) => honest.requireDeletable({ study }) },
});

fault("does not validate the study UID of an instance", {
  noticedBy: ["DELETE-010"],
  behaviour: {
    requireDeletable: ({ study, ...path }) =>
      honest.requireDeletable({ ...path, study: path.instance === undefined ? study : "1" }),
  },
});

fault("does not validate the series UID of an instance", {
  noticedBy: ["DELETE-010"],
  behaviour: {
    requireDeletable: ({ series, ...path }) =>
      honest.requireDeletable({ ...path, series: path.instance === undefined ? series : "1" }),
  },
});

fault("calls a delete with a body a bad request", {
  noticedBy: ["DELETE-012"],
  answer: statusOf(all(isDelete, hasContent), 400),
});

fault("answers 415 to a delete with a body", {
  noticedBy: ["DELETE-012"],
  answer: statusOf(all(isDelete, hasContent), 415),
});

fault("calls whatever cannot be deleted a resource", {
  noticedBy: ["DELETE-007", "DELETE-008"],
  answer: answerOf(all(isDelete, answered(404)), { body: "The specified resource cannot be found." }),
});

fault("does not say which UID of a delete is malformed", {
  noticedBy: ["DELETE-010"],
  answer: answerOf(all(isDelete, answered(400)), { body: "A UID is not valid." }),
});

fault("deletes nothing of a study of which it has refused to delete something", {
  noticedBy: [
    "DELETE-008",
    "DELETE-009",
    "DELETE-010",
    "DELETE-011",
    "DELETE-017",
    "DELETE-026",
    "DELETE-027",
  ],
  perServer: failsAfter(all(isDelete, refused), isDelete),
});

fault("takes 63 characters for the length of the longest UID", {
  noticedBy: ["DELETE-011"],
  behaviour: {
    requireDeletable: (path) => {
      honest.requireDeletable(path);
      if (Object.values(path).some((uid) => uid.length > 63)) {
        throw new ServiceError(400, "A UID is too long.");
      }
    },
  },
});

fault("deletes all series of a study when asked to", {
  noticedBy: ["DELETE-026"],
  arrival: pathTo(route("DELETE", /^\/studies\/[^/]+\/(series|instances)$/), (path) =>
    path.replace(/\/(series|instances)$/, ""),
  ),
});

fault("deletes the instance whose frame it is asked to delete", {
  noticedBy: ["DELETE-026"],
  arrival: pathTo(route("DELETE", /\/frames\/\d+$/), (path) => path.replace(/\/frames\/\d+$/, "")),
});

fault("confirms that metadata is deleted", {
  noticedBy: ["DELETE-026", "SERVICE-023"],
  answer: answerOf(route("DELETE", /\/metadata$/), { status: 204, body: "" }),
});

/** By the last UID of a path, whatever level it is of. */
const lastUid = /[^/]+$/;

fault("enters a delete into the change feed before it looks for what is to be deleted", {
  noticedBy: ["DELETE-017", "DELETE-027"],
  perServer: alsoEntered({ action: "Delete", state: "Deleted" }, (answer, request) =>
    isDelete(request) && answer.status === 404 ? (lastUid.exec(request.path) ?? []) : [],
  ),
});
