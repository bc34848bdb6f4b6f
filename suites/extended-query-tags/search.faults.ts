import { levels } from "../../fixtures/reference-server/search/attributes.ts";
import { fault } from "../proof/fault.ts";

fault("re-indexes the first tag of a request only", {
  noticedBy: ["TAGS-034"],
  behaviour: { reindexes: (_instanceNumber, tagNumber) => tagNumber === 0 },
});

fault("indexes nothing that is stored after adding", {
  noticedBy: ["TAGS-035"],
  behaviour: { indexesOnStore: () => false },
});

fault("takes tags of any level at every search resource", {
  noticedBy: ["TAGS-040", "SEARCH-025"],
  behaviour: { searchedLevels: () => levels },
});

fault("does not show the tags that were searched by", {
  noticedBy: ["TAGS-042", "SEARCH-028"],
  behaviour: { askedTags: (_filtered, included) => included },
});
