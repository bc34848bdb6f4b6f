import { randomUUID } from "node:crypto";
import { fault } from "../proof/fault.ts";

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
