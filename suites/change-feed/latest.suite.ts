import {
  type Change,
  givenChange,
  readChanges,
  readLatest,
  ticksOf,
} from "../../fixtures/client/change-feed.ts";
import type { ApiVersion } from "../../fixtures/client/endpoint.ts";
import { changeFeedGuide, expect, must } from "../words.ts";

must(
  "CHANGEFEED-002",
  {
    title: "latest gives the most recent entry as one JSON object",
    request: "changefeed/latest",
    clause: changeFeedGuide("Latest Change Feed"),
  },
  async ({ service, instances }) => {
    await givenChange(service, instances.minimal());
    await readLatest(service);
    const instance = instances.minimal();
    const change = await givenChange(service, instance);

    const response = await readLatest(service);
    expect(response).toAnswer({ status: 200, mediaType: "application/json" });
    expect(Array.isArray(response.json), "the body is an array").toBe(false);
    const [latest] = readChanges(response);
    const isOwn = latest?.sopInstanceUid === instance.sopInstanceUid;
    if (isOwn) {
      expect(latest, "the latest entry").toMatchObject({ ...change, metadata: latest.metadata });
    } else if (!latest || !isLater(latest, change, service.endpoint.api)) {
      const received = latest ? `${latest.sequence} of ${latest.timestamp}` : "no entry";
      const expected = `entry ${change.sequence} of ${change.timestamp}, or another client's later one`;
      expect(response).toHaveNo([{ expected, received }]);
    }
  },
);

/** The latest entry is that of the highest number in v1, and of the highest time in v2. */
function isLater(latest: Change, change: Change, api: ApiVersion | undefined): boolean {
  return api === "v1"
    ? latest.sequence > change.sequence
    : ticksOf(latest.timestamp) >= ticksOf(change.timestamp);
}
