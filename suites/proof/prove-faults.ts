import { afterAll, expect, test } from "vitest";
import type { ApiVersion, Endpoint } from "../../fixtures/client/endpoint.ts";
import { Transport } from "../../fixtures/client/transport.ts";
import type { Fault } from "../../fixtures/reference-server/fault.ts";
import { startReferenceServer } from "../../fixtures/reference-server/server.ts";
import { applies, judge } from "../engine/judge.ts";
import type { Requirement } from "../engine/requirement.ts";
import type { Result, SuiteName, Verdict } from "../engine/result.ts";
import { requirements } from "../index.ts";

const options = { run: "fault", patience: 300, largestEdge: 1_200, isLarge: true };
const reds: readonly Verdict[] = ["violates", "warns", "not supported"];
/** Judged one after the other, because they share what is global to a service. */
const alone: SuiteName = "extended-query-tags";
/**
 * Whether the requirements that have nothing to do with a fault are judged as well, so that one that turns red
 * without reason is seen. That takes ten minutes, so whoever adds a fault does it, for the suite of that fault.
 */
const isThorough = process.env.FAULTS_AGAINST === "all";

/**
 * Makes a test of each fault: against a server that has it, exactly the requirements that must notice it turn red.
 * The collection's story is left out: any fault may stop it.
 */
export function proveFaults(faults: readonly Fault[]): void {
  let noticed = 0;
  for (const fault of faults) {
    const expected = [...fault.noticedBy].sort();
    test(`${fault.name}: noticed by ${expected.join(", ")}`, async () => {
      const red = (await judgeUnder(fault, judgedUnder(fault))).filter(({ verdict }) =>
        reds.includes(verdict),
      );
      const reasons = red.map(({ id, api, reason }) => `${id} ${api}: ${reason}`).join("\n");
      noticed += red.length > 0 ? 1 : 0;
      expect([...new Set(red.map(({ id }) => id))].sort(), reasons).toEqual(expected);
    });
  }
  afterAll(() => {
    console.log(`kill rate: ${noticed} of ${faults.length} faults noticed`);
  });
}

function judgedUnder({ noticedBy }: Fault): readonly Requirement[] {
  const noticing = requirements().filter(({ id }) => noticedBy.includes(id));
  if (!isThorough) {
    return noticing;
  }
  const isConcerned = noticing.some(({ suite }) => suite === alone);
  return requirements().filter(({ suite }) => suite !== "collection" && (suite !== alone || isConcerned));
}

async function judgeUnder(fault: Fault, judged: readonly Requirement[]): Promise<Result[]> {
  const server = await startReferenceServer({ faults: [fault] });
  const transport = new Transport({ timeout: 5_000 });
  const results: Result[] = [];
  try {
    for (const api of versionsOf(fault, judged)) {
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
function versionsOf({ noticedBy }: Fault, judged: readonly Requirement[]): ApiVersion[] {
  const noticing = judged.filter(({ id }) => noticedBy.includes(id));
  const needs = (api: ApiVersion) => noticing.some((requirement) => requirement.api.includes(api));
  const onlyV1 = noticing.some(({ api }) => !api.includes("v2"));
  return [...(needs("v2") ? (["v2"] as const) : []), ...(onlyV1 ? (["v1"] as const) : [])];
}
