import {
  type Change,
  givenChange,
  readChanges,
  readLatest,
  ticksOf,
} from "../../fixtures/client/change-feed.ts";
import type { ApiVersion } from "../../fixtures/client/endpoint.ts";
import { type Condition, changeFeedGuide, condition, expect, must } from "../words.ts";
import { bare, oneObject } from "./entry.ts";

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
    expect(response).toHold("the body", response.json, oneObject);
    const [latest] = readChanges(response);
    const isOwn = latest?.sopInstanceUid === instance.sopInstanceUid;
    const expected = isOwn ? bare(change) : laterThan(change, service.endpoint.api);
    expect(response).toHold("the latest entry", bare(latest), expected);
  },
);

/** An entry of another client. The latest one is that of the highest number in v1, and of the highest time in v2. */
function laterThan({ sequence, timestamp }: Change, api: ApiVersion | undefined): Condition {
  return condition(`entry ${sequence} of ${timestamp}, or another client's later one`, (value) => {
    const latest = value as Change;
    return api === "v1" ? latest.sequence > sequence : ticksOf(latest.timestamp) >= ticksOf(timestamp);
  });
}
