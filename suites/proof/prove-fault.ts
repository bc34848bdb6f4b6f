import type { ApiVersion, Endpoint } from "../../fixtures/client/endpoint.ts";
import { Transport } from "../../fixtures/client/transport.ts";
import type { Fault } from "../../fixtures/reference-server/fault.ts";
import { startReferenceServer } from "../../fixtures/reference-server/server.ts";
import { applies, judge } from "../engine/judge.ts";
import type { Requirement } from "../engine/requirement.ts";
import type { Result, SuiteName, Verdict } from "../engine/result.ts";
import type { ProvingFault } from "./fault.ts";

/** Which requirements are judged under a fault. */
export interface Scope {
  /**
   * Every requirement that the fault could reach, so that one that turns red without reason is seen as well; else
   * those that must notice it.
   */
  readonly isThorough: boolean;
  /** These only. */
  readonly only?: readonly string[];
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

/** Judges requirements against a server that has the fault, and gives those that turned red. */
export async function noticesOf(
  fault: ProvingFault,
  requirements: readonly Requirement[],
  scope: Scope,
): Promise<Notice[]> {
  const judged = judgedUnder(fault, requirements, scope);
  const results = await judgeUnder(fault, judged, versionsOf(fault, judged, scope));
  return results
    .filter(({ verdict }) => reds.includes(verdict))
    .map(({ id, api, verdict, reason = "" }) => ({ id, api, verdict, reason }));
}

/** The collection's story is left out: any fault may stop it. */
function judgedUnder(
  { noticedBy }: ProvingFault,
  requirements: readonly Requirement[],
  { isThorough, only }: Scope,
): readonly Requirement[] {
  if (only) {
    return requirements.filter(({ id }) => only.includes(id));
  }
  const noticing = requirements.filter(({ id }) => noticedBy.includes(id));
  if (!isThorough) {
    return noticing;
  }
  const isConcerned = noticing.some(({ suite }) => suite === alone);
  return requirements.filter(({ suite }) => suite !== "collection" && (suite !== alone || isConcerned));
}

async function judgeUnder(
  fault: Fault,
  judged: readonly Requirement[],
  versions: readonly ApiVersion[],
): Promise<Result[]> {
  const server = await startReferenceServer({ faults: [fault] });
  const transport = new Transport({ timeout: 5_000 });
  const results: Result[] = [];
  try {
    for (const api of versions) {
      const endpoint: Endpoint = { baseUrl: `${server.url}/${api}`, api, profile: "azure" };
      const applying = judged.filter((requirement) => applies(requirement, endpoint));
      const judgeOne = (requirement: Requirement) => judge(requirement, endpoint, transport, options);
      results.push(...(await Promise.all(applying.filter(({ suite }) => suite !== alone).map(judgeOne))));
      for (const requirement of applying.filter(({ suite }) => suite === alone)) {
        results.push(await judgeOne(requirement));
      }
    }
  } finally {
    await transport.close();
    await server.close();
  }
  return results;
}

/** v2, and v1 where a requirement that must notice the fault holds for v1 only. */
function versionsOf(
  { noticedBy }: ProvingFault,
  judged: readonly Requirement[],
  { only }: Scope,
): ApiVersion[] {
  const noticing = judged.filter(({ id }) => (only ?? noticedBy).includes(id));
  const needs = (api: ApiVersion) => noticing.some((requirement) => requirement.api.includes(api));
  const onlyV1 = noticing.some(({ api }) => !api.includes("v2"));
  return [...(needs("v2") ? (["v2"] as const) : []), ...(onlyV1 ? (["v1"] as const) : [])];
}
