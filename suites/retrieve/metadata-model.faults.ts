import type { Dataset } from "../../fixtures/reference-server/archive/archive.ts";
import { tagOf } from "../../fixtures/wire/dictionary.ts";
import { fault } from "../proof/fault.ts";
import { honest, outcomeOf, withAttributes } from "../proof/spoil.ts";

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

/** A dataset with so many levels of sequences below it. */
function withLevels(count: number, dataset: Dataset): Dataset {
  return withAttributes(dataset, ({ vr, Value }) => {
    const items = vr === "SQ" && count > 0 ? (Value as Dataset[] | undefined) : undefined;
    const kept = items?.map((item) => withLevels(count - 1, item)) ?? Value;
    return vr === "SQ" && count === 0 ? undefined : { vr, Value: kept };
  });
}
