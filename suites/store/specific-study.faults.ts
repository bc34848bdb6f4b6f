import type { Dataset } from "../../fixtures/reference-server/archive/archive.ts";
import { tagOf } from "../../fixtures/wire/dictionary.ts";
import { fault } from "../proof/fault.ts";
import {
  all,
  answered,
  emptyStudies,
  honest,
  isStore,
  itemsOf,
  jsonOf,
  outcomeOf,
  withItems,
} from "../proof/spoil.ts";

fault("names another study in the study URL", {
  noticedBy: ["STORE-002", "STORE-003", "STORE-013", "RETRIEVE-014"],
  behaviour: outcomeOf("answeredStudy", (study) => study && `${study}0`),
});

fault("heads a refusal with the URL of a study that is not there", {
  noticedBy: ["STORE-010"],
  behaviour: { answeredStudy: (study) => study },
});

fault("lists nothing as confirmed where nothing was stored, in an empty sequence", {
  noticedBy: ["STORE-010", "STORE-052"],
  answer: jsonOf(isStore, (result: Dataset) =>
    result[tagOf("ReferencedSOPSequence")]
      ? result
      : { ...result, [tagOf("ReferencedSOPSequence")]: { vr: "SQ" } },
  ),
});

fault("names another study in the study URL where a part failed", {
  noticedBy: ["STORE-013"],
  answer: jsonOf(isStore, (result: Dataset) =>
    result[tagOf("FailedSOPSequence")] && result[tagOf("RetrieveURL")]
      ? { ...result, [tagOf("RetrieveURL")]: { vr: "UR", Value: ["http://localhost/v2/studies/2.25.1"] } }
      : result,
  ),
});

fault("refuses all parts after one of another study", {
  noticedBy: ["STORE-013"],
  perServer: () => {
    const strangers = new Set<string>();
    return {
      behaviour: outcomeOf("belongsToStudy", (belongs, _, study, position) => {
        if (position === 0) {
          strangers.delete(study);
        }
        if (!belongs) {
          strangers.add(study);
        }
        return !strangers.has(study);
      }),
    };
  },
});

fault("gives failed instances the class of the first stored one", {
  noticedBy: ["STORE-013"],
  answer: jsonOf(isStore, (result: Dataset) => {
    const sopClass = itemsOf(result, "ReferencedSOPSequence")[0]?.[tagOf("ReferencedSOPClassUID")];
    return withItems(result, "FailedSOPSequence", (item) =>
      sopClass && item[tagOf("ReferencedSOPClassUID")]
        ? { ...item, [tagOf("ReferencedSOPClassUID")]: sopClass }
        : item,
    );
  }),
});

fault("leaves the retrieve URLs out where a part failed", {
  noticedBy: ["STORE-013", "STORE-018", "STORE-022", "STORE-053"],
  answer: jsonOf(isStore, (result: Dataset) =>
    result[tagOf("FailedSOPSequence")]
      ? withItems(result, "ReferencedSOPSequence", ({ [tagOf("RetrieveURL")]: _, ...item }) => item)
      : result,
  ),
});

fault("compares only the first part with the study of the path", {
  noticedBy: ["STORE-013", "STORE-005", "STORE-010", "STORE-014"],
  behaviour: outcomeOf("belongsToStudy", (belongs, _uid, _study, position) => belongs || position > 0),
});

fault("stores instances of another study below the path's study request", {
  noticedBy: ["STORE-014", "STORE-005", "STORE-010", "STORE-013", "STORE-015", "STORE-074", "STORE-003"],
  behaviour: { belongsToStudy: () => true },
});

fault("shows the study of a path in study searches, though nothing was stored in it", {
  noticedBy: ["STORE-014"],
  perServer: emptyStudies((note) =>
    outcomeOf("belongsToStudy", (belongs, _, study) => {
      note(study);
      return belongs;
    }),
  ),
});

fault("calls stored what it refused as well", {
  noticedBy: [
    "STORE-014",
    "STORE-003",
    "STORE-010",
    "STORE-012",
    "STORE-017",
    "STORE-021",
    "STORE-023",
    "STORE-026",
    "STORE-027",
    "STORE-028",
    "STORE-029",
    "STORE-031",
    "STORE-034",
    "STORE-039",
    "STORE-041",
    "STORE-052",
    "STORE-070",
    "STORE-071",
    "STORE-072",
  ],
  answer: jsonOf(all(isStore, answered(409)), (result: Dataset) => ({
    ...result,
    [tagOf("ReferencedSOPSequence")]: { vr: "SQ", Value: itemsOf(result, "FailedSOPSequence") },
  })),
});

fault("refuses for ever what has the UID of an instance that it refused", {
  noticedBy: [
    "STORE-074",
    "STORE-003",
    "STORE-005",
    "STORE-012",
    "STORE-014",
    "STORE-023",
    "STORE-024",
    "STORE-026",
    "STORE-027",
    "STORE-029",
    "STORE-031",
    "STORE-034",
    "STORE-039",
    "STORE-041",
  ],
  perServer: () => {
    const refused = new Set<string>();
    return {
      behaviour: {
        failedItem: (outcome, all) => {
          refused.add(outcome.sopInstanceUid);
          return honest.failedItem(outcome, all);
        },
        isDuplicate: (key, archive) => refused.has(key.sopInstanceUid) || honest.isDuplicate(key, archive),
      },
    };
  },
});
