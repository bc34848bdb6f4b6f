import { type Authority, startAuthority } from "../../fixtures/authority/authority.ts";
import type { Violation } from "../../fixtures/matchers/violation.ts";
import { judge } from "../engine/judge.ts";
import type { Requirement } from "../engine/requirement.ts";
import type { Result, SuiteName, Verdict } from "../engine/result.ts";
import type { ProvingFault } from "./fault.ts";
import { type FaultyServer, startFaultyServer } from "./faulty-server.ts";
import { endpointAt, type Ground } from "./ground.ts";
import { ReachRecorder } from "./reach.ts";
import { sitesOf } from "./sites.ts";

/** A requirement that turned red under a fault, and what it said. */
export interface Notice {
  readonly id: string;
  readonly verdict: Verdict;
  readonly reason: string;
}

const options = { run: "fault", patience: 300, largestEdge: 1_200, isLarge: true };
const reds: readonly Verdict[] = ["violates", "warns", "not supported"];
/** Judged one after the other, because they share what is global to a service. */
const alone: SuiteName = "extended-query-tags";
/** Other checks at the same time: with more of them a busy machine lets requests time out, and nobody notices anything. */
const atOnce = 12;

export interface Trial {
  readonly notices: readonly Notice[];
  /** Places in the checks that accused the server. */
  readonly sites: readonly string[];
}

/** Judges requirements against a server that has the fault. */
export async function tryFault(
  fault: ProvingFault,
  ground: Ground,
  judged: readonly Requirement[],
): Promise<Trial> {
  const sites = new Set<string>();
  const onViolation = (violation: Violation) => {
    for (const site of sitesOf(violation)) {
      sites.add(site);
    }
  };
  const authority =
    ground.server === "secured" ? await startAuthority({ spoil: fault.authority }) : undefined;
  const server = await startFaultyServer({ ...fault, hasPartitions: isPartitioned(ground) }, authority);
  const results: Result[] = [];
  try {
    const judgeNext = async (queue: Requirement[]) => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        results.push(await judgeAt(server, ground, next, onViolation));
      }
    };
    const together = judged.filter(({ suite }) => suite !== alone);
    await Promise.all(Array.from({ length: atOnce }, () => judgeNext(together)));
    await judgeNext(judged.filter(({ suite }) => suite === alone));
  } finally {
    await server.close();
    await authority?.close();
  }
  const notices = results
    .filter(({ verdict }) => reds.includes(verdict))
    .map(({ id, verdict, reason = "" }) => ({ id, verdict, reason }));
  return { notices, sites: [...sites] };
}

/**
 * Names of the faults that the requirement could notice: it is judged against an honest server of its own, at which each
 * fault tries its hand.
 * @param authority whose tokens the server demands, where it is one that does
 */
export async function faultsWithinReach(
  requirement: Requirement,
  ground: Ground,
  faults: readonly ProvingFault[],
  authority: Authority | undefined,
): Promise<string[]> {
  const recorder = new ReachRecorder(faults);
  const recording = { name: "records", ...recorder.defect, hasPartitions: isPartitioned(ground) };
  const server = await startFaultyServer(recording, authority);
  try {
    await judgeAt(server, ground, requirement);
    await recorder.settled();
  } finally {
    await server.close();
  }
  // What the authority says is no part of the server; only one suite asks it for tokens of other kinds.
  const spoiling = requirement.suite === "authorize" ? faults.filter((fault) => fault.authority) : [];
  return [...recorder.reaching, ...spoiling.map(({ name }) => name)];
}

function judgeAt(
  { url, transport, callers }: FaultyServer,
  ground: Ground,
  requirement: Requirement,
  onViolation?: (violation: Violation) => void,
): Promise<Result> {
  return judge(requirement, endpointAt(url, ground), transport, { ...options, callers, onViolation });
}

function isPartitioned({ server }: Ground): boolean {
  return server === "partitioned";
}
