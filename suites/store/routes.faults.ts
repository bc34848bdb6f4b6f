import { readFileSync, writeFileSync } from "node:fs";
import type { ReceivedPart } from "../../fixtures/reference-server/http/multipart-reader.ts";
import { ServiceError } from "../../fixtures/reference-server/http/service-error.ts";
import { storeBehaviour } from "../../fixtures/reference-server/store/routes.ts";
import { fault } from "../proof/fault.ts";
import { isStore } from "../proof/store-results.ts";

fault("answers a store below an unknown version with 200", {
  noticedBy: ["STORE-006"],
  answer: (answer, { method, version }) => {
    if (method === "POST" && /^v\d\d$/.test(version)) {
      answer.status = 200;
    }
  },
});

fault("names the supported versions in answers to other requests than stores only", {
  noticedBy: ["STORE-006"],
  answer: (answer, request) => {
    if (isStore(request)) {
      delete answer.headers["api-supported-versions"];
    }
  },
});

fault("stores what is patched", {
  noticedBy: ["STORE-007"],
  arrival: ({ method }) => (method === "PATCH" ? { method: "POST" } : undefined),
});

fault("stores what is posted to the instances of a series", {
  noticedBy: ["STORE-007"],
  arrival: ({ method, path }) =>
    method === "POST" && /\/series\/[^/]+\/instances$/.test(path) ? { path: "/studies" } : undefined,
});

fault("confirms what is put, and stores nothing", {
  noticedBy: ["STORE-007"],
  answer: (answer, { method }) => {
    if (method === "PUT") {
      answer.status = 200;
    }
  },
});

fault("lists the findings on the instance before in the item of a clean one", {
  noticedBy: ["STORE-011", "STORE-035"],
  behaviour: {
    confirmedItem: (outcome, api, all) => {
      const before = all[all.indexOf(outcome) - 1];
      const { warnings } = outcome.warnings.length > 0 ? outcome : (before ?? outcome);
      return storeBehaviour.confirmedItem({ ...outcome, warnings }, api, all);
    },
  },
});

fault("gives all failed instances the reason of the first", {
  noticedBy: ["STORE-022"],
  behaviour: {
    failedItem: (outcome, all) =>
      storeBehaviour.failedItem({ ...outcome, reason: all[0]?.reason ?? outcome.reason }, all),
  },
});

fault("answers a store without Accept header in HTML", {
  noticedBy: ["STORE-043"],
  arrival: (request) =>
    isStore(request) && !request.headers.accept
      ? { headers: { ...request.headers, accept: anything } }
      : undefined,
  answer: (answer, request) => {
    if (isStore(request) && request.headers.accept === anything) {
      answer.headers["content-type"] = "text/html";
    }
  },
});

fault("reads an unquoted type up to its slash and finds no boundary, so no parts", {
  noticedBy: ["STORE-047"],
  answer: (answer, request) => {
    if (isStore(request) && request.headers["content-type"]?.includes("type=application/dicom")) {
      Object.assign(answer, { status: 204, body: Buffer.alloc(0) });
    }
  },
});

fault("passes over parts whose media type has parameters", {
  noticedBy: ["STORE-049"],
  behaviour: {
    countedParts: (parts) => parts.filter(({ headers }) => !headers["content-type"]?.includes(";")),
  },
});

fault("believes the header of a part over the file meta information", {
  noticedBy: ["STORE-049"],
  behaviour: {
    countedParts: (parts) => {
      parts.forEach(relabel);
      return parts;
    },
  },
});

fault("shows its stack when it refuses a store", {
  noticedBy: ["STORE-050"],
  answer: (answer, request) => {
    if (isStore(request) && answer.status === 400) {
      answer.body = Buffer.from("Bad request\n   at Store.Validate(Request request)\n");
    }
  },
});

fault("fails with 500 on two faults at once", {
  noticedBy: ["STORE-050"],
  answer: (answer, request) => {
    if (isStore(request) && answer.status === 406 && /\/1{70}$/.test(request.path)) {
      answer.status = 500;
    }
  },
});

fault("fails with 500 on a file that begins with its file meta information", {
  noticedBy: ["STORE-072"],
  behaviour: {
    readIfDicom: async (path) => {
      if (
        readFileSync(path)
          .subarray(0, 2)
          .equals(Buffer.from([2, 0]))
      ) {
        throw new ServiceError(500, "The file has no preamble.");
      }
      return storeBehaviour.readIfDicom(path);
    },
  },
});

fault("takes a bare dataset for a file, and loses its last element", {
  noticedBy: ["STORE-072"],
  behaviour: {
    readIfDicom: async (path) => {
      const bytes = readFileSync(path);
      if (bytes.subarray(0, 2).equals(Buffer.from([8, 0]))) {
        writeFileSync(path, Buffer.concat([headOfFile, bytes.subarray(0, -lastElementLength)]));
      }
      return storeBehaviour.readIfDicom(path);
    },
  },
});

fault("files an instance under the transfer syntax that its part names", {
  noticedBy: ["STORE-049"],
  behaviour: {
    countedParts: (parts) => {
      for (const { headers, path } of parts) {
        const [, syntax] = /transfer-syntax=([0-9.]+)$/.exec(headers["content-type"] ?? "") ?? [];
        if (syntax !== undefined) {
          statedSyntaxes.set(path, syntax);
        }
      }
      return parts;
    },
    readIfDicom: async (path) => {
      const file = await storeBehaviour.readIfDicom(path);
      return file && { ...file, transferSyntaxUid: statedSyntaxes.get(path) ?? file.transferSyntaxUid };
    },
  },
});

/** Preamble, prefix, and explicit VR little endian as Transfer Syntax UID. */
const headOfFile = Buffer.concat([
  Buffer.alloc(128),
  Buffer.from("DICM\x02\0\x10\0UI\x14\x001.2.840.10008.1.2.1\0", "latin1"),
]);
/** Bits Allocated, in explicit VR. */
const lastElementLength = 10;

/** Transfer Syntax UID by the path of a file. */
const statedSyntaxes = new Map<string, string>();

const anything = "*/*; for=nobody";

/** Writes the transfer syntax that the header of a part names into its file, where it fits. */
function relabel({ headers, path }: ReceivedPart) {
  const [, syntax] = /transfer-syntax=([0-9.]{19})$/.exec(headers["content-type"] ?? "") ?? [];
  if (syntax !== undefined) {
    const file = readFileSync(path, "latin1");
    writeFileSync(path, file.replace("1.2.840.10008.1.2.1\0", `${syntax}\0`), "latin1");
  }
}
