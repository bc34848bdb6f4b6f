import { readFileSync } from "node:fs";
import { ServiceError } from "../../fixtures/reference-server/http/service-error.ts";
import { fault } from "../proof/fault.ts";
import { bytesOf, honest, outcomeOf, withAttributes } from "../proof/spoil.ts";

fault("corrects an invalid date in the file that it stores", {
  noticedBy: ["STORE-032"],
  behaviour: { coerceFile: bytesOf(/(?<=DA\n\0)(\d{4})\.(\d\d)\.(\d\d)/, "$1$2$3  ") },
});

fault("drops all dates of an instance when one is invalid", {
  noticedBy: ["STORE-033", "RETRIEVE-062"],
  behaviour: outcomeOf("keptMetadata", (kept, metadata, warnings) => {
    const hasInvalidDate = warnings.some(({ tag }) => metadata[tag]?.vr === "DA");
    return withAttributes(kept, (attribute) =>
      attribute.vr === "DA" && hasInvalidDate ? undefined : attribute,
    );
  }),
});

fault("shows invalid values in the metadata", {
  noticedBy: ["STORE-033", "STORE-037", "RETRIEVE-062", "TAGS-045"],
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
  noticedBy: ["STORE-037", "STORE-026", "STORE-039"],
  behaviour: outcomeOf("unpadded", (text) => text.replaceAll("\0", "")),
});

fault("warns of NUL padding", {
  noticedBy: ["STORE-038", "RETRIEVE-061"],
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

function fail(): never {
  throw new ServiceError(500, "The service failed to answer the request.");
}
