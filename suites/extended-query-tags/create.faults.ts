import { fault } from "../proof/fault.ts";
import { all, answered, headersOf, outcomeOf, route, textOf } from "../proof/spoil.ts";

const isRefusedBesideOther = all(route("POST", /^\/extendedquerytags$/), answered(409));

fault("does not say where the operation is", {
  noticedBy: ["TAGS-001", "OPERATION-005"],
  answer: headersOf(
    all(route("POST", /^\/extendedquerytags$/), answered(202)),
    ({ location: _, ...headers }) => headers,
  ),
});

fault("keeps the path of a tag as it was typed", {
  noticedBy: ["TAGS-003", "TAGS-018", "TAGS-024"],
  behaviour: outcomeOf("newQueryTag", (tag, { path }) => ({ ...tag, tag: path })),
});

fault("adds a tag a second time", {
  noticedBy: ["TAGS-018"],
  behaviour: { conflictsWith: () => false },
});

fault("runs two re-indexes at once", {
  noticedBy: ["TAGS-023"],
  behaviour: { startsBeside: () => true },
});

fault("does not point to the re-index that keeps it from adding a tag", {
  noticedBy: ["TAGS-023"],
  answer: headersOf(isRefusedBesideOther, ({ location: _, ...headers }) => headers),
});

fault("does not say which re-index keeps it from adding a tag", {
  noticedBy: ["TAGS-023"],
  answer: textOf(isRefusedBesideOther, () => "There is an active re-index already."),
});
