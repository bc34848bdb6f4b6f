import { fault } from "../proof/fault.ts";
import { all, honest, outcomeOf, route, statusOf } from "../proof/spoil.ts";

fault("answers 204 where nothing was deleted", {
  noticedBy: ["DELETE-007", "DELETE-008", "DELETE-009", "DELETE-010"],
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
  noticedBy: ["DELETE-009"],
  behaviour: outcomeOf("deletion", (selection, { instance }) =>
    instance === undefined ? selection : { sopInstanceUid: instance },
  ),
});

fault("validates the study UID only", {
  noticedBy: ["DELETE-010"],
  behaviour: { requireDeletable: ({ study }) => honest.requireDeletable({ study }) },
});

fault("answers 415 to a delete with a body", {
  noticedBy: ["DELETE-012"],
  answer: statusOf(
    all(route("DELETE", /^/), ({ headers }) => Number(headers["content-length"]) > 0),
    415,
  ),
});
