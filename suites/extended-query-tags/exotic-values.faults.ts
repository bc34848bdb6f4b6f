import type { Archive } from "../../fixtures/reference-server/archive/archive.ts";
import { fault } from "../proof/fault.ts";
import { isHardToRead } from "../proof/hard-instances.ts";
import { honest } from "../proof/spoil.ts";

fault("ends a re-index as failed for one instance that it cannot read", {
  noticedBy: ["TAGS-052"],
  perServer: () => {
    const archives = new Set<Archive>();
    return {
      behaviour: {
        isDuplicate: (key, archive) => {
          archives.add(archive);
          return honest.isDuplicate(key, archive);
        },
        operationStatus: (operation, api) =>
          [...archives].some((archive) => archive.instances().some(isHardToRead))
            ? "failed"
            : honest.operationStatus(operation, api),
      },
    };
  },
});
