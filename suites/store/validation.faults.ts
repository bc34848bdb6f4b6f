import { storeBehaviour } from "../../fixtures/reference-server/store/routes.ts";
import { fault } from "../proof/fault.ts";
import { rewritten } from "../proof/rewritten.ts";

fault("counts the bytes of a long string, not its characters", {
  noticedBy: ["STORE-026", "STORE-067"],
  behaviour: {
    valueFault: (vr, text, api) =>
      vr === "LO" && Buffer.byteLength(text) > 64
        ? "value has more than 64 bytes"
        : storeBehaviour.valueFault(vr, text, api),
  },
});

fault("takes a tab for a printable character", {
  noticedBy: ["STORE-026"],
  behaviour: {
    valueFault: (vr, text, api) => storeBehaviour.valueFault(vr, text.replaceAll("\t", " "), api),
  },
});

fault("does not validate the SOP Instance UID", {
  noticedBy: ["STORE-027"],
  behaviour: {
    isStrictUid: (tag, api) => tag !== "00080018" && storeBehaviour.isStrictUid(tag, api),
  },
});

fault("trims UIDs in the file that it stores", {
  noticedBy: ["STORE-015", "STORE-028"],
  // Behind a Study Instance UID comes the tag (0020,000E), whose first byte is a blank as well.
  behaviour: { coerceFile: rewritten(/(2\.25\.[0-9.]+) (?= )/, "$1\0") },
});

fault("only warns of a malformed SOP Class UID", {
  noticedBy: ["STORE-029"],
  behaviour: {
    isStrictUid: (tag, api) => tag !== "00080016" && storeBehaviour.isStrictUid(tag, api),
  },
});

fault("stores standard SOP classes only", {
  noticedBy: ["STORE-030"],
  behaviour: {
    isMissing: (tag, text, api) =>
      (tag === "00080016" && text?.startsWith("2.25.")) || storeBehaviour.isMissing(tag, text, api),
  },
});

fault("v1 stores person names that it cannot index", {
  noticedBy: ["STORE-031"],
  behaviour: {
    valueFault: (vr, text, api) =>
      vr === "PN" && api === "v1" ? undefined : storeBehaviour.valueFault(vr, text, api),
  },
});

fault("corrects an invalid date in the file that it stores", {
  noticedBy: ["STORE-032"],
  behaviour: { coerceFile: rewritten(/2020\.01\.01/, "20200101  ") },
});

fault("drops all dates of an instance when one is invalid", {
  noticedBy: ["STORE-033"],
  behaviour: {
    keptMetadata: (metadata, warnings) => {
      const isDate = (tag: string) => warnings.length > 0 && metadata[tag]?.vr === "DA";
      const kept = storeBehaviour.keptMetadata(metadata, warnings);
      return Object.fromEntries(Object.entries(kept).filter(([tag]) => !isDate(tag)));
    },
  },
});

fault("shows invalid values in the metadata", {
  noticedBy: ["STORE-033", "STORE-037"],
  behaviour: { keptMetadata: (metadata) => metadata },
});

fault("v2 does not validate a date with a time", {
  noticedBy: ["STORE-034", "STORE-035"],
  behaviour: { isValidated: (tag) => tag !== "0008002A" },
});

fault("v2 does not look at private attributes", {
  noticedBy: ["STORE-034"],
  behaviour: { isValidated: (tag) => Number.parseInt(tag.slice(0, 4), 16) % 2 === 0 },
});

fault("gives the comments of all instances to each of them", {
  noticedBy: ["STORE-011", "STORE-035"],
  behaviour: {
    confirmedItem: (outcome, api, all) => {
      const warnings = all.flatMap((each) => each.warnings);
      return storeBehaviour.confirmedItem({ ...outcome, warnings }, api, all);
    },
  },
});

fault("does not look into sequences of sequences", {
  noticedBy: ["STORE-036"],
  behaviour: { isValidated: (_, depth) => depth < 2 },
});

fault("takes every NUL for padding", {
  noticedBy: ["STORE-037"],
  behaviour: {
    unpadded: (text, vr, api) =>
      storeBehaviour.unpadded(vr === "CS" ? text.replaceAll("\0", "") : text, vr, api),
  },
});

fault("warns of NUL padding", {
  noticedBy: ["STORE-038"],
  behaviour: {
    unpadded: (text, vr, api) =>
      vr === "CS" ? text.replace(/ +$/, "") : storeBehaviour.unpadded(text, vr, api),
  },
});

fault("v1 takes NULs behind a text for padding, as v2 does", {
  noticedBy: ["STORE-039"],
  behaviour: { unpadded: (text, vr) => storeBehaviour.unpadded(text, vr, "v2") },
});

fault("keeps the first of several values only", {
  noticedBy: ["STORE-040"],
  behaviour: { coerceFile: rewritten(/Value1\\Value2/, "Value1       ") },
});

fault("does not warn of implicit VR", {
  noticedBy: ["STORE-041"],
  behaviour: {
    confirmedItem: ({ warningReason, ...outcome }, api, all) =>
      storeBehaviour.confirmedItem(
        warningReason === 45063 ? outcome : { ...outcome, warningReason },
        api,
        all,
      ),
  },
});
