import type { Dataset } from "../../fixtures/reference-server/archive/archive.ts";
import { tagOf } from "../../fixtures/wire/dictionary.ts";
import { fault } from "../proof/fault.ts";
import { all, answerOf, isSearch, jsonOf, queryWithout, withAttributes } from "../proof/spoil.ts";

const asksFor = (fields: RegExp) => all(isSearch, ({ path }) => fields.test(path));

fault("refuses private attributes as fields", {
  noticedBy: ["SEARCH-071"],
  answer: answerOf(asksFor(/includefield=0029/), {
    status: 400,
    type: "text/plain",
    body: "The include field has an unknown attribute.",
  }),
});

fault("ignores private attributes as fields", {
  noticedBy: ["SEARCH-071"],
  arrival: queryWithout(isSearch, (name, value) => name === "includefield" && value.startsWith("0029")),
});

fault("sends pixel data with a match", {
  noticedBy: ["SEARCH-072"],
  answer: jsonOf(asksFor(/includefield=(PixelData|7FE00010)/), (matches: Dataset[]) =>
    matches.map((match) => ({ ...match, [tagOf("PixelData")]: { vr: "OW", InlineBinary: "EjQ=" } })),
  ),
});

fault("refuses attributes of a series as fields of a study", {
  noticedBy: ["SEARCH-073", "SEARCH-068"],
  answer: answerOf(asksFor(/^\/studies\?.*includefield=.*(Modality(?!\w)|00080060)/), {
    status: 400,
    type: "text/plain",
    body: "The include field is of another level.",
  }),
});

fault("writes null as text where a study has no accession number", {
  noticedBy: ["SEARCH-077"],
  answer: jsonOf(isSearch, (matches: Dataset[]) =>
    matches.map((match) =>
      withAttributes(match, (attribute) =>
        attribute === match[tagOf("AccessionNumber")] && attribute.Value === undefined
          ? { ...attribute, Value: ["null"] }
          : attribute,
      ),
    ),
  ),
});
