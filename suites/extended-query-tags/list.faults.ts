import { tagOf } from "../../fixtures/reference-server/dicom/dictionary.ts";
import { builtInAttribute } from "../../fixtures/reference-server/search/attributes.ts";
import { fault } from "../proof/fault.ts";
import { all, answered, queryWithout, type Route, route, statusOf, textOf } from "../proof/spoil.ts";

const isBuiltInTag: Route = ({ path }) =>
  builtInAttribute(tagOf(path.replace("/extendedquerytags/", "")) ?? "") !== undefined;

fault("shows a count of no errors", {
  noticedBy: ["TAGS-024"],
  behaviour: { showsErrorCount: () => true },
});

fault("overlooks the offset of the tag list", {
  noticedBy: ["TAGS-025"],
  arrival: queryWithout(route("GET", /^\/extendedquerytags\?/), (name) => name === "offset"),
});

fault("answers 200 for core attributes as for extended query tags", {
  noticedBy: ["TAGS-027", "TAGS-016"],
  answer: statusOf(all(route("GET", /^\/extendedquerytags\//), isBuiltInTag, answered(404)), 200),
});

fault("says ready while the re-index runs", {
  noticedBy: ["TAGS-028"],
  behaviour: { reindexDelay: () => 1_000 },
  answer: textOf(route("GET", /^\/extendedquerytags\//), (text) =>
    text.replace('"status":"adding"', '"status":"ready"'),
  ),
});

fault("says that a tag is disabled while its re-index runs", {
  noticedBy: ["TAGS-028"],
  behaviour: { reindexDelay: () => 1_000 },
  answer: textOf(route("GET", /^\/extendedquerytags\//), (text) =>
    text.replace('"status":"adding","queryStatus":"enabled"', '"status":"adding","queryStatus":"disabled"'),
  ),
});
