import { fault } from "../proof/fault.ts";
import { failToRead, isHardToRead } from "../proof/hard-instances.ts";
import { honest } from "../proof/spoil.ts";

fault("answers 503 to every page of the change feed with an instance that it cannot read", {
  noticedBy: ["CHANGEFEED-045"],
  behaviour: {
    changeFeedEntry: (change, metadata) =>
      metadata !== undefined && isHardToRead({ metadata })
        ? failToRead()
        : honest.changeFeedEntry(change, metadata),
  },
});
