import { fault } from "../proof/fault.ts";
import { honest } from "../proof/spoil.ts";

fault("lets v2 have the limits of v1", {
  noticedBy: ["CHANGEFEED-018"],
  behaviour: { changeLimitRange: () => honest.changeLimitRange("v1") },
});

fault("rounds the v2 offset down to whole pages", {
  noticedBy: ["CHANGEFEED-019"],
  behaviour: {
    changePage: (changes, offset, limit) => honest.changePage(changes, offset - (offset % limit), limit),
  },
});

fault("reads v2 offsets as 32 bit numbers", {
  noticedBy: ["CHANGEFEED-020"],
  behaviour: {
    changePage: (changes, offset, limit) => honest.changePage(changes, offset % 2 ** 32, limit),
  },
});
