import { fault } from "../proof/fault.ts";
import { honest } from "../proof/spoil.ts";

fault("takes the v1 offset for the first sequence number of the window", {
  noticedBy: ["CHANGEFEED-012"],
  behaviour: {
    isInSequenceWindow: (sequence, offset, limit) => sequence >= offset && sequence <= offset + limit,
  },
});

fault("jumps over gaps in the sequence numbers, which it numbers by twos", {
  noticedBy: ["CHANGEFEED-013", "CHANGEFEED-011"],
  behaviour: {
    isInSequenceWindow: (sequence, offset, limit) => sequence > offset / 2 && sequence <= offset / 2 + limit,
    changeFeedEntry: (change, metadata) =>
      honest.changeFeedEntry({ ...change, sequence: 2 * change.sequence }, metadata),
  },
});

fault("lets v1 have the limits of v2", {
  noticedBy: ["CHANGEFEED-014", "CHANGEFEED-011", "CHANGEFEED-033"],
  behaviour: { changeLimitRange: () => honest.changeLimitRange("v2") },
});

fault("reads v1 offsets as 32 bit numbers", {
  noticedBy: ["CHANGEFEED-015"],
  behaviour: {
    isInSequenceWindow: (sequence, offset, limit) =>
      honest.isInSequenceWindow(sequence, offset % 2 ** 32, limit),
  },
});
