import { readFileSync, writeFileSync } from "node:fs";
import type { ReceivedPart } from "../../fixtures/reference-server/http/multipart-reader.ts";
import { ServiceError } from "../../fixtures/reference-server/http/service-error.ts";
import { fault } from "../proof/fault.ts";
import {
  all,
  answered,
  answerOf,
  header,
  headerTo,
  honest,
  isStore,
  isStoreOf,
  statusOf,
} from "../proof/spoil.ts";

const isStoreOfAnything = all(isStore, header("accept", /^$/));
const asUnreadable = "multipart/related";

fault("answers a store without Accept header in HTML", {
  noticedBy: ["STORE-043"],
  arrival: headerTo(isStoreOfAnything, "accept", "*/*"),
  answer: answerOf(isStoreOfAnything, { type: "text/html" }),
});

fault("reads an unquoted type up to its slash and finds no boundary, so no parts", {
  noticedBy: ["STORE-047"],
  answer: answerOf(isStoreOf(/type=application\/dicom/), {
    status: 204,
    body: "",
  }),
});

fault("knows the parameters of multipart/related in one order only", {
  noticedBy: ["STORE-048"],
  arrival: headerTo(isStoreOf(/^multipart\/related; *boundary=[^;]*; *type=/), "content-type", asUnreadable),
});

fault("knows letters, digits and hyphens only in a quoted boundary", {
  noticedBy: ["STORE-048"],
  arrival: headerTo(isStoreOf(/boundary="[^"]*[^A-Za-z0-9"-]/), "content-type", asUnreadable),
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
      for (const part of parts) {
        const file = readFileSync(part.path, "latin1");
        const syntax = statedSyntax(part) ?? "";
        // As long as the one in the file: lengths of elements stay right.
        if (syntax.length === "1.2.840.10008.1.2.1".length) {
          writeFileSync(part.path, file.replace("1.2.840.10008.1.2.1\0", `${syntax}\0`), "latin1");
        }
      }
      return parts;
    },
  },
});

fault("files an instance under the transfer syntax that its part names", {
  noticedBy: ["STORE-049"],
  perServer: () => {
    const syntaxes = new Map<string, string | undefined>();
    return {
      behaviour: {
        countedParts: (parts) => {
          for (const part of parts) {
            syntaxes.set(part.path, statedSyntax(part));
          }
          return parts;
        },
        readIfDicom: async (path) => {
          const file = await honest.readIfDicom(path);
          return file && { ...file, transferSyntaxUid: syntaxes.get(path) ?? file.transferSyntaxUid };
        },
      },
    };
  },
});

fault("says in a result dataset why the Accept header was refused", {
  noticedBy: ["STORE-050", "STORE-042"],
  answer: answerOf(all(isStore, answered(406)), {
    type: "application/dicom+json",
    body: '{"00081198":{"vr":"SQ","Value":[{"00081197":{"vr":"US","Value":[272]}}]}}',
  }),
});

fault("shows a traceback when it refuses a media type", {
  noticedBy: ["STORE-050"],
  answer: answerOf(all(isStore, answered(415)), {
    body: 'Traceback (most recent call last):\n  File "store.py", line 12, in post\n',
  }),
});

fault("shows its stack when it answers a store with 400", {
  noticedBy: ["STORE-050"],
  answer: answerOf(all(isStore, answered(400)), {
    body: "Bad request\n   at Store.Validate(Request request)\n",
  }),
});

fault("fails with 500 on a wrong Accept header and a study UID that is too long at once", {
  noticedBy: ["STORE-050"],
  answer: statusOf(
    all(isStore, answered(406), ({ path }) => /\/.{65,}$/.test(path)),
    500,
  ),
});

fault("fails with 500 on a file that begins with its file meta information", {
  noticedBy: ["STORE-072"],
  behaviour: {
    readIfDicom: async (path) => {
      if (startsWith(path, 2, 0)) {
        throw new ServiceError(500, "The file has no preamble.");
      }
      return honest.readIfDicom(path);
    },
  },
});

fault("takes a bare dataset for a file, and loses its last element", {
  noticedBy: ["STORE-072"],
  behaviour: {
    readIfDicom: async (path) => {
      if (startsWith(path, 8, 0)) {
        const elements = readFileSync(path).subarray(0, -lastElementLength);
        writeFileSync(path, Buffer.concat([headOfFile, elements]));
      }
      return honest.readIfDicom(path);
    },
  },
});

/** Preamble, prefix, and explicit VR little endian as Transfer Syntax UID. */
const headOfFile = Buffer.concat([
  Buffer.alloc(128),
  Buffer.from("DICM\x02\0\x10\0UI\x14\x001.2.840.10008.1.2.1\0", "latin1"),
]);
/** The pixel of a minimal instance, in explicit VR. */
const lastElementLength = 14;

function startsWith(path: string, ...bytes: number[]): boolean {
  return readFileSync(path).subarray(0, bytes.length).equals(Buffer.from(bytes));
}

function statedSyntax({ headers }: ReceivedPart): string | undefined {
  return /transfer-syntax=([0-9.]+)$/.exec(headers["content-type"] ?? "")?.[1];
}
