import { statSync, truncateSync } from "node:fs";
import type { Dataset } from "../../fixtures/reference-server/archive/archive.ts";
import { tagOf } from "../../fixtures/wire/dictionary.ts";
import { fault } from "../proof/fault.ts";
import { answerOf, honest, isStore, isStoreOf, jsonOf, outcomeOf } from "../proof/spoil.ts";

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

fault("lists no failures beside a success, and takes parts that do not say what they are for failures", {
  noticedBy: ["STORE-055", "STORE-010", "STORE-013", "STORE-018", "STORE-022", "STORE-053"],
  behaviour: {
    partMediaType: (stated, type) => stated ?? type,
    countedParts: (parts) => {
      for (const { path } of parts.slice(1).filter(({ headers }) => headers["content-type"] === undefined)) {
        truncateSync(path);
      }
      return parts;
    },
  },
  answer: jsonOf(isStore, ({ [tagOf("FailedSOPSequence")]: failed, ...result }: Dataset) =>
    result[tagOf("ReferencedSOPSequence")] ? result : { ...result, [tagOf("FailedSOPSequence")]: failed },
  ),
});

fault("takes every part for a DICOM file, whatever it says", {
  noticedBy: ["STORE-056"],
  behaviour: { partMediaType: () => "application/dicom" },
});

fault("stores what it then refuses as JSON", {
  noticedBy: ["STORE-056"],
  behaviour: {
    partMediaType: (stated, type, index) =>
      type === "application/dicom+json" ? "application/dicom" : honest.partMediaType(stated, type, index),
  },
  answer: answerOf(isStoreOf(/dicom\+json/), { status: 415, body: "" }),
});

fault("answers 200 as soon as one part was stored", {
  noticedBy: ["STORE-053", "STORE-010", "STORE-013", "STORE-018", "STORE-022", "CHANGEFEED-039"],
  behaviour: outcomeOf("storeStatus", (status, stored, failed) =>
    stored.length > 0 && failed.length > 0 ? 200 : status,
  ),
});

fault("stops at the first part that fails", {
  noticedBy: ["STORE-053", "STORE-013", "STORE-014", "STORE-022"],
  behaviour: { goesOnAfter: (outcome) => "stored" in outcome },
});

fault("makes up a UID for what it cannot read", {
  noticedBy: ["STORE-053", "STORE-022", "STORE-023", "STORE-052", "STORE-070"],
  behaviour: outcomeOf("failedItem", (item, { sopInstanceUid }) =>
    sopInstanceUid === ""
      ? { [tagOf("ReferencedSOPInstanceUID")]: { vr: "UI", Value: ["1.2.3"] }, ...item }
      : item,
  ),
});
