import { readFileSync, statSync, truncateSync } from "node:fs";
import { appendFile } from "node:fs/promises";
import type { Attribute } from "../../fixtures/reference-server/archive/archive.ts";
import { ServiceError } from "../../fixtures/reference-server/http/service-error.ts";
import { storeBehaviour } from "../../fixtures/reference-server/store/routes.ts";
import { fault } from "../proof/fault.ts";
import { rewritten } from "../proof/rewritten.ts";
import { changeResult, isStore } from "../proof/store-results.ts";

fault("passes over parts without bytes", {
  noticedBy: ["STORE-052", "STORE-053", "STORE-070"],
  behaviour: { countedParts: (parts) => parts.filter(({ path }) => statSync(path).size > 0) },
});

fault("takes a part without Content-Type for text, as RFC 2046 does elsewhere", {
  noticedBy: ["STORE-054"],
  behaviour: { partMediaType: (stated) => stated ?? "text/plain" },
});

fault("passes over parts that do not say what they are, but for the first", {
  noticedBy: ["STORE-055"],
  behaviour: {
    countedParts: (parts) =>
      parts.filter(({ headers }, index) => index === 0 || headers["content-type"] !== undefined),
  },
});

fault("keeps silent about nameless and unreadable parts beside good ones", {
  noticedBy: ["STORE-010", "STORE-013", "STORE-018", "STORE-022", "STORE-053", "STORE-055"],
  behaviour: {
    partMediaType: (stated, type) => stated ?? type,
    countedParts: (parts) => {
      const nameless = parts.slice(1).filter(({ headers }) => headers["content-type"] === undefined);
      nameless.forEach(({ path }) => {
        truncateSync(path);
      });
      return parts;
    },
  },
  answer: changeResult(({ "00081198": failed, ...result }) =>
    result["00081199"] ? result : { ...result, "00081198": failed },
  ),
});

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

fault("takes every part for a DICOM file, whatever it says", {
  noticedBy: ["STORE-056"],
  behaviour: { partMediaType: () => "application/dicom" },
});

fault("stores what it then refuses as JSON", {
  noticedBy: ["STORE-056"],
  behaviour: {
    partMediaType: (stated, type, index) =>
      type === "application/dicom+json"
        ? type.slice(0, -5)
        : storeBehaviour.partMediaType(stated, type, index),
  },
  answer: (answer, request) => {
    if (isStore(request) && request.headers["content-type"]?.includes("dicom+json")) {
      answer.status = 415;
      answer.body = Buffer.alloc(0);
    }
  },
});

fault("fails with 500 on a start parameter", {
  noticedBy: ["STORE-057"],
  answer: (answer, request) => {
    if (isStore(request) && request.headers["content-type"]?.includes("start=")) {
      answer.status = 500;
    }
  },
});

fault("answers 200 to part headers that it cannot read", {
  noticedBy: ["STORE-057"],
  answer: (answer, request) => {
    if (isStore(request) && answer.status === 400 && answer.body.includes("no colon")) {
      answer.status = 200;
    }
  },
});

fault("passes over parts with a header that it does not know", {
  noticedBy: ["STORE-058"],
  behaviour: { countedParts: (parts) => parts.filter(({ headers }) => headers["x-foo"] === undefined) },
});

fault("takes the end of the body for the end of a part", {
  noticedBy: ["STORE-059"],
  behaviour: { endsPart: () => true },
});

fault("trims line breaks from the end of a part", {
  noticedBy: ["STORE-060"],
  behaviour: {
    countedParts: (parts) => {
      for (const { path } of parts) {
        const bytes = readFileSync(path);
        if (bytes.subarray(-2).toString() === "\r\n") {
          truncateSync(path, bytes.length - 2);
        }
      }
      return parts;
    },
  },
});

fault("does not take chunked requests", {
  noticedBy: ["STORE-073"],
  arrival: (request) =>
    isStore(request) && request.headers["transfer-encoding"] === "chunked"
      ? { headers: { ...request.headers, "content-type": "text/plain" } }
      : undefined,
});

/** Study Date by Study Instance UID. */
const firstDates = new Map<string, Attribute>();

