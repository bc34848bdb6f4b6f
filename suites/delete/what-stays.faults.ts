import { fault } from "../proof/fault.ts";
import { afterDelete } from "../proof/remember.ts";
import { all, answered, answerOf, emptyStudy, isSearch, outcomeOf } from "../proof/spoil.ts";

for (const keyword of ["PatientName", "StudyDescription", "ModalitiesInStudy"]) {
  fault(`finds a study that was stored anew by the ${keyword} that it had before`, {
    noticedBy: ["DELETE-019"],
    perServer: afterDelete(/^\/studies\/[^/]+$/, (path) =>
      emptyStudy(path.slice("/studies/".length), new RegExp(`^${keyword}=(Old|CT)`)),
    ),
  });
}

fault("looks a series up by its own UID alone when it deletes", {
  noticedBy: ["DELETE-020", "DELETE-009", "DELETE-011"],
  behaviour: outcomeOf("deletion", (selection, { series, instance }) =>
    series !== undefined && instance === undefined ? { seriesInstanceUid: series } : selection,
  ),
});

fault("finds a study by no name any more once one of its instances is deleted", {
  noticedBy: ["DELETE-021", "DELETE-018"],
  perServer: afterDelete(/^\/studies\/[^/]+(?=\/series\/[^/]+\/instances\/)/, (study) =>
    answerOf(
      all(
        isSearch,
        ({ path }) => path.includes(study.slice("/studies/".length)) && path.includes("PatientName="),
        answered(200),
      ),
      { status: 204, body: "" },
    ),
  ),
});
