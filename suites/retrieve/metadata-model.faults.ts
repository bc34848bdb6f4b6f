import type { Dataset } from "../../fixtures/reference-server/archive/archive.ts";
import { tagOf } from "../../fixtures/wire/dictionary.ts";
import { fault } from "../proof/fault.ts";
import { honest, outcomeOf, withAttributes, withItems } from "../proof/spoil.ts";

fault("moves names that look like numbers to the front", {
  noticedBy: ["RETRIEVE-051"],
  behaviour: { metadataText: (datasets) => JSON.stringify(datasets) },
});

fault("writes the hexadecimal digits of tags in lower case", {
  noticedBy: ["RETRIEVE-051", "CHANGEFEED-030"],
  behaviour: {
    metadataText: (...given) =>
      honest.metadataText(...given).replace(/"[0-9A-F]{8}":/g, (name) => name.toLowerCase()),
  },
});

fault("shows file meta information", {
  noticedBy: ["RETRIEVE-051", "CHANGEFEED-030"],
  behaviour: outcomeOf("shownMetadata", (dataset, { transferSyntaxUid }) => ({
    ...dataset,
    [tagOf("TransferSyntaxUID")]: { vr: "UI", Value: [transferSyntaxUid] },
  })),
});

fault("leaves out sequences below the third level", {
  noticedBy: ["RETRIEVE-056", "STORE-066"],
  behaviour: outcomeOf("shownMetadata", (dataset) => withLevels(3, dataset)),
});

fault("offers pixel data under a bulk data URI", {
  noticedBy: ["RETRIEVE-057", "CHANGEFEED-030"],
  behaviour: outcomeOf("shownMetadata", (dataset, { pixelData }) => ({
    ...dataset,
    ...(pixelData && { [tagOf("PixelData")]: { vr: "OW", BulkDataURI: "pixels" } }),
  })),
});

fault("offers pixel data under a bulk data URI of its own machine", {
  noticedBy: ["RETRIEVE-051", "CHANGEFEED-030", "RETRIEVE-057"],
  behaviour: outcomeOf("shownMetadata", (dataset, { pixelData }) => ({
    ...dataset,
    ...(pixelData && { [tagOf("PixelData")]: { vr: "OW", BulkDataURI: "http://localhost/pixels" } }),
  })),
});

fault("leaves Conversion Type out of the metadata", {
  noticedBy: [
    "RETRIEVE-051",
    "CHANGEFEED-030",
    "DELETE-015",
    "DELETE-021",
    "RETRIEVE-048",
    "RETRIEVE-049",
    "RETRIEVE-050",
    "RETRIEVE-056",
    "RETRIEVE-057",
    "RETRIEVE-059",
    "RETRIEVE-063",
    "RETRIEVE-064",
    "RETRIEVE-065",
    "RETRIEVE-066",
    "RETRIEVE-067",
    "RETRIEVE-068",
    "RETRIEVE-071",
    "RETRIEVE-096",
    "STORE-066",
    "STORE-078",
  ],
  behaviour: outcomeOf("shownMetadata", ({ [tagOf("ConversionType")]: _, ...dataset }) => dataset),
});

fault("names bulk data in items that hold nothing else", {
  noticedBy: ["RETRIEVE-057", "RETRIEVE-055"],
  behaviour: outcomeOf("shownMetadata", (dataset) =>
    withItems(dataset, "RequestAttributesSequence", (item) =>
      Object.keys(item).length === 0 ? { "60003000": { vr: "OW" } } : item,
    ),
  ),
});

/** A dataset with so many levels of sequences below it. */
function withLevels(count: number, dataset: Dataset): Dataset {
  return withAttributes(dataset, ({ vr, Value }) => {
    const items = vr === "SQ" && count > 0 ? (Value as Dataset[] | undefined) : undefined;
    const kept = items?.map((item) => withLevels(count - 1, item)) ?? Value;
    return vr === "SQ" && count === 0 ? undefined : { vr, Value: kept };
  });
}
