import { firstValue } from "../../fixtures/reference-server/dicom/dicom-json.ts";
import { tagOf } from "../../fixtures/wire/dictionary.ts";
import { fault } from "../proof/fault.ts";
import {
  all,
  answered,
  answerOf,
  header,
  headersOf,
  headerTo,
  honest,
  isMetadata,
  not,
  statusOf,
} from "../proof/spoil.ts";

fault("describes the first series of a study only", {
  noticedBy: ["RETRIEVE-048"],
  behaviour: {
    metadataText: (datasets, path) => {
      const series = datasets.map((dataset) => firstValue(dataset, tagOf("SeriesInstanceUID")));
      const ofFirst = datasets.filter((_, index) => series[index] === series[0]);
      return honest.metadataText(ofFirst, path);
    },
  },
});

fault("describes no more than twenty instances", {
  noticedBy: ["RETRIEVE-048"],
  behaviour: { metadataText: (datasets, path) => honest.metadataText(datasets.slice(0, 20), path) },
});

fault("compares the Accept header of metadata as a whole", {
  noticedBy: ["RETRIEVE-049"],
  arrival: headerTo(
    all(isMetadata, not(header("accept", /^application\/dicom\+json$/))),
    "accept",
    "text/html",
  ),
});

fault("sends metadata whatever the client takes", {
  noticedBy: ["RETRIEVE-050", "RETRIEVE-021"],
  arrival: headerTo(isMetadata, "accept", "application/dicom+json"),
});

fault("looks at If-None-Match before it looks at Accept", {
  noticedBy: ["RETRIEVE-050"],
  answer: answerOf(all(isMetadata, header("if-none-match", /./), answered(406)), { status: 304, body: "" }),
});

fault("looks at UIDs before it looks at the Accept header of metadata", {
  noticedBy: ["RETRIEVE-050"],
  answer: statusOf(
    all(isMetadata, ({ path }) => /\/[^/]*[a-f-][^/]*\/metadata$/.test(path), answered(406)),
    400,
  ),
});

fault("gives what is not there an ETag", {
  noticedBy: ["RETRIEVE-063"],
  answer: headersOf(all(isMetadata, answered(404)), (headers) => ({ ...headers, etag: "0" })),
});
