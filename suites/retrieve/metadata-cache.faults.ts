import { randomUUID } from "node:crypto";
import { fault } from "../proof/fault.ts";

fault("gives every answer an ETag of its own", {
  noticedBy: ["RETRIEVE-064", "RETRIEVE-065", "RETRIEVE-066", "RETRIEVE-067"],
  behaviour: { metadataETag: () => randomUUID() },
});

fault("never says that metadata is not modified", {
  noticedBy: ["RETRIEVE-065", "RETRIEVE-067"],
  behaviour: { isNotModified: () => false },
});

fault("looks for the ETag inside of If-None-Match", {
  noticedBy: ["RETRIEVE-066"],
  behaviour: { isNotModified: (ifNoneMatch, etag) => ifNoneMatch?.includes(etag) === true },
});

fault("makes the ETag of the first instance only", {
  noticedBy: ["RETRIEVE-067", "DELETE-015"],
  behaviour: { metadataETag: ([first]) => String(first?.watermark) },
});
