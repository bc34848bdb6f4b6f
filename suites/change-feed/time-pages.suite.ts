import {
  ChangeFeed,
  givenChange,
  readChanges,
  readFeed,
  timeWindowOf,
  windowOf,
} from "../../fixtures/client/change-feed.ts";
import { changeFeedGuide, expect, must } from "../words.ts";
import { refusedOrDefault, uidsOf } from "./entry.ts";

must(
  "CHANGEFEED-018",
  {
    title: "v2 limit defaults to 100 and may be 1 to 200",
    request: "changefeed",
    api: ["v2"],
    clause: changeFeedGuide("Version 2"),
  },
  async ({ service, instances }) => {
    const feed = await ChangeFeed.fromNow(service);
    const series = { StudyInstanceUID: instances.uid(), SeriesInstanceUID: instances.uid() };
    const stored = Array.from({ length: 101 }, () => instances.minimal(series));
    const window = timeWindowOf(await feed.givenStored(...stored));
    const whole = await readFeed(service, { ...window, limit: 200 });
    expect(whole).toAnswer({ status: 200 });
    for (const [parameters, limit] of [
      [window, 100],
      [{ ...window, limit: 1 }, 1],
      [{ ...window, limit: 101 }, 101],
    ] as const) {
      const response = await readFeed(service, parameters);
      expect(response).toAnswer({ status: 200 });
      expect(uidsOf(response).length, `number of entries with limit ${limit}`).toBe(limit);
      expect(uidsOf(response), `entries with limit ${limit}`).toEqual(uidsOf(whole).slice(0, limit));
    }
    for (const limit of ["0", "-1", "201", "blah", "1.5", "2147483648"]) {
      expect(await readFeed(service, { ...window, limit })).toAnswer({ status: 400 });
    }
    expect(await readFeed(service, { ...window, limit: "" })).toAnswer(refusedOrDefault);
  },
);

must(
  "CHANGEFEED-019",
  {
    title: "v2 offset skips that many entries of the window",
    request: "changefeed",
    api: ["v2"],
    clause: changeFeedGuide("Version 2"),
  },
  async ({ service, instances }) => {
    await givenChange(service, instances.minimal());
    const feed = await ChangeFeed.fromNow(service);
    const stored = Array.from({ length: 7 }, () => instances.minimal());
    const changes = await feed.givenStored(...stored);
    const window = timeWindowOf(changes);
    // Other clients may write at the same time: the window then holds more than the seven, even more than are read
    // here, but always the same.
    const whole = uidsOf(await readFeed(service, { ...window, limit: 100 }));
    expect(whole, "entries of the whole window").toContain(changes[0]?.sopInstanceUid);

    const pages: string[] = [];
    for (let offset = 0; offset < whole.length; offset += 3) {
      const page = await readFeed(service, { ...window, offset, limit: 3 });
      expect(page).toAnswer({ status: 200 });
      pages.push(...uidsOf(page));
    }
    expect(pages.slice(0, 100), "entries of all pages of three").toEqual(whole);
    const page = await readFeed(service, { ...window, offset: 1, limit: 3 });
    expect(uidsOf(page), "three entries after the first").toEqual(whole.slice(1, 4));
  },
);

must(
  "CHANGEFEED-020",
  {
    title: "v2 offset is a non-negative 64 bit integer",
    request: "changefeed",
    api: ["v2"],
    clause: changeFeedGuide("Version 2"),
  },
  async ({ service, instances }) => {
    const change = await givenChange(service, instances.minimal());
    const window = { ...windowOf(change, "v2"), limit: 1 };
    for (const offset of ["-1", "blah", "1.5", "92233720368547758070"]) {
      expect(await readFeed(service, { ...window, offset })).toAnswer({ status: 400 });
    }
    const first = await readFeed(service, { ...window, offset: 0 });
    expect(first).toAnswer({ status: 200 });
    expect(readChanges(first).length, "entries from the first on").toBe(1);
    const beyond = await readFeed(service, { ...window, offset: 4_294_967_296 });
    expect(beyond).toAnswer({ status: 200 });
    expect(readChanges(beyond).length, "entries beyond 32 bit").toBe(0);
  },
);
