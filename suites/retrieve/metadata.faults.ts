import { randomUUID } from "node:crypto";
import type { Attribute, Dataset } from "../../fixtures/reference-server/archive/archive.ts";
import { firstValue } from "../../fixtures/reference-server/dicom/dicom-json.ts";
import type { Arrival } from "../../fixtures/reference-server/fault.ts";
import { metadataBehaviour } from "../../fixtures/reference-server/retrieve/metadata-routes.ts";
import { fault } from "../proof/fault.ts";

const { metadataText, shownMetadata } = metadataBehaviour;
const seriesInstanceUid = "0020000E";

fault("describes the first series of a study only", {
  noticedBy: ["RETRIEVE-048"],
  behaviour: {
    metadataText: (datasets, path) => {
      const series = datasets.map((dataset) => firstValue(dataset, seriesInstanceUid));
      return metadataText(
        datasets.filter((_, index) => series[index] === series[0]),
        path,
      );
    },
  },
});

fault("compares the Accept header of metadata as a whole", {
  noticedBy: ["RETRIEVE-049"],
  arrival: (request) =>
    isMetadata(request) && request.headers.accept !== "application/dicom+json"
      ? { headers: { ...request.headers, accept: "text/html" } }
      : undefined,
});

fault("sends metadata whatever the client takes", {
  noticedBy: ["RETRIEVE-050"],
  arrival: (request) =>
    isMetadata(request) ? { headers: { ...request.headers, accept: "application/dicom+json" } } : undefined,
});

fault("moves names that look like numbers to the front", {
  noticedBy: ["RETRIEVE-051"],
  behaviour: { metadataText: (datasets) => JSON.stringify(datasets) },
});

fault("shows file meta information", {
  noticedBy: ["RETRIEVE-051"],
  behaviour: {
    shownMetadata: (instance) => ({
      ...shownMetadata(instance),
      "00020010": { vr: "UI", Value: [instance.transferSyntaxUid] },
    }),
  },
});

fault("writes a person name as one text", {
  noticedBy: ["RETRIEVE-048", "RETRIEVE-053", "STORE-067"],
  behaviour: {
    shownMetadata: changeAttributes((attribute) =>
      attribute.vr === "PN"
        ? changeValues(attribute, (name) => name && { Alphabetic: Object.values(name).join("=") })
        : attribute,
    ),
  },
});

fault("takes unsigned numbers for signed ones", {
  noticedBy: ["RETRIEVE-048", "RETRIEVE-054"],
  behaviour: {
    shownMetadata: changeAttributes((attribute) =>
      attribute.vr === "UL" ? changeValues(attribute, (value) => Number(value) | 0) : attribute,
    ),
  },
});

fault("rounds integers of 64 bits", {
  noticedBy: ["RETRIEVE-054"],
  behaviour: {
    shownMetadata: changeAttributes((attribute) =>
      ["SV", "UV"].includes(attribute.vr) ? changeValues(attribute, Number) : attribute,
    ),
  },
});

fault("leaves out attributes without a value", {
  noticedBy: ["RETRIEVE-048", "RETRIEVE-055", "STORE-066"],
  behaviour: {
    shownMetadata: (instance) =>
      Object.fromEntries(Object.entries(shownMetadata(instance)).filter(([, { Value }]) => Value)),
  },
});

fault("leaves out sequences below the third level", {
  noticedBy: ["RETRIEVE-056"],
  behaviour: { shownMetadata: (instance) => upToLevel(3, shownMetadata(instance)) },
});

fault("offers pixel data under a bulk data URI", {
  noticedBy: ["RETRIEVE-057"],
  behaviour: {
    shownMetadata: (instance) => ({
      ...shownMetadata(instance),
      ...(instance.pixelData && { "7FE00010": { vr: "OW", BulkDataURI: "pixels" } }),
    }),
  },
});

fault("gives what is not there an ETag", {
  noticedBy: ["RETRIEVE-063"],
  answer: (answer, request) => {
    if (isMetadata(request) && answer.status === 404) {
      answer.headers.etag = "0";
    }
  },
});

fault("gives every answer an ETag of its own", {
  noticedBy: ["RETRIEVE-064", "RETRIEVE-065", "RETRIEVE-066", "RETRIEVE-067"],
  behaviour: { metadataETag: () => randomUUID() },
});

fault("never says that metadata is not modified", {
  noticedBy: ["RETRIEVE-065", "RETRIEVE-067"],
  behaviour: { isNotModified: () => false },
});

fault("looks for the ETag inside of If-None-Match", {
  noticedBy: ["RETRIEVE-066"],
  behaviour: { isNotModified: (ifNoneMatch, etag) => ifNoneMatch?.includes(etag) === true },
});

fault("makes the ETag of the first instance only", {
  noticedBy: ["RETRIEVE-067"],
  behaviour: { metadataETag: ([first]) => String(first?.watermark) },
});

function isMetadata({ path }: Arrival): boolean {
  return path.endsWith("/metadata");
}

function changeAttributes(change: (attribute: Attribute) => Attribute): typeof shownMetadata {
  return (instance) =>
    Object.fromEntries(Object.entries(shownMetadata(instance)).map(([tag, each]) => [tag, change(each)]));
}

function changeValues({ vr, Value }: Attribute, change: (value: unknown) => unknown): Attribute {
  return Value === undefined ? { vr } : { vr, Value: Value.map(change) };
}

/** A dataset without the sequences below a level; its own are on the first. */
function upToLevel(level: number, dataset: Dataset): Dataset {
  const kept = Object.entries(dataset).filter(([, { vr }]) => vr !== "SQ" || level > 0);
  return Object.fromEntries(
    kept.map(([tag, attribute]) => [
      tag,
      attribute.vr === "SQ"
        ? changeValues(attribute, (item) => upToLevel(level - 1, item as Dataset))
        : attribute,
    ]),
  );
}
