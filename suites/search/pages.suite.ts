import { foundUids } from "../../fixtures/matchers/search.ts";
import {
  type AnswerTolerance,
  came,
  checkRows,
  expect,
  given,
  may,
  must,
  named,
  ps3_18,
  type Service,
  should,
  statement,
  studyPath,
} from "../words.ts";
import { givenFindable, givenFound, searchResourcesOf, skipWhereLeftOut } from "./search-resources.ts";
import { givenSevenOfEach, type Paged } from "./seven-of-each.ts";

must(
  "SEARCH-083",
  {
    title: "an offset at or beyond the end of the matches answers 204",
    request: "Search-for-instances-within-a-study",
    profile: "dicomweb",
    clause: [ps3_18("8.3.4.4.1"), statement("Supported Search Parameters")],
  },
  async (scenario) => {
    const { service } = scenario;
    await checkRows(await givenSevenOfEach(scenario), async ({ path, level, isOptional, filters, uids }) => {
      const last = await service.search(path, { ...filters, offset: uids.length - 1 });
      skipWhereLeftOut(last, isOptional);
      given(last, "SEARCH-082").toFindPage(level, uids, 1);

      const beyond = [uids.length, uids.length + 1, 1_000, 1_000_000];
      await checkRows(
        named(beyond, (offset) => `offset=${offset}`),
        async (offset) => {
          expect(await service.search(path, { ...filters, offset })).toFindNothing();
        },
      );
    });
  },
);

must(
  "SEARCH-085",
  {
    title: "pages cover all matches, each of them once",
    request: "Search-for-studies",
    profile: "dicomweb",
    clause: [ps3_18("8.3.4.4.1"), statement("Supported Search Parameters")],
  },
  async (scenario) => {
    const { service } = scenario;
    await checkRows(await givenSevenOfEach(scenario), async (paged) => {
      await checkRows(
        named([3, 1], (limit) => `limit=${limit}`),
        (limit) => expectWholeInPages(service, paged, limit),
      );
    });
  },
);

/** Reads page after page, each from where the last one ended, until nothing is left. */
async function expectWholeInPages(service: Service, paged: Paged, limit: number): Promise<void> {
  const { path, level, isOptional, filters, uids } = paged;
  const seen: string[] = [];
  while (seen.length < uids.length) {
    const page = await service.search(path, { ...filters, limit, offset: seen.length });
    skipWhereLeftOut(page, isOptional);
    expect(page).toFindPage(level, uids, Math.min(limit, uids.length - seen.length));
    const found = foundUids(page, level);
    const again = found.filter((uid) => seen.includes(uid));
    expect(page).toHold(`matches of earlier pages at offset ${seen.length}`, again, []);
    seen.push(...found);
  }
  expect(await service.search(path, { ...filters, limit, offset: seen.length })).toFindNothing();
}

/** What part of the matches is asked for; nothing: all. */
type Window = Partial<Record<"limit" | "offset", number>>;

must(
  "SEARCH-086",
  {
    title: "the same search gives the same matches again, in the same order",
    request: "Search-for-studies",
    profile: "dicomweb",
    clause: ps3_18("8.3.4.4.1"),
  },
  async (scenario) => {
    const { service } = scenario;
    await checkRows(await givenSevenOfEach(scenario), ({ path, level, isOptional, filters, uids }) =>
      checkRows<Window>({ whole: {}, "a page": { limit: 3, offset: 3 } }, async (window) => {
        const search = () => service.search(path, { ...filters, ...window });
        // Microsoft promises no order inside a page, so that its pages are compared as sets.
        const listed = (uidsOfPage: string[]) => (service.isAzure ? uidsOfPage.toSorted() : uidsOfPage);

        const first = await search();
        skipWhereLeftOut(first, isOptional);
        given(first, "SEARCH-079").toFindPage(level, uids, window.limit ?? uids.length);
        for (const time of ["the second time", "the third time"]) {
          const again = await search();
          const [before, now] = [first, again].map((page) => listed(foundUids(page, level)));
          expect(again).toHold(`the matches ${time}`, now, before);
        }
      }),
    );
  },
);

must(
  "SEARCH-080",
  {
    title: "without limit at most 100 matches are returned",
    request: "Search-for-instances-within-a-study",
    clause: statement("Supported Search Parameters"),
  },
  async ({ service, instances }) => {
    const first = instances.minimal();
    const StudyInstanceUID = first.studyInstanceUid;
    const others = Array.from({ length: 100 }, () => instances.minimal({ StudyInstanceUID }));
    const all = [first, ...others];
    const at = searchResourcesOf(first);
    const series = all.map(({ seriesInstanceUid }) => seriesInstanceUid);
    const images = all.map(({ sopInstanceUid }) => sopInstanceUid);
    const searches = {
      "series of a study": { ...at["series of a study"], filters: {}, uids: series },
      "instances of a study": { ...at["instances of a study"], filters: {}, uids: images },
      series: { ...at.series, filters: { StudyInstanceUID }, uids: series },
      instances: { ...at.instances, filters: { StudyInstanceUID }, uids: images },
    };
    await givenFound(service, { ...searches["instances of a study"], filters: { limit: "200" } }, all);

    await checkRows(searches, ({ path, level, filters, uids }) =>
      checkRows<{ window: Window; count: number }>(
        {
          "with a limit of 200": { window: { limit: 200 }, count: 101 },
          "without limit": { window: {}, count: 100 },
          "without limit, behind the first 100": { window: { offset: 100 }, count: 1 },
        },
        async ({ window, count }) => {
          expect(await service.search(path, { ...filters, ...window })).toFindPage(level, uids, count);
        },
      ),
    );
  },
);

should(
  "SEARCH-013",
  {
    title: "a search without any filter returns the newest entries",
    request: "Search-for-studies",
    clause: statement("Supported Search Parameters"),
    skipped: "would bring up to a hundred entries of others, which may be of real patients, into the report",
  },
  async () => {},
);

const onlyOnce: AnswerTolerance = {
  status: 400,
  because: "the table of the statements allows the parameter once",
};

may(
  "SEARCH-089",
  {
    title: "a repeated limit, offset or fuzzymatching does not break the search: the first one counts",
    request: "Search-for-instances-within-a-study",
    clause: statement("Supported Search Parameters"),
  },
  async ({ service, instances }) => {
    const first = instances.minimal();
    const images = [1, 2].map(() => instances.with(first, { SOPInstanceUID: instances.uid() }));
    await givenFindable(service, first, ...images);
    const uids = [first, ...images].map(({ sopInstanceUid }) => sopInstanceUid);

    const repeated = {
      "limit=1&limit=2": 1,
      "offset=1&offset=2": 2,
      "fuzzymatching=true&fuzzymatching=false": 3,
    };
    await checkRows(repeated, async (count, query) => {
      const response = await service.search(`${studyPath(first)}/instances?${query}`);
      expect(response).toAnswer({ status: 200, tolerate: [onlyOnce] });
      if (came(response, 200)) {
        expect(response).toFindPage("instance", uids, count);
      }
    });
  },
);
