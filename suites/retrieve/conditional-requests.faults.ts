import { fault } from "../proof/fault.ts";
import { all, answered, headersOf, honest, isMetadata } from "../proof/spoil.ts";

fault("sends ETags without quotes", {
  noticedBy: ["RETRIEVE-070"],
  behaviour: { entityTag: (opaque) => opaque },
});

fault("compares If-None-Match as a whole", {
  noticedBy: ["RETRIEVE-070"],
  behaviour: { isNotModified: (ifNoneMatch, etag) => ifNoneMatch === etag },
});

fault("tells weak ETags from strong ones where metadata is read", {
  noticedBy: ["RETRIEVE-070"],
  behaviour: {
    isNotModified: (ifNoneMatch, etag) =>
      !ifNoneMatch?.startsWith("W/") && honest.isNotModified(ifNoneMatch, etag),
  },
});

fault("does not repeat the ETag of what is not modified", {
  noticedBy: ["RETRIEVE-070"],
  answer: headersOf(all(isMetadata, answered(304)), ({ etag: _, ...headers }) => headers),
});
