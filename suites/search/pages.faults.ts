import type { Behaviour } from "../../fixtures/reference-server/behaviour.ts";
import type { Defect } from "../../fixtures/reference-server/fault.ts";
import { fault } from "../proof/fault.ts";
import { all, answerOf, honest, isSearch, queryWithout } from "../proof/spoil.ts";

fault("shows the last page again beyond the end", {
  noticedBy: ["SEARCH-083", "SEARCH-085"],
  behaviour: {
    page: (entries, offset, limit) => {
      const isBeyond = offset >= entries.length;
      return honest.page(entries, isBeyond ? Math.max(0, entries.length - limit) : offset, limit);
    },
  },
});

fault("begins each page of instances with the last one of the page before", {
  noticedBy: ["SEARCH-085", "SEARCH-080", "SEARCH-089", "SEARCH-087"],
  behaviour: {
    page: (entries, offset, limit) =>
      honest.page(entries, entries[0]?.level === "instance" ? Math.max(0, offset - 1) : offset, limit),
  },
});

fault("sorts studies the other way round from the second page on", {
  noticedBy: ["SEARCH-085", "SEARCH-088"],
  behaviour: {
    page: (entries, offset, limit) =>
      honest.page(
        entries[0]?.level === "study" && offset > 0 ? entries.toReversed() : entries,
        offset,
        limit,
      ),
  },
});

fault("sorts matches anew for each page", {
  noticedBy: ["SEARCH-086", "SEARCH-085", "SEARCH-087", "SEARCH-088", "SEARCH-082"],
  perServer: eachTime((times, entries, offset, limit) => {
    const start = times % Math.max(1, entries.length);
    return honest.page([...entries.slice(start), ...entries.slice(0, start)], offset, limit);
  }),
});

fault("turns a page round each time that it is read", {
  noticedBy: ["SEARCH-086"],
  perServer: eachTime((times, entries, offset, limit) => {
    const page = honest.page(entries, offset, limit);
    return times % 2 === 0 ? page : page.toReversed();
  }),
});

type Page = Behaviour["page"];

/** Pages that depend on how often the same matches were asked for; several clients search at once. */
function eachTime(page: (times: number, ...given: Parameters<Page>) => ReturnType<Page>): () => Defect {
  return () => {
    const timesAsked = new Map<string, number>();
    return {
      behaviour: {
        page: (entries, offset, limit) => {
          const key = entries.map(({ instance }) => instance.sopInstanceUid).join();
          const times = timesAsked.get(key) ?? 0;
          timesAsked.set(key, times + 1);
          return page(times, entries, offset, limit);
        },
      },
    };
  };
}

fault("has no limit of its own", {
  noticedBy: ["SEARCH-080"],
  behaviour: { limitRange: () => ({ ...honest.limitRange(), fallback: 200 }) },
});

fault("counts no further than 100", {
  noticedBy: ["SEARCH-080"],
  behaviour: { page: (entries, offset, limit) => honest.page(entries.slice(0, 100), offset, limit) },
});

fault("takes the last of several limits", {
  noticedBy: ["SEARCH-089"],
  arrival: queryWithout(
    isSearch,
    (name, _, index, given) => name === "limit" && given.findLastIndex(([other]) => other === name) > index,
  ),
});

fault("fails where offset is given twice", {
  noticedBy: ["SEARCH-089"],
  answer: answerOf(
    all(isSearch, ({ path }) => /offset=.*offset=/.test(path)),
    { status: 500, type: "text/plain", body: "The service failed." },
  ),
});
