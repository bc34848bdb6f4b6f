import { readFileSync } from "node:fs";
import { ServiceError } from "../../fixtures/reference-server/http/service-error.ts";
import { fault } from "../proof/fault.ts";
import { all, header, isStoreOf, statusOf } from "../proof/spoil.ts";

fault("fails with 500 on a part of nothing but zeros", {
  noticedBy: ["STORE-070"],
  behaviour: {
    countedParts: (parts) => {
      for (const { path } of parts) {
        const bytes = readFileSync(path);
        if (bytes.length > 0 && bytes.every((byte) => byte === 0)) {
          throw new ServiceError(500, "There is no attribute in this part.");
        }
      }
      return parts;
    },
  },
});

fault("fails with 500 on a file shorter than a preamble and its prefix", {
  noticedBy: ["STORE-070"],
  answer: statusOf(
    all(isStoreOf(/^application\/dicom/), header("content-length", /^(\d\d?|1[0-2]\d|13[01])$/)),
    500,
  ),
});
