import type { Entry } from "../../fixtures/reference-server/search/entries.ts";
import { fault } from "../proof/fault.ts";
import { honest } from "../proof/spoil.ts";

/** Pages of entries of one level that are sorted otherwise. */
function sorted(level: Entry["level"], order: (one: Entry, other: Entry) => number) {
  return {
    page: (entries: readonly Entry[], offset: number, limit: number) =>
      honest.page(entries[0]?.level === level ? entries.toSorted(order) : entries, offset, limit),
  };
}

const byWatermark = (one: Entry, other: Entry) => one.instance.watermark - other.instance.watermark;

fault("pages instances oldest first", {
  noticedBy: ["SEARCH-087"],
  behaviour: sorted("instance", byWatermark),
});

fault("pages instances by their UIDs", {
  noticedBy: ["SEARCH-087"],
  behaviour: sorted("instance", (one, other) =>
    one.instance.sopInstanceUid < other.instance.sopInstanceUid ? 1 : -1,
  ),
});

fault("pages studies by their dates", {
  noticedBy: ["SEARCH-088"],
  behaviour: sorted("study", (one, other) => {
    const dateOf = ({ instance }: Entry) => String(instance.metadata["00080020"]?.Value?.[0] ?? "");
    return dateOf(other).localeCompare(dateOf(one)) || byWatermark(other, one);
  }),
});

fault("pages series oldest first", {
  noticedBy: ["SEARCH-088"],
  behaviour: sorted("series", byWatermark),
});
