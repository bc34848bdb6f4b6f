import { expect, test } from "vitest";
import type { ApiVersion, Endpoint } from "../fixtures/client/service.ts";
import { Transport } from "../fixtures/client/transport.ts";
import type { Fault } from "../fixtures/reference-server/fault.ts";
import { startReferenceServer } from "../fixtures/reference-server/server.ts";
import { requirements } from "./index.ts";
import { applies, judge } from "./judge.ts";
import type { Requirement } from "./requirement.ts";
import type { Result, SuiteName, Verdict } from "./result.ts";

const options = { run: "fault", patience: 300, largestEdge: 1_200 };
const reds: readonly Verdict[] = ["violates", "warns", "not supported"];
/** Judged one after the other, because they share what is global to a service. */
const alone: readonly SuiteName[] = ["extended-query-tags"];

/**
 * Makes a test of each fault: against a server that has it, exactly the requirements that must notice it turn red,
 * and no unrelated one.
 * @param suites what is judged under the faults; the collection's story is left out, any fault may stop it
 */
export function proveFaults(faults: readonly Fault[], suites?: readonly SuiteName[]): void {
  const judged = requirements().filter(({ suite }) =>
    suites ? suites.includes(suite) : suite !== "collection" && !alone.includes(suite),
  );
  for (const fault of faults) {
    const expected = [...fault.noticedBy].sort();
    test(`${fault.name}: noticed by ${expected.join(", ")}`, async () => {
      const red = (await judgeUnder(fault, judged)).filter(({ verdict }) => reds.includes(verdict));
      const reasons = red.map(({ id, api, reason }) => `${id} ${api}: ${reason}`).join("\n");
      expect([...new Set(red.map(({ id }) => id))].sort(), reasons).toEqual(expected);
    });
  }
}

async function judgeUnder(fault: Fault, judged: readonly Requirement[]): Promise<Result[]> {
  const server = await startReferenceServer({ faults: [fault] });
  const transport = new Transport({ timeout: 5_000 });
  const results: Result[] = [];
  try {
    for (const api of versionsOf(fault, judged)) {
      const endpoint: Endpoint = { baseUrl: `${server.url}/${api}`, api, profile: "azure" };
      const applying = judged.filter((requirement) => applies(requirement, endpoint));
      const [serial, parallel] = [true, false].map((isAlone) =>
        applying.filter(({ suite }) => alone.includes(suite) === isAlone),
      );
      results.push(
        ...(await Promise.all(
          (parallel ?? []).map((requirement) => judge(requirement, endpoint, transport, options)),
        )),
      );
      for (const requirement of serial ?? []) {
        results.push(await judge(requirement, endpoint, transport, options));
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
