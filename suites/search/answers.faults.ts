import type { Dataset } from "../../fixtures/reference-server/archive/archive.ts";
import { fault } from "../proof/fault.ts";
import {
  all,
  answered,
  answerOf,
  header,
  headerTo,
  isSearch,
  jsonOf,
  not,
  route,
  withAttributes,
} from "../proof/spoil.ts";

fault("writes matches in Latin-1 where they fit", {
  noticedBy: ["SEARCH-008", "SEARCH-010", "SEARCH-039"],
  answer: (answer, request) => {
    const encoding = /^[\0-\xff]*$/.test(answer.body.toString()) ? "latin1" : "utf8";
    answer.body = isSearch(request) ? Buffer.from(answer.body.toString(), encoding) : answer.body;
  },
});

fault("writes an empty text where an attribute has no value", {
  noticedBy: ["SEARCH-009", "SEARCH-077"],
  answer: jsonOf(isSearch, (matches: Dataset[]) =>
    matches.map((match) => withAttributes(match, (attribute) => ({ Value: [""], ...attribute }))),
  ),
});

fault("answers 200 with an empty list where no series matches a UID", {
  noticedBy: ["SEARCH-011"],
  answer: answerOf(all(route("GET", /^\/series\?SeriesInstanceUID=/), answered(204)), {
    status: 200,
    type: "application/dicom+json",
    body: "[]",
  }),
});

fault("knows application/dicom+json in one spelling and alone", {
  noticedBy: ["SEARCH-014"],
  arrival: headerTo(
    all(isSearch, not(header("accept", /^(application\/dicom\+json)?$/))),
    "accept",
    "image/png",
  ),
});

fault("ignores the Accept header of a search", {
  noticedBy: ["SEARCH-015"],
  arrival: headerTo(isSearch, "accept", "application/dicom+json"),
});
