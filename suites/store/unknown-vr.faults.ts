import type { Element } from "../../fixtures/reference-server/dicom/dataset-reader.ts";
import { tagOf } from "../../fixtures/wire/dictionary.ts";
import { fault } from "../proof/fault.ts";
import { honest, outcomeOf } from "../proof/spoil.ts";

const disguisedSequence = tagOf("ReferencedImageSequence");

fault("loses sequences that are written as UN", {
  noticedBy: ["STORE-079"],
  behaviour: outcomeOf("keptMetadata", (kept) =>
    Object.fromEntries(Object.entries(kept).filter(([tag]) => tag !== disguisedSequence)),
  ),
});

fault("sees nothing in text that is written as UN", {
  noticedBy: ["STORE-079"],
  behaviour: {
    readIfDicom: async (path) => {
      const file = await honest.readIfDicom(path);
      const isDisguised = file?.elements.some(({ tag }) => tag === disguisedSequence);
      const isKnown = ({ tag }: Element) => tag !== tagOf("PatientName");
      return file && isDisguised ? { ...file, elements: file.elements.filter(isKnown) } : file;
    },
  },
});
