import { fault } from "../proof/fault.ts";
import { afterDelete } from "../proof/remember.ts";
import { all, answered, at, isDelete, outcomeOf, statusOf } from "../proof/spoil.ts";

fault("still answers 200 for a study whose last instance was deleted", {
  noticedBy: ["DELETE-001", "DELETE-011", "DELETE-020"],
  perServer: afterDelete(/^\/studies\/[^/]+(?=\/series\/[^/]+\/instances\/)/, (study) =>
    statusOf(all(at(study), answered(404)), 200),
  ),
});

fault("deletes only the newest instance of a series", {
  noticedBy: ["DELETE-002", "DELETE-006"],
  behaviour: outcomeOf("deletion", (selection, { series, instance }, archive) =>
    series !== undefined && instance === undefined
      ? (archive.instances(selection).at(-1) ?? selection)
      : selection,
  ),
});

fault("deletes only the first series of a study", {
  noticedBy: ["DELETE-003", "DELETE-016"],
  behaviour: outcomeOf("deletion", (selection, { series }, archive) => {
    const [first] = archive.instances(selection);
    return series === undefined ? { ...selection, seriesInstanceUid: first?.seriesInstanceUid } : selection;
  }),
});

fault("deletes the whole series with an instance", {
  noticedBy: ["DELETE-004", "DELETE-013", "DELETE-015", "RETRIEVE-068", "DELETE-021"],
  behaviour: outcomeOf("deletion", (selection, _, archive) =>
    archive.instances(selection).length > 0 ? { ...selection, sopInstanceUid: undefined } : selection,
  ),
});

fault("deletes the study with the last instance of a series", {
  noticedBy: ["DELETE-005", "RETRIEVE-069"],
  behaviour: outcomeOf("deletion", (selection, { study, instance }, archive) => {
    const series = archive.instances({ ...selection, sopInstanceUid: undefined });
    const isLast = series.length === 1 && archive.instances(selection).length === 1;
    return instance !== undefined && isLast ? { studyInstanceUid: study } : selection;
  }),
});

fault("deletes the study with one of its series", {
  noticedBy: ["DELETE-006", "DELETE-013"],
  behaviour: outcomeOf("deletion", (selection, { study, instance }, archive) =>
    instance === undefined && archive.instances(selection).length > 0
      ? { studyInstanceUid: study }
      : selection,
  ),
});

fault("answers 200 to a delete", {
  noticedBy: [
    "DELETE-001",
    "DELETE-002",
    "DELETE-003",
    "DELETE-004",
    "DELETE-005",
    "DELETE-006",
    "DELETE-007",
    "DELETE-008",
    "DELETE-009",
    "DELETE-010",
    "DELETE-011",
    "DELETE-012",
    "DELETE-013",
    "DELETE-014",
    "DELETE-016",
    "DELETE-017",
    "DELETE-018",
    "DELETE-019",
    "DELETE-020",
    "DELETE-021",
    "DELETE-026",
    "DELETE-027",
    "SERVICE-023",
    "TAGS-014",
    "TAGS-029",
    "TAGS-030",
  ],
  answer: statusOf(isDelete, 200),
});
