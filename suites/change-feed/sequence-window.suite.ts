import { ChangeFeed, givenChange, readChanges, readFeed } from "../../fixtures/client/change-feed.ts";
import { changeFeedGuide, expect, must, type ServiceResponse } from "../words.ts";
import { refusedOrDefault } from "./entry.ts";

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
    const after = sequencesOf(await readFeed(service, { offset: sequence, limit: 100 }));
    expect(
      after.filter((other) => other <= sequence),
      `entries up to ${sequence}`,
    ).toEqual([]);
    const from = sequencesOf(await readFeed(service, { offset: sequence - 1, limit: 1 }));
    expect(from, `the entry after ${sequence - 1}`).toEqual([sequence]);
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
    const sequences = (await feed.givenStored(...stored)).map(({ sequence }) => sequence);
    const offset = Math.min(...sequences) - 1;
    for (const limit of [1, 2, 4, 100]) {
      const end = offset + limit;
      const response = await readFeed(service, { offset, limit });
      expect(response).toAnswer({ status: 200 });
      const window = sequencesOf(response);
      expect(
        window.filter((sequence) => sequence > end),
        `entries after ${end}`,
      ).toEqual([]);
      const known = sequences.filter((sequence) => sequence <= end);
      expect(window, `entries up to ${end}`).toEqual(expect.arrayContaining(known));
    }
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
    const sequences = (await feed.givenStored(...stored)).map(({ sequence }) => sequence);
    const offset = Math.min(...sequences) - 1;
    for (const [parameters, limit] of [
      [{ offset }, 10],
      [{ offset, limit: 1 }, 1],
      [{ offset, limit: 100 }, 100],
    ] as const) {
      const response = await readFeed(service, parameters);
      expect(response).toAnswer({ status: 200 });
      const window = sequencesOf(response).filter((sequence) => sequence > offset);
      expect(window.length, `number of entries with limit ${limit}`).toBeLessThanOrEqual(limit);
      const known = sequences.filter((sequence) => sequence <= offset + limit);
      expect(window, `entries with limit ${limit}`).toEqual(expect.arrayContaining(known));
    }
    for (const limit of ["0", "-1", "101", "200", "blah", "1.5", "2147483648"]) {
      expect(await readFeed(service, { offset, limit })).toAnswer({ status: 400 });
    }
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
    for (const offset of ["-1", "blah", "1.5", "92233720368547758070"]) {
      expect(await readFeed(service, { offset, limit: 10 })).toAnswer({ status: 400 });
    }
    for (const offset of [0, sequence - 1, 2_147_483_648, 4_294_967_296]) {
      const response = await readFeed(service, { offset, limit: 10 });
      expect(response).toAnswer({ status: 200, mediaType: "application/json" });
      const before = sequencesOf(response).filter((other) => other < offset);
      expect(before, `entries before ${offset}`).toEqual([]);
    }
  },
);

function sequencesOf(response: ServiceResponse): number[] {
  return readChanges(response).map(({ sequence }) => sequence);
}
