import { describe, expect, test } from "vitest";
import { Transport } from "../../fixtures/client/transport/transport.ts";
import { applies, judge } from "../engine/judge.ts";
import { loadRequirements } from "../engine/load.ts";
import { startStub, stubBehaviours } from "./stub-services.testing.ts";

const requirements = await loadRequirements();

describe("against a stub service nothing conforms", () => {
  test.concurrent.each(Object.entries(stubBehaviours))("that %s", async (_, behaviour) => {
    const stub = await startStub(behaviour);
    const transport = new Transport({ timeout: 300 });
    const conforming: string[] = [];
    try {
      for (const api of ["v1", "v2"] as const) {
        const endpoint = { baseUrl: `${stub.url}/${api}`, api, profile: "azure" } as const;
        const judged = requirements.filter((requirement) => applies(requirement, endpoint));
        const results = await Promise.all(
          judged.map((requirement) =>
            judge(requirement, endpoint, transport, { run: "stub", patience: 0, largestEdge: 100 }),
          ),
        );
        conforming.push(...results.filter(({ verdict }) => verdict === "conforms").map(({ id }) => id));
        // What is said to cover a check that could not begin is judged wherever that check is.
        const uncovered = results.filter(
          ({ coveredBy }) => coveredBy !== undefined && !judged.some(({ id }) => id === coveredBy),
        );
        expect(uncovered.map(({ id, coveredBy }) => `${id}: ${coveredBy}`)).toEqual([]);
        const ours = results.filter(({ reason }) => reason?.includes("a fault of this suite"));
        expect(ours.map(({ id, reason }) => `${id}: ${reason}`)).toEqual([]);
      }
    } finally {
      await transport.close();
      await stub.close();
    }
    expect(conforming).toEqual([]);
  });
});
