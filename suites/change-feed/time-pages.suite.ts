import {
  type Change,
  ChangeFeed,
  givenChange,
  readAround,
  readFeed,
  timeWindowOf,
} from "../../fixtures/client/change-feed.ts";
import { changeFeedGuide, checkRows, expect, must, named } from "../words.ts";
import { expectEntry, expectRefused, instancesIn, refusedOrDefault } from "./entry.ts";

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
    const { changes } = await feed.givenStored(...stored);
    const window = timeWindowOf(changes);

    const whole = await readFeed(service, { ...window, limit: 200 });
    expect(whole).toAnswer({ status: 200 });
    const pages = {
      "no limit": [window, 100],
      "limit=1": [{ ...window, limit: 1 }, 1],
      "limit=101": [{ ...window, limit: 101 }, 101],
    } as const;
    await checkRows(pages, async ([parameters, count]) => {
      const response = await readFeed(service, parameters);

      expect(response).toAnswer({ status: 200 });
      expect(response).toHold("number of entries", instancesIn(response).length, count);
      expect(response).toHold("the entries", instancesIn(response), instancesIn(whole).slice(0, count));
    });
    await expectRefused("limit", ["0", "-1", "201", "blah", "1.5", "2147483648"], (limit) =>
      readFeed(service, { ...window, limit }),
    );
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
    const { changes } = await feed.givenStored(...stored);
    const window = timeWindowOf(changes);

    // Other clients may write at the same time: the window then holds more than the seven, even more than are read
    // here, but always the same.
    const limit = 100;
    const whole = await readFeed(service, { ...window, limit });
    const shown = instancesIn(whole);
    expectEntry(whole, changes[0] as Change);

    const threes = [...shown.keys()].filter((row) => row % 3 === 0);
    await checkRows(
      named([1, ...threes], (offset) => `offset=${offset}`),
      async (offset) => {
        const page = await readFeed(service, { ...window, offset, limit: 3 });

        expect(page).toAnswer({ status: 200 });
        const known = instancesIn(page).slice(0, limit - offset);
        expect(page).toHold("the entries", known, shown.slice(offset, offset + 3));
      },
    );
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

    await expectRefused("offset", ["-1", "blah", "1.5", "92233720368547758070"], (offset) =>
      readAround(service, change, { limit: 1, offset }),
    );
    const pages = { "offset=0": [0, 1], "offset=4294967296": [4_294_967_296, 0] } as const;
    await checkRows(pages, async ([offset, count]) => {
      const response = await readAround(service, change, { limit: 1, offset });

      expect(response).toAnswer({ status: 200 });
      expect(response).toHold("number of entries", instancesIn(response).length, count);
    });
  },
);
