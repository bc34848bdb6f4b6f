import { randomUUID } from "node:crypto";
import { fault } from "../proof/fault.ts";
import { failsAfter } from "../proof/remember.ts";
import { all, answered, headersOf, isFile, isMetadata } from "../proof/spoil.ts";

fault("gives every answer an ETag of its own", {
  noticedBy: [
    "RETRIEVE-064",
    "RETRIEVE-065",
    "RETRIEVE-066",
    "RETRIEVE-067",
    "RETRIEVE-015",
    "RETRIEVE-070",
    "RETRIEVE-069",
  ],
  behaviour: { metadataETag: () => randomUUID() },
});

fault("never says that metadata is not modified", {
  noticedBy: ["RETRIEVE-065", "RETRIEVE-067", "RETRIEVE-070", "RETRIEVE-069"],
  behaviour: { isNotModified: () => false },
});

fault("looks for the ETag inside of If-None-Match", {
  noticedBy: ["RETRIEVE-066", "RETRIEVE-070"],
  behaviour: { isNotModified: (ifNoneMatch, etag) => ifNoneMatch?.includes(etag.slice(1, -1)) === true },
});

fault("makes the ETag of the first instance only", {
  noticedBy: ["RETRIEVE-067", "DELETE-015", "RETRIEVE-068"],
  behaviour: { metadataETag: ([first]) => String(first?.watermark) },
});

fault("makes the ETag of how many instances there are", {
  noticedBy: ["RETRIEVE-066"],
  behaviour: { metadataETag: ({ length }) => `${length}` },
});

fault("gives metadata no ETag", {
  noticedBy: ["RETRIEVE-064", "RETRIEVE-065", "RETRIEVE-066", "RETRIEVE-067"],
  answer: headersOf(isMetadata, ({ etag: _, ...headers }) => headers),
});

fault("gives all metadata one ETag, and sends it anew all the same", {
  noticedBy: [
    "RETRIEVE-067",
    "DELETE-015",
    "DELETE-028",
    "RETRIEVE-065",
    "RETRIEVE-068",
    "RETRIEVE-069",
    "RETRIEVE-071",
  ],
  behaviour: { metadataETag: () => "1", isNotModified: () => false },
});

fault("describes a study once only", {
  noticedBy: [
    "RETRIEVE-064",
    "DELETE-015",
    "DELETE-018",
    "DELETE-028",
    "RETRIEVE-048",
    "RETRIEVE-049",
    "RETRIEVE-050",
    "RETRIEVE-057",
    "RETRIEVE-059",
    "RETRIEVE-061",
    "RETRIEVE-062",
    "RETRIEVE-063",
    "RETRIEVE-065",
    "RETRIEVE-066",
    "RETRIEVE-067",
    "RETRIEVE-068",
    "RETRIEVE-069",
    "RETRIEVE-071",
    "RETRIEVE-096",
    "STORE-019",
    "STORE-038",
    "STORE-068",
    "TAGS-029",
  ],
  perServer: failsAfter(all(isMetadata, answered(200)), isMetadata),
});

fault("delivers no file of a study any more once it has described it", {
  noticedBy: [
    "RETRIEVE-064",
    "DELETE-018",
    "RETRIEVE-059",
    "RETRIEVE-061",
    "RETRIEVE-062",
    "RETRIEVE-096",
    "STORE-019",
    "STORE-038",
    "STORE-068",
  ],
  perServer: failsAfter(all(isMetadata, answered(200)), isFile),
});
