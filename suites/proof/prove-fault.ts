import type { ApiVersion, Endpoint } from "../../fixtures/client/endpoint.ts";
import { defaultPartition } from "../../fixtures/reference-server/archive/partitions.ts";
import { applies, judge } from "../engine/judge.ts";
import type { Requirement } from "../engine/requirement.ts";
import type { Result, SuiteName, Verdict } from "../engine/result.ts";
import type { ProvingFault } from "./fault.ts";
import { startFaultyServer } from "./faulty-server.ts";

/** Which requirements are judged under a fault. */
export interface Scope {
  /** Also those that need not notice the fault, so that one that turns red without reason is seen. */
  readonly isThorough: boolean;
  /** Ids; absent: all but the collection's story, which any fault may stop. */
  readonly among?: readonly string[];
}

/** A requirement that turned red under a fault, and what it said. */
export interface Notice {
  readonly id: string;
  readonly api: ApiVersion | undefined;
  readonly verdict: Verdict;
  readonly reason: string;
}

const options = { run: "fault", patience: 300, largestEdge: 1_200, isLarge: true };
const reds: readonly Verdict[] = ["violates", "warns", "not supported"];
/** Judged one after the other, because they share what is global to a service. */
const alone: SuiteName = "extended-query-tags";
/** Judged at a server that demands tokens. */
const secured: SuiteName = "authorize";
/** Other checks at the same time: with more of them a busy machine lets requests time out, and nobody notices anything. */
const atOnce = 12;

/** Judges requirements against a server that has the fault, and gives those that turned red. */
export async function noticesOf(
  fault: ProvingFault,
  requirements: readonly Requirement[],
  scope: Scope,
): Promise<Notice[]> {
  const judged = judgedUnder(fault, requirements, scope);
  const results = await judgeUnder(fault, judged, versionsOf(fault, judged));
  return results
    .filter(({ verdict }) => reds.includes(verdict))
    .map(({ id, api, verdict, reason = "" }) => ({ id, api, verdict, reason }));
}

function judgedUnder(
  { noticedBy }: ProvingFault,
  requirements: readonly Requirement[],
  { isThorough, among }: Scope,
): readonly Requirement[] {
  const noticing = requirements.filter(
    ({ id, suite }) => noticedBy.includes(id) && (among?.includes(id) ?? suite !== "collection"),
  );
  if (!isThorough) {
    return noticing;
  }
  const isConcerned = noticing.some(({ suite }) => suite === alone);
  return requirements.filter(
    ({ id, suite }) => among?.includes(id) ?? (suite !== "collection" && (suite !== alone || isConcerned)),
  );
}

async function judgeUnder(
  fault: ProvingFault,
  judged: readonly Requirement[],
  versions: readonly ApiVersion[],
): Promise<Result[]> {
  const isSecured = judged.some(({ id, suite }) => suite === secured && fault.noticedBy.includes(id));
  const { url, transport, callers, close } = await startFaultyServer(fault, isSecured);
  const results: Result[] = [];
  try {
    for (const api of versions) {
      const partition = fault.hasPartitions ? `/partitions/${defaultPartition}` : "";
      const endpoint: Endpoint = { baseUrl: `${url}/${api}${partition}`, api, profile: "azure" };
      const applying = judged.filter((requirement) => applies(requirement, endpoint));
      const judgeNext = async (queue: Requirement[]) => {
        for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
          results.push(await judge(next, endpoint, transport, { ...options, callers }));
        }
      };
      const together = applying.filter(({ suite }) => suite !== alone);
      await Promise.all(Array.from({ length: atOnce }, () => judgeNext(together)));
      await judgeNext(applying.filter(({ suite }) => suite === alone));
    }
  } finally {
    await close();
  }
  return results;
}

/** v2, and v1 where a requirement that must notice the fault holds for v1 only. */
function versionsOf({ noticedBy }: ProvingFault, judged: readonly Requirement[]): ApiVersion[] {
  const noticing = judged.filter(({ id }) => noticedBy.includes(id));
  const decisive = noticing.length > 0 ? noticing : judged;
  const isJudgedInV2 = decisive.some(({ api }) => api.includes("v2"));
  const isJudgedInV1 = decisive.some(({ api }) => !api.includes("v2"));
  return [...(isJudgedInV2 ? (["v2"] as const) : []), ...(isJudgedInV1 ? (["v1"] as const) : [])];
}
