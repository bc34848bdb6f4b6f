import type { Dataset } from "../../fixtures/reference-server/archive/archive.ts";
import type { Element } from "../../fixtures/reference-server/dicom/dataset-reader.ts";
import { tagOf } from "../../fixtures/wire/dictionary.ts";
import { fault } from "../proof/fault.ts";
import { honest, outcomeOf, shownLists, shownValues, withAttributes } from "../proof/spoil.ts";

fault("divides long texts at backslashes", {
  noticedBy: ["RETRIEVE-052"],
  behaviour: shownLists(["LT", "UT"], (values) => values.flatMap((value) => String(value).split("\\"))),
});

fault("joins several dates and times in one text", {
  noticedBy: ["RETRIEVE-052"],
  behaviour: shownLists(["DA", "DT", "TM"], (values) => [values.join("\\")]),
});

fault("takes away the blanks before a long text", {
  noticedBy: ["RETRIEVE-052"],
  behaviour: shownValues(["LT", "ST", "UT"], (value) => String(value).trimStart()),
});

fault("writes attribute tags among the values in lower case", {
  noticedBy: ["RETRIEVE-052", "RETRIEVE-048"],
  behaviour: shownValues(["AT"], (value) => String(value).toLowerCase()),
});

fault("shows the first of several values in items", {
  noticedBy: ["RETRIEVE-052"],
  behaviour: outcomeOf("shownMetadata", (dataset) =>
    withAttributes(dataset, ({ vr, Value }) =>
      vr === "SQ" && Value ? { vr, Value: Value.map((item) => firstValues(item as Dataset)) } : { vr, Value },
    ),
  ),
});

function firstValues(item: Dataset): Dataset {
  return withAttributes(item, ({ vr, Value }) => ({ vr, Value: vr === "SQ" ? Value : Value?.slice(0, 1) }));
}

const characterSet = tagOf("SpecificCharacterSet");

fault("takes every text for UTF-8", {
  noticedBy: ["RETRIEVE-060", "STORE-067"],
  behaviour: {
    readIfDicom: async (path) => {
      const file = await honest.readIfDicom(path);
      return file && { ...file, elements: inCharacterSet(file.elements, "ISO_IR 192") };
    },
  },
});

fault("forgets the character set in items", {
  noticedBy: ["RETRIEVE-060", "RETRIEVE-052", "STORE-079"],
  behaviour: {
    readIfDicom: async (path) => {
      const file = await honest.readIfDicom(path);
      return file && { ...file, elements: file.elements.map(withLatinItems) };
    },
  },
});

function inCharacterSet(elements: readonly Element[], term: string): Element[] {
  const value = Buffer.from(term);
  const others = elements.filter(({ tag }) => tag !== characterSet);
  return [{ tag: characterSet, vr: "CS", value, bigEndian: false }, ...others];
}

function withLatinItems(element: Element): Element {
  return { ...element, items: element.items?.map((item) => inCharacterSet(item, "ISO_IR 100")) };
}
