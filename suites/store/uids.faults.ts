import { isUid } from "../../fixtures/reference-server/dicom/uid.ts";
import { tagOf } from "../../fixtures/wire/dictionary.ts";
import { fault } from "../proof/fault.ts";
import { bytesOf, honest, outcomeOf } from "../proof/spoil.ts";

fault("does not validate the SOP Instance UID", {
  noticedBy: ["STORE-027", "CHANGEFEED-038"],
  behaviour: outcomeOf("isStrictUid", (is, tag) => is && tag !== tagOf("SOPInstanceUID")),
});

fault("trims UIDs in the file that it stores", {
  noticedBy: ["STORE-028", "STORE-015"],
  // Behind a Study Instance UID comes the tag (0020,000E), whose first byte is a blank as well.
  behaviour: { coerceFile: bytesOf(/(2\.25\.[0-9.]+) (?= )/, "$1\0") },
});

fault("only warns of a malformed SOP Class UID", {
  noticedBy: ["STORE-029"],
  behaviour: outcomeOf("isStrictUid", (is, tag) => is && tag !== tagOf("SOPClassUID")),
});

fault("stores standard SOP classes only", {
  noticedBy: ["STORE-030"],
  behaviour: outcomeOf(
    "isMissing",
    (is, tag, text) => is || (tag === tagOf("SOPClassUID") && !text?.startsWith("1.2.840.10008.")),
  ),
});

fault("finds images only", {
  noticedBy: ["STORE-030"],
  behaviour: {
    page: (entries, ...window) =>
      honest.page(
        entries.filter(({ instance }) => instance.metadata[tagOf("BitsAllocated")]),
        ...window,
      ),
  },
});

fault("gives no reason for a refusal", {
  noticedBy: [
    "STORE-027",
    "STORE-012",
    "STORE-013",
    "STORE-014",
    "STORE-017",
    "STORE-018",
    "STORE-021",
    "STORE-022",
    "STORE-023",
    "STORE-024",
    "STORE-026",
    "STORE-028",
    "STORE-029",
    "STORE-031",
    "STORE-034",
    "STORE-039",
    "STORE-041",
    "STORE-052",
    "STORE-053",
    "STORE-070",
    "STORE-071",
  ],
  behaviour: outcomeOf("failedItem", ({ [tagOf("FailureReason")]: _, ...item }) => item),
});

fault("v1 refuses a malformed SOP Class UID without a word why", {
  noticedBy: ["STORE-029", "STORE-023"],
  behaviour: {
    isStrictUid: (tag, api) => tag === tagOf("SOPClassUID") || honest.isStrictUid(tag, api),
    failedItem: (outcome, all) =>
      honest.failedItem(isUid(outcome.sopClassUid) ? outcome : { ...outcome, findings: [] }, all),
  },
});
