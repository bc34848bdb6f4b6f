import type { Attribute, Dataset } from "../../fixtures/reference-server/archive/archive.ts";
import { tagOf } from "../../fixtures/wire/dictionary.ts";
import { fault } from "../proof/fault.ts";
import { honest, outcomeOf } from "../proof/spoil.ts";

/** Shows the values of some VRs differently. */
function shownValues(vrs: readonly string[], change: (value: unknown, vr: string) => unknown) {
  return outcomeOf(honest.shownMetadata, (dataset) =>
    mapped(dataset, ({ vr, Value }) =>
      vrs.includes(vr) && Value ? { vr, Value: Value.map((value) => change(value, vr)) } : { vr, Value },
    ),
  );
}

function mapped(dataset: Dataset, change: (attribute: Attribute) => Attribute | undefined): Dataset {
  return Object.fromEntries(
    Object.entries(dataset).flatMap(([tag, attribute]) => {
      const changed = change(attribute);
      return changed === undefined ? [] : [[tag, changed]];
    }),
  );
}

/** A dataset with so many levels of sequences below it. */
function withLevels(count: number, dataset: Dataset): Dataset {
  return mapped(dataset, (attribute) => {
    const items = attribute.Value as Dataset[] | undefined;
    if (attribute.vr !== "SQ") {
      return attribute;
    }
    return count === 0 ? undefined : { vr: "SQ", Value: items?.map((item) => withLevels(count - 1, item)) };
  });
}

fault("moves names that look like numbers to the front", {
  noticedBy: ["RETRIEVE-051"],
  behaviour: { metadataText: (datasets) => JSON.stringify(datasets) },
});

fault("shows file meta information", {
  noticedBy: ["RETRIEVE-051"],
  behaviour: {
    shownMetadata: outcomeOf(honest.shownMetadata, (dataset, { transferSyntaxUid }) => ({
      ...dataset,
      [tagOf("TransferSyntaxUID")]: { vr: "UI", Value: [transferSyntaxUid] },
    })),
  },
});

fault("writes a person name as one text", {
  noticedBy: ["RETRIEVE-053", "RETRIEVE-048", "STORE-067"],
  behaviour: {
    shownMetadata: shownValues(["PN"], (name) => name && { Alphabetic: Object.values(name).join("=") }),
  },
});

fault("takes unsigned numbers for signed ones", {
  noticedBy: ["RETRIEVE-054", "RETRIEVE-048"],
  behaviour: {
    shownMetadata: shownValues(["UL", "US"], (value, vr) =>
      vr === "UL" ? Number(value) | 0 : (Number(value) << 16) >> 16,
    ),
  },
});

fault("rounds integers of 64 bits", {
  noticedBy: ["RETRIEVE-054"],
  behaviour: { shownMetadata: shownValues(["SV", "UV"], Number) },
});

fault("leaves out attributes without a value", {
  noticedBy: ["RETRIEVE-055", "RETRIEVE-048", "STORE-066"],
  behaviour: {
    shownMetadata: outcomeOf(honest.shownMetadata, (dataset) =>
      mapped(dataset, (attribute) => (attribute.Value ? attribute : undefined)),
    ),
  },
});

fault("leaves out sequences below the third level", {
  noticedBy: ["RETRIEVE-056"],
  behaviour: { shownMetadata: outcomeOf(honest.shownMetadata, (dataset) => withLevels(3, dataset)) },
});

fault("offers pixel data under a bulk data URI", {
  noticedBy: ["RETRIEVE-057"],
  behaviour: {
    shownMetadata: outcomeOf(honest.shownMetadata, (dataset, { pixelData }) => ({
      ...dataset,
      ...(pixelData && { [tagOf("PixelData")]: { vr: "OW", BulkDataURI: "pixels" } }),
    })),
  },
});
