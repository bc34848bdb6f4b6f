import { fault } from "../proof/fault.ts";

fault("keeps the first latest entry for ever", {
  noticedBy: ["CHANGEFEED-002"],
  behaviour: { latestChange: (changes) => changes[0] },
});
