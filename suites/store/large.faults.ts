import { open } from "node:fs/promises";
import { fault } from "../proof/fault.ts";

fault("spoils a byte of large files", {
  noticedBy: ["STORE-061", "STORE-069", "STORE-073"],
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
  noticedBy: ["STORE-061", "STORE-004", "STORE-069", "STORE-073"],
  behaviour: { largestUpload: () => 1024 * 1024 },
});
