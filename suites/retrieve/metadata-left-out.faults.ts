import { implicitLittleEndian } from "../../fixtures/reference-server/dicom/transfer-syntaxes.ts";
import { tagOf } from "../../fixtures/wire/dictionary.ts";
import { fault } from "../proof/fault.ts";
import { bytesOf, outcomeOf, shownValues } from "../proof/spoil.ts";

const privateTag = /^.{3}[13579BDF]/;

fault("leaves private attributes out of the metadata", {
  noticedBy: ["RETRIEVE-059"],
  behaviour: outcomeOf("shownMetadata", (dataset) =>
    Object.fromEntries(Object.entries(dataset).filter(([tag]) => !privateTag.test(tag))),
  ),
});

fault("shows private attributes of unknown VR as text", {
  noticedBy: ["RETRIEVE-059"],
  behaviour: outcomeOf("shownMetadata", (dataset, { transferSyntaxUid }) =>
    transferSyntaxUid === implicitLittleEndian && dataset["00090010"]
      ? { ...dataset, "00091001": { vr: "LO", Value: ["in private"] } }
      : dataset,
  ),
});

fault("cuts values at a NUL", {
  noticedBy: ["RETRIEVE-061"],
  behaviour: shownValues(["CS"], (value) => String(value ?? "").replace(/\0.*/s, "")),
});

fault("takes invalid dates out of the file", {
  noticedBy: ["RETRIEVE-062"],
  behaviour: { coerceFile: bytesOf(/NotAValidStudyDate/, " ".repeat(18)) },
});

fault("writes private text anew", {
  noticedBy: ["RETRIEVE-059"],
  behaviour: { coerceFile: bytesOf(/in private/, "IN PRIVATE") },
});

fault("loses the birth date where the study date is invalid", {
  noticedBy: ["RETRIEVE-062"],
  behaviour: outcomeOf("keptMetadata", (kept) =>
    Object.fromEntries(
      Object.entries(kept).filter(([tag]) => tag !== tagOf("PatientBirthDate") || kept[tagOf("StudyDate")]),
    ),
  ),
});
