import { fault } from "../proof/fault.ts";
import { failToRead, isHardToRead } from "../proof/hard-instances.ts";
import { honest } from "../proof/spoil.ts";

fault("answers 503 to every search that matches an instance it cannot read", {
  noticedBy: ["SEARCH-098"],
  behaviour: {
    page: (entries, offset, limit) => {
      const page = honest.page(entries, offset, limit);
      if (page.some(({ instance }) => isHardToRead(instance))) {
        failToRead();
      }
      return page;
    },
  },
});

fault("leaves an instance that it cannot read out of every search, without a word", {
  noticedBy: ["SEARCH-098"],
  behaviour: {
    page: (entries, offset, limit) =>
      honest.page(
        entries.filter(({ instance }) => !isHardToRead(instance)),
        offset,
        limit,
      ),
  },
});
