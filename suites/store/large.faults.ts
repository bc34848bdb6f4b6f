import { open } from "node:fs/promises";
import { fault } from "../proof/fault.ts";
import { all, isStore, says, statusOf } from "../proof/spoil.ts";

fault("spoils a byte of large files", {
  noticedBy: ["STORE-061", "STORE-069", "STORE-073", "STORE-078", "RETRIEVE-005"],
  behaviour: {
    coerceFile: async (path) => {
      const file = await open(path, "r+");
      try {
        const { size } = await file.stat();
        if (size > 1_000_000) {
          await file.write(Buffer.from([0xff]), 0, 1, size - 1);
        }
      } finally {
        await file.close();
      }
    },
  },
});

fault("takes no request above the default limit of its framework", {
  noticedBy: ["STORE-061", "STORE-004", "STORE-069", "STORE-073", "STORE-078"],
  behaviour: { largestUpload: () => 1024 * 1024 },
});

fault("fails with 500 on a store that is too large", {
  noticedBy: ["STORE-069"],
  answer: statusOf(all(isStore, says("The request has more than")), 500),
});
