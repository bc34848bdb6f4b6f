import { appendFile, copyFile } from "node:fs/promises";
import type { Attribute } from "../../fixtures/reference-server/archive/archive.ts";
import { tagOf } from "../../fixtures/wire/dictionary.ts";
import { fault } from "../proof/fault.ts";
import { bytesOf, honest, outcomeOf } from "../proof/spoil.ts";

fault("clears the prefix together with the preamble", {
  noticedBy: ["STORE-063"],
  behaviour: { clearPreamble: bytesOf(/^[^\0].{127}DICM/s, "\0".repeat(132)) },
});

fault("clears the first letter of a preamble", {
  noticedBy: ["STORE-063"],
  behaviour: { clearPreamble: bytesOf(/^[^\0]/, "\0") },
});

fault("writes its own name into the preamble of videos", {
  noticedBy: ["STORE-064"],
  behaviour: {
    coerceFile: bytesOf(
      /^\0{16}(?=\0{112}DICM.{1,200}1\.2\.840\.10008\.1\.2\.4\.102\0)/s,
      "REFERENCE SERVER",
    ),
  },
});

fault("calls HTJ2K plain JPEG 2000", {
  noticedBy: ["STORE-064"],
  behaviour: { coerceFile: bytesOf(/1\.2\.840\.10008\.1\.2\.4\.201\0/, "1.2.840.10008.1.2.4.90\0\0") },
});

fault("overwrites a study date with that of the study's first instance", {
  noticedBy: ["STORE-068", "RETRIEVE-048", "SEARCH-050"],
  perServer: () => {
    const firstDates = new Map<string, Attribute>();
    return {
      behaviour: outcomeOf("keptMetadata", (kept) => {
        const study = String(kept[tagOf("StudyInstanceUID")]?.Value);
        const date = firstDates.get(study) ?? kept[tagOf("StudyDate")];
        if (date === undefined || kept[tagOf("StudyDate")] === undefined) {
          return kept;
        }
        firstDates.set(study, date);
        return { ...kept, [tagOf("StudyDate")]: date };
      }),
    };
  },
});

fault("shows the values of the instance with the latest Study Date, whenever it was stored", {
  noticedBy: ["STORE-068", "SEARCH-050"],
  behaviour: {
    winningInstance: (instances, hasValue) => {
      const dateOf = ({ metadata }: (typeof instances)[number]) =>
        String(metadata[tagOf("StudyDate")]?.Value ?? "");
      return honest.winningInstance(
        instances.toSorted((one, other) => dateOf(one).localeCompare(dateOf(other))),
        hasValue,
      );
    },
  },
});

fault("pads a file that breaks off in its pixel data", {
  noticedBy: ["STORE-071"],
  behaviour: {
    readIfDicom: async (path) => {
      const file = await honest.readIfDicom(path);
      if (file !== undefined) {
        return file;
      }
      await appendFile(path, Buffer.alloc(3_000));
      return await honest.readIfDicom(path);
    },
  },
});

fault("keeps a file that breaks off in its pixel data, without a word", {
  noticedBy: ["STORE-071"],
  behaviour: {
    readIfDicom: async (path) => {
      const file = await honest.readIfDicom(path);
      if (file !== undefined) {
        return file;
      }
      const padded = `${path}.padded`;
      await copyFile(path, padded);
      await appendFile(padded, Buffer.alloc(3_000));
      return honest.readIfDicom(padded);
    },
  },
});
