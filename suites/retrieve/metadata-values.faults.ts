import { ServiceError } from "../../fixtures/reference-server/http/service-error.ts";
import { fault } from "../proof/fault.ts";
import { outcomeOf, shownValues, withAttributes } from "../proof/spoil.ts";

fault("writes a person name as one text", {
  noticedBy: ["RETRIEVE-053", "RETRIEVE-048", "RETRIEVE-060", "STORE-067"],
  behaviour: shownValues(["PN"], (name) => name && { Alphabetic: Object.values(name).join("=") }),
});

fault("takes unsigned numbers for signed ones", {
  noticedBy: ["RETRIEVE-054", "RETRIEVE-048"],
  behaviour: shownValues(["UL", "US"], (value, vr) =>
    vr === "UL" ? Number(value) | 0 : (Number(value) << 16) >> 16,
  ),
});

fault("rounds integers of 64 bits", {
  noticedBy: ["RETRIEVE-054"],
  behaviour: shownValues(["SV", "UV"], Number),
});

fault("leaves out attributes without a value", {
  noticedBy: ["RETRIEVE-055", "STORE-066", "CHANGEFEED-030"],
  behaviour: outcomeOf("shownMetadata", (dataset) =>
    withAttributes(dataset, (attribute) => (attribute.Value ? attribute : undefined)),
  ),
});

fault("cannot show names of three groups", {
  noticedBy: ["RETRIEVE-053", "RETRIEVE-048", "STORE-067"],
  behaviour: failingAt(/"Phonetic"/),
});

fault("cannot show integers of 64 bits", {
  noticedBy: ["RETRIEVE-054"],
  behaviour: failingAt(/"vr":"SV"/),
});

fault("cannot show numbers with an empty one among them", {
  noticedBy: ["RETRIEVE-055", "RETRIEVE-096"],
  behaviour: failingAt(/"[DI]S","Value":\[[^\]]*null/),
});

/** Fails with 500 where the metadata has this in it. */
function failingAt(pattern: RegExp) {
  return outcomeOf("shownMetadata", (dataset) => {
    if (pattern.test(JSON.stringify(dataset))) {
      throw new ServiceError(500, "");
    }
    return dataset;
  });
}