fault("writes 0 for what is not a number", {
  noticedBy: ["STORE-062"],
  behaviour: { coerceFile: rewritten(/\0{6}\xf8\x7f/, "\0".repeat(8)) },
});

fault("writes numbers in text anew", {
  noticedBy: ["STORE-062"],
  behaviour: { coerceFile: rewritten(/-1\.0E\+2\\/, "-100.00\\") },
});

fault("writes its own name into the preamble of videos", {
  noticedBy: ["STORE-064"],
  behaviour: {
    coerceFile: rewritten(
      /^\0{16}(?=\0{112}DICM.{1,200}1\.2\.840\.10008\.1\.2\.4\.102\0)/s,
      "REFERENCE SERVER",
    ),
  },
});

fault("clears the prefix together with the preamble", {
  noticedBy: ["STORE-063"],
  behaviour: { coerceFile: rewritten(/^[^\0].{127}DICM/s, "\0".repeat(132)) },
});

fault("clears the first letter of a preamble", {
  noticedBy: ["STORE-063"],
  behaviour: { coerceFile: rewritten(/^[^\0]/, "\0") },
});

fault("calls HTJ2K plain JPEG 2000", {
  noticedBy: ["STORE-064"],
  behaviour: { coerceFile: rewritten(/1\.2\.840\.10008\.1\.2\.4\.201\0/, "1.2.840.10008.1.2.4.90\0\0") },
});

fault("blanks private attributes without creator in the file", {
  noticedBy: ["STORE-065"],
  behaviour: { coerceFile: rewritten(/Private Tag/, " ".repeat(11)) },
});

fault("shows a private attribute of unknown VR", {
  noticedBy: ["STORE-065"],
  behaviour: {
    keptMetadata: (metadata, warnings) => ({
      ...storeBehaviour.keptMetadata(metadata, warnings),
      ...(metadata["00091001"] && { "00091002": { vr: "UN" } }),
    }),
  },
});

fault("leaves empty values out of Image Type", {
  noticedBy: ["STORE-066"],
  behaviour: {
    keptMetadata: (metadata, warnings) => {
      const kept = storeBehaviour.keptMetadata(metadata, warnings);
      const values = kept["00080008"]?.Value?.filter((value) => value !== null);
      return values ? { ...kept, "00080008": { vr: "CS", Value: values } } : kept;
    },
  },
});

fault("loses the groups of a name that are written with escape sequences", {
  noticedBy: ["STORE-067"],
  behaviour: {
    keptMetadata: (metadata, warnings) => {
      const kept = storeBehaviour.keptMetadata(metadata, warnings);
      const [name] = (kept["00100010"]?.Value ?? []) as { Alphabetic?: string }[];
      return kept["00080005"]?.Value?.includes("ISO 2022 IR 87")
        ? { ...kept, "00100010": { vr: "PN", Value: [{ Alphabetic: name?.Alphabetic }] } }
        : kept;
    },
  },
});

fault("overwrites a study date with that of the study's first instance", {
  noticedBy: ["STORE-068"],
  behaviour: {
    keptMetadata: (metadata, warnings) => {
      const kept = storeBehaviour.keptMetadata(metadata, warnings);
      const study = String(kept["0020000D"]?.Value);
      const date = firstDates.get(study) ?? kept["00080020"];
      if (date === undefined || kept["00080020"] === undefined) {
        return kept;
      }
      firstDates.set(study, date);
      return { ...kept, "00080020": date };
    },
  },
});

fault("shows the values of the instance with the latest Study Date, whenever it was stored", {
  noticedBy: ["STORE-068"],
  behaviour: {
    winningInstance: (instances, hasValue) => {
      const dateOf = ({ metadata }: (typeof instances)[number]) => String(metadata["00080020"]?.Value ?? "");
      return instances
        .filter(hasValue)
        .toSorted((a, b) => dateOf(a).localeCompare(dateOf(b)))
        .at(-1);
    },
  },
});

fault("pads a file that breaks off in its pixel data", {
  noticedBy: ["STORE-071"],
  behaviour: {
    readIfDicom: async (path) => {
      const file = await storeBehaviour.readIfDicom(path);
      if (file !== undefined) {
        return file;
      }
      await appendFile(path, Buffer.alloc(3_000));
      return await storeBehaviour.readIfDicom(path);
    },
  },
});
