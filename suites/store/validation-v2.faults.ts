import { readFileSync } from "node:fs";
import { ServiceError } from "../../fixtures/reference-server/http/service-error.ts";
import { tagOf } from "../../fixtures/wire/dictionary.ts";
import { fault } from "../proof/fault.ts";
import {
  all,
  answered,
  answerOf,
  bytesOf,
  honest,
  outcomeOf,
  route,
  withAttributes,
} from "../proof/spoil.ts";

fault("corrects an invalid date in the file that it stores", {
  noticedBy: ["STORE-032"],
  behaviour: { coerceFile: bytesOf(/(?<=DA\n\0)(\d{4})\.(\d\d)\.(\d\d)/, "$1$2$3  ") },
});

fault("drops all dates of an instance when one is invalid", {
  noticedBy: ["STORE-033", "SEARCH-052", "RETRIEVE-062"],
  behaviour: outcomeOf("keptMetadata", (kept, metadata, warnings) => {
    const hasInvalidDate = warnings.some(({ tag }) => metadata[tag]?.vr === "DA");
    return withAttributes(kept, (attribute) =>
      attribute.vr === "DA" && hasInvalidDate ? undefined : attribute,
    );
  }),
});

fault("shows invalid values in the metadata", {
  noticedBy: ["STORE-033", "STORE-037", "RETRIEVE-062", "TAGS-045", "CHANGEFEED-039", "SEARCH-052"],
  behaviour: { keptMetadata: (metadata) => metadata },
});

fault("answers with the status of the last part that it stored", {
  noticedBy: ["STORE-035"],
  behaviour: {
    storeStatus: (stored, failed, api) =>
      honest.storeStatus(failed.length > 0 ? stored : stored.slice(-1), failed, api),
  },
});

fault("does not look into sequences of sequences", {
  noticedBy: ["STORE-036"],
  behaviour: { isValidated: (_, depth) => depth < 2 },
});

fault("takes every NUL for padding", {
  noticedBy: ["STORE-037", "STORE-026", "STORE-039", "SEARCH-052"],
  behaviour: outcomeOf("unpadded", (text) => text.replaceAll("\0", "")),
});

fault("warns of NUL padding", {
  noticedBy: ["STORE-038", "SEARCH-053", "RETRIEVE-061"],
  behaviour: {
    unpadded: (text, vr, api) => (vr === "UI" ? honest.unpadded(text, vr, api) : text.replace(/ +$/, "")),
  },
});

fault("fails with 500 on a number that is padded with NUL", {
  noticedBy: ["STORE-038"],
  behaviour: outcomeOf("unpadded", (unpadded, text, vr) =>
    ["DS", "IS"].includes(vr) && text.endsWith("\0") ? fail() : unpadded,
  ),
});

fault("cannot show what it knows of an instance with a number that is padded with NUL", {
  noticedBy: ["STORE-038"],
  behaviour: outcomeOf("shownMetadata", (metadata, { path }) =>
    /(DS|IS)..[\d.]+\0/s.test(readFileSync(path, "latin1")) ? fail() : metadata,
  ),
});

fault("gives each confirmed instance a warning reason, and says with the status that there is none", {
  noticedBy: [
    "STORE-038",
    "RETRIEVE-096",
    "STORE-011",
    "STORE-025",
    "STORE-026",
    "STORE-027",
    "STORE-032",
    "STORE-034",
    "STORE-035",
    "STORE-036",
    "STORE-037",
    "STORE-064",
    "STORE-066",
    "STORE-067",
  ],
  behaviour: outcomeOf("confirmedItem", (item) => ({
    [tagOf("WarningReason")]: { vr: "US", Value: [45063] },
    ...item,
  })),
});

fault("warns without a word of what it warns", {
  noticedBy: [
    "STORE-032",
    "STORE-011",
    "STORE-025",
    "STORE-027",
    "STORE-034",
    "STORE-035",
    "STORE-036",
    "STORE-037",
    "STORE-040",
    "STORE-041",
  ],
  behaviour: outcomeOf("confirmedItem", ({ [tagOf("FailedAttributesSequence")]: _, ...item }) => item),
});

fault("finds no instance by the UID of its study", {
  noticedBy: ["STORE-033", "DELETE-013", "SEARCH-007", "SEARCH-019", "SEARCH-025", "STORE-038", "TAGS-034"],
  answer: answerOf(all(route("GET", /^\/instances\?.*StudyInstanceUID=/), answered(200)), {
    status: 204,
    body: "",
  }),
});

fault("calls every warning one of implicit VR", {
  noticedBy: [
    "STORE-036",
    "STORE-011",
    "STORE-025",
    "STORE-027",
    "STORE-032",
    "STORE-034",
    "STORE-035",
    "STORE-037",
    "STORE-040",
  ],
  behaviour: {
    confirmedItem: ({ warningReason, ...outcome }, api, all) =>
      honest.confirmedItem({ ...outcome, ...(warningReason && { warningReason: 45063 }) }, api, all),
  },
});

fault("comments three times on each value", {
  noticedBy: ["STORE-036", "STORE-027", "STORE-032", "STORE-034", "STORE-035", "STORE-037", "STORE-041"],
  behaviour: {
    confirmedItem: ({ warnings, ...outcome }, api, all) =>
      honest.confirmedItem({ ...outcome, warnings: [...warnings, ...warnings, ...warnings] }, api, all),
  },
});

fault("finds nothing by a date that is none, in place of refusing it", {
  noticedBy: ["STORE-033"],
  answer: answerOf(all(route("GET", /^\/studies\?StudyDate=NotAValid/), answered(400)), {
    status: 204,
    body: "",
  }),
});

function fail(): never {
  throw new ServiceError(500, "The service failed to answer the request.");
}
