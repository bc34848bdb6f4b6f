import {
  type Change,
  givenChange,
  readChanges,
  readFeed,
  shifted,
  ticksLater,
  timeWindowOf,
  windowOf,
} from "../../fixtures/client/change-feed.ts";
import type { QueryParameters } from "../../fixtures/client/resources.ts";
import {
  came,
  changeFeedGuide,
  checkRows,
  expect,
  must,
  queryOf,
  type Service,
  type ServiceResponse,
  should,
} from "../words.ts";
import { bare, expectEntry, sequencesIn } from "./entry.ts";

const unknownParameter = {
  status: 400,
  because: "a version may refuse a parameter that it does not know",
};

should(
  "CHANGEFEED-017",
  {
    title: "v1 has no window of time: startTime and endTime hide nothing",
    request: "changefeed",
    api: ["v1"],
    clause: [changeFeedGuide("Version 1"), changeFeedGuide("Change Feed")],
  },
  async ({ service, instances }) => {
    const change = await givenChange(service, instances.minimal());
    const windows: Record<string, QueryParameters> = {
      "a start in the future": { startTime: "9999-01-01T00:00:00Z" },
      "an end in the past": { endTime: "1999-01-01T00:00:00Z" },
      "a start that is no time": { startTime: "foo" },
    };
    await checkRows(windows, async (window) => {
      const response = await readFeed(service, { ...windowOf([change], "v1"), ...window });
      expect(response).toAnswer({ status: 200, tolerate: [unknownParameter] });
      if (came(response, 200)) {
        expectEntry(response, change);
      }
    });
  },
);

must(
  "CHANGEFEED-023",
  {
    title: "v2 takes a bound that is missing for none",
    request: "changefeed",
    api: ["v2"],
    clause: changeFeedGuide("Version 2"),
  },
  async ({ service, instances }) => {
    const change = await givenChange(service, instances.minimal());
    const later = await givenChange(service, instances.minimal());
    const everything = { startTime: "0001-01-01T00:00:00Z", endTime: "9999-12-31T23:59:59.9999999Z" };
    const oldest = await readFeed(service, { ...everything, limit: 1 });
    expect(oldest).toAnswer({ status: 200 });

    const windows: Record<string, QueryParameters> = {
      "no bounds": { limit: 1 },
      "an end only": { endTime: later.timestamp, limit: 1 },
    };
    await checkRows(windows, async (window) => {
      const response = await readFeed(service, window);
      expect(response).toAnswer({ status: 200 });
      expect(response).toHold(
        "sequence number of the oldest entry",
        sequencesIn(response),
        sequencesIn(oldest),
      );
    });
    const fromStart = await readFeed(service, { startTime: change.timestamp, limit: 100 });
    expect(fromStart).toAnswer({ status: 200 });
    expectEntry(fromStart, later);
  },
);

should(
  "CHANGEFEED-028",
  {
    title: "v2 compares moments, whatever the zone in which they are written",
    request: "changefeed",
    api: ["v2"],
    clause: changeFeedGuide("Version 2"),
  },
  async ({ service, instances }) => {
    const change = await givenChange(service, instances.minimal());
    const { timestamp } = change;
    await checkRows({ "in UTC": 0, "two hours east": 2, "five hours west": -5 }, async (hours) => {
      const startTime = inZone(timestamp, hours);
      const endTime = inZone(ticksLater(timestamp, 1n), hours);
      const response = await readFeed(service, { startTime, endTime, limit: 100 });
      expect(response).toAnswer({ status: 200 });
      expectEntry(response, change);
    });
  },
);

/** The same moment as the clocks of another zone show it, to the tick. */
function inZone(timestamp: string, hours: number): string {
  const moved = shifted(timestamp, hours * 3_600_000).slice(0, 19);
  const fraction = ticksLater(timestamp, 0n).slice(19, -1);
  const sign = hours < 0 ? "-" : "+";
  return `${moved}${fraction}${sign}${String(Math.abs(hours)).padStart(2, "0")}:00`;
}

should(
  "CHANGEFEED-029",
  {
    title: "parameters are known in any letter case, and one that is unknown does no harm",
    request: "changefeed",
    clause: [changeFeedGuide("Version 1"), changeFeedGuide("Version 2")],
  },
  async ({ service, instances }) => {
    const first = await givenChange(service, instances.minimal());
    const second = await givenChange(service, instances.minimal());
    const spellings = spellingsOf([first, second], service.endpoint.api === "v1");
    const asDocumented = await readExactly(service, spellings["as documented"] ?? {});
    expect(asDocumented).toAnswer({ status: 200 });
    await checkRows(spellings, async (parameters, spelling) => {
      const response = await readExactly(service, parameters);
      expect(response).toAnswer({
        status: 200,
        tolerate: spelling === withUnknown ? [unknownParameter] : [],
      });
      if (came(response, 200)) {
        expect(response).toHold("entries", entriesIn(response), entriesIn(asDocumented));
      }
    });
  },
);

const withUnknown = "with one that is unknown";

/** The second of two entries, asked for in several spellings. */
function spellingsOf(changes: readonly Change[], isV1: boolean): Readonly<Record<string, QueryParameters>> {
  const last = (changes.at(-1)?.sequence ?? 1) - 1;
  const { startTime, endTime } = timeWindowOf(changes);
  return isV1
    ? {
        "as documented": { offset: last, limit: 1, includeMetadata: "false" },
        "in lower case": { offset: last, limit: 1, includemetadata: "false" },
        "in upper case": { OFFSET: last, LIMIT: 1, INCLUDEMETADATA: "false" },
        [withUnknown]: { offset: last, limit: 1, includeMetadata: "false", foo: "bar" },
      }
    : {
        "as documented": { startTime, endTime, offset: 1, limit: 1, includeMetadata: "false" },
        "in lower case": {
          starttime: startTime,
          endtime: endTime,
          offset: 1,
          limit: 1,
          includemetadata: "false",
        },
        "in upper case": {
          STARTTIME: startTime,
          ENDTIME: endTime,
          OFFSET: 1,
          LIMIT: 1,
          INCLUDEMETADATA: "false",
        },
        [withUnknown]: { startTime, endTime, offset: 1, limit: 1, includeMetadata: "false", foo: "bar" },
      };
}

/** With these parameters and no others. */
function readExactly(service: Service, parameters: QueryParameters): Promise<ServiceResponse> {
  return service.get(`/changefeed${queryOf(parameters)}`, "application/json");
}

function entriesIn(response: ServiceResponse) {
  return readChanges(response).map((change) => ({ ...bare(change), hasMetadata: change.metadata != null }));
}

should(
  "CHANGEFEED-033",
  {
    title: "a refused request names the parameter, and has no entries",
    request: "changefeed",
    clause: [changeFeedGuide("Version 1"), changeFeedGuide("Version 2")],
  },
  async ({ service, instances }) => {
    await givenChange(service, instances.minimal());
    const refused: Record<string, Record<string, string>> = service.endpoint.api === "v1"
      ? { limit: { limit: "101" }, offset: { offset: "-1" } }
      : { limit: { limit: "201" }, offset: { offset: "-1" }, startTime: { startTime: "foo" } };
    await checkRows(refused, async (parameters, naming) => {
      const response = await readFeed(service, parameters);
      expect(response).toAnswer({ status: 400, naming });
      expect(response).toHold("entries", sequencesIn(response), []);
    });
  },
);
