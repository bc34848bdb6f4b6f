import { ChangeFeed, givenChange, readFeed } from "../../fixtures/client/change-feed.ts";
import { atMost, changeFeedGuide, checkRows, containing, expect, must, named } from "../words.ts";
import { expectRefused, refusedOrDefault, sequencesIn } from "./entry.ts";

must(
  "CHANGEFEED-012",
  {
    title: "v1 offset is an exclusive lower bound of the sequence",
    request: "changefeed",
    api: ["v1"],
    clause: changeFeedGuide("Version 1"),
  },
  async ({ service, instances }) => {
    const { sequence } = await givenChange(service, instances.minimal());

    const after = await readFeed(service, { offset: sequence, limit: 100 });
    const upToIt = sequencesIn(after).filter((other) => other <= sequence);
    expect(after).toHold(`entries up to ${sequence}`, upToIt, []);

    const from = await readFeed(service, { offset: sequence - 1, limit: 1 });
    expect(from).toHold(`the entry after ${sequence - 1}`, sequencesIn(from), [sequence]);
  },
);

must(
  "CHANGEFEED-013",
  {
    title: "v1 limit is a window over sequence numbers, not a number of entries",
    request: "changefeed",
    api: ["v1"],
    clause: changeFeedGuide("Version 1"),
  },
  async ({ service, instances }) => {
    const feed = await ChangeFeed.fromNow(service);
    const stored = Array.from({ length: 5 }, () => instances.minimal());
    const { changes } = await feed.givenStored(...stored);
    const sequences = changes.map(({ sequence }) => sequence);
    const offset = Math.min(...sequences) - 1;

    await checkRows(
      named([1, 2, 4, 100], (limit) => `limit=${limit}`),
      async (limit) => {
        const end = offset + limit;
        const response = await readFeed(service, { offset, limit });

        expect(response).toAnswer({ status: 200 });
        const window = sequencesIn(response);
        const beyond = window.filter((sequence) => sequence > end);
        expect(response).toHold(`entries after ${end}`, beyond, []);
        const known = sequences.filter((sequence) => sequence <= end);
        expect(response).toHold(`entries up to ${end}`, window, containing(...known));
      },
    );
  },
);

must(
  "CHANGEFEED-014",
  {
    title: "v1 limit defaults to 10 and may be 1 to 100",
    request: "changefeed",
    api: ["v1"],
    clause: changeFeedGuide("Version 1"),
  },
  async ({ service, instances }) => {
    const feed = await ChangeFeed.fromNow(service);
    const study = { StudyInstanceUID: instances.uid() };
    const stored = Array.from({ length: 11 }, () => instances.minimal(study));
    const { changes } = await feed.givenStored(...stored);
    const sequences = changes.map(({ sequence }) => sequence);
    const offset = Math.min(...sequences) - 1;

    const windows = {
      "no limit": [{ offset }, 10],
      "limit=1": [{ offset, limit: 1 }, 1],
      "limit=100": [{ offset, limit: 100 }, 100],
    } as const;
    await checkRows(windows, async ([parameters, most]) => {
      const response = await readFeed(service, parameters);

      expect(response).toAnswer({ status: 200 });
      const window = sequencesIn(response).filter((sequence) => sequence > offset);
      expect(response).toHold("number of entries", window.length, atMost(most));
      const known = sequences.filter((sequence) => sequence <= offset + most);
      expect(response).toHold("the entries", window, containing(...known));
    });
    await expectRefused("limit", ["0", "-1", "101", "200", "blah", "1.5", "2147483648"], (limit) =>
      readFeed(service, { offset, limit }),
    );
    expect(await readFeed(service, { offset, limit: "" })).toAnswer(refusedOrDefault);
  },
);

must(
  "CHANGEFEED-015",
  {
    title: "v1 offset is a non-negative 64 bit integer",
    request: "changefeed",
    api: ["v1"],
    clause: changeFeedGuide("Version 1"),
  },
  async ({ service, instances }) => {
    const { sequence } = await givenChange(service, instances.minimal());

    await expectRefused("offset", ["-1", "blah", "1.5", "92233720368547758070"], (offset) =>
      readFeed(service, { offset, limit: 10 }),
    );
    await checkRows([0, sequence - 1, 2_147_483_648, 4_294_967_296], async (offset) => {
      const response = await readFeed(service, { offset, limit: 10 });

      expect(response).toAnswer({ status: 200, mediaType: "application/json" });
      const before = sequencesIn(response).filter((other) => other < offset);
      expect(response).toHold("entries before the offset", before, []);
    });
  },
);
