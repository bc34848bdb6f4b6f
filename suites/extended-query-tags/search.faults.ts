import { levels } from "../../fixtures/reference-server/search/attributes.ts";
import { tagOf } from "../../fixtures/wire/dictionary.ts";
import { fault } from "../proof/fault.ts";
import { isSearch, isStore, outcomeOf, queryWithout } from "../proof/spoil.ts";

fault("re-indexes the first tag of a request only", {
  noticedBy: ["TAGS-034"],
  behaviour: { reindexes: (_instanceNumber, tagNumber) => tagNumber === 0 },
});

fault("indexes nothing that is stored after adding", {
  noticedBy: ["TAGS-035"],
  behaviour: { indexesOnStore: () => false },
});

fault("takes tags of any level at every search resource", {
  noticedBy: ["TAGS-040", "SEARCH-025", "SEARCH-026"],
  behaviour: { searchedLevels: () => levels },
});

fault("does not show the tags that were searched by", {
  noticedBy: ["TAGS-042", "SEARCH-028", "SEARCH-076", "SEARCH-064", "SEARCH-050", "SEARCH-040"],
  behaviour: { askedTags: (_filtered, included) => included },
});

fault("indexes nothing that v1 stores after adding", {
  noticedBy: ["TAGS-035"],
  perServer: () => {
    const storedByV1 = new Set<unknown>();
    let api = "";
    return {
      arrival: (request) => {
        api = isStore(request) ? request.api : api;
        return {};
      },
      behaviour: {
        ...outcomeOf("keptMetadata", (kept) => {
          if (api === "v1") {
            storedByV1.add(kept[tagOf("SOPInstanceUID")]?.Value?.[0]);
          }
          return kept;
        }),
        indexesOnStore: ({ sopInstanceUid }) => !storedByV1.has(sopInstanceUid),
      },
    };
  },
});

fault("lets a tag be named twice in a search, by digits and by keyword", {
  noticedBy: ["TAGS-042"],
  arrival: queryWithout(
    isSearch,
    (name, _value, _index, given) =>
      name === "PerformedStationName" && given.some(([other]) => other === tagOf(name)),
  ),
});
