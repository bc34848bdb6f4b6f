import { type Change, readChanges, readFeed, readLatest } from "../../fixtures/client/change-feed.ts";
import { Inconclusive } from "../../fixtures/client/inconclusive.ts";
import type { Identity } from "../../fixtures/client/resources.ts";
import type { Service } from "../../fixtures/client/service.ts";

/** The greatest limit that both versions take. */
const pageSize = 100;
/** A service that has more entries than these pages hold is no student's. */
const mostPages = 200;

/** The change feed of a service, as far as it was read. */
export class Feed {
  constructor(
    /** Oldest first. */
    readonly changes: readonly Change[],
    readonly isWhole: boolean,
  ) {}

  /** What happened to an instance, oldest first; in whichever study it was. */
  of({ sopInstanceUid }: Pick<Identity, "sopInstanceUid">): readonly Change[] {
    return this.changes.filter((change) => change.sopInstanceUid === sopInstanceUid);
  }

  get latest(): Change | undefined {
    return this.changes.at(-1);
  }
}

/** Reads the whole change feed, or as much of it as a person waits for. @throws Inconclusive */
export async function readWholeFeed(service: Service): Promise<Feed> {
  const latest = await readLatest(service, { includeMetadata: "false" });
  if (latest.status === 204) {
    return new Feed([], true);
  }
  const last = readChanges(latest)[0]?.sequence;
  if (latest.status !== 200 || last === undefined) {
    throw new Inconclusive(`GET /changefeed/latest answered ${latest.status}, and no entry that can be read`);
  }
  const isByTime = service.endpoint.api === "v2";
  // v1 counts sequence numbers: there one begins as far back as one wants to read.
  const first = isByTime ? 0 : Math.max(0, last - mostPages * pageSize);
  const changes = new Map<number, Change>();
  for (let page = 0; page < mostPages; page += 1) {
    const offset = first + page * pageSize;
    const found = await readPage(service, offset);
    for (const change of found) {
      changes.set(change.sequence, change);
    }
    if (isByTime ? found.length < pageSize : offset + pageSize >= last) {
      return feedOf(changes, first === 0);
    }
  }
  return feedOf(changes, false);
}

async function readPage(service: Service, offset: number): Promise<readonly Change[]> {
  const response = await readFeed(service, { offset, limit: pageSize, includeMetadata: "false" });
  if (response.status !== 200 && response.status !== 204) {
    throw new Inconclusive(`GET /changefeed answered ${response.status}`);
  }
  return readChanges(response);
}

function feedOf(changes: ReadonlyMap<number, Change>, isWhole: boolean): Feed {
  return new Feed(
    [...changes.values()].sort((a, b) => a.sequence - b.sequence),
    isWhole,
  );
}

const words: Readonly<Record<string, string>> = { create: "stored", delete: "deleted", update: "updated" };

/** A line for each thing that happened to an instance: "stored again: sequence 17, 2026-11-28 02:40:12 UTC". */
export function historyOf(changes: readonly Change[]): readonly string[] {
  return changes.map(({ sequence, action, timestamp }, index) => {
    const isAgain = changes.slice(0, index).some((earlier) => earlier.action === action);
    return `${words[action] ?? action}${isAgain ? " again" : ""}: sequence ${sequence}, ${timeOf(timestamp)}`;
  });
}

/** To the second, in UTC. */
function timeOf(timestamp: string): string {
  const time = Date.parse(timestamp);
  return Number.isNaN(time)
    ? timestamp
    : `${new Date(time).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
