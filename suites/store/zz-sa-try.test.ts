import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { Transport } from "../../fixtures/client/transport.ts";
import type { Fault } from "../../fixtures/reference-server/fault.ts";
import { startReferenceServer } from "../../fixtures/reference-server/server.ts";
import "../../fixtures/matchers/expect.ts";
import "./uids.suite.ts";
import "./validation.suite.ts";
import "./validation-v1.suite.ts";
import "./validation-v2.suite.ts";
import { applies, judge } from "../judge.ts";
import { requirements } from "../requirement.ts";
import { startStub, stubBehaviours } from "../stub-services.ts";

test("stubs", async () => {
  for (const [name, behaviour] of Object.entries(stubBehaviours)) {
    const stub = await startStub(behaviour);
    const transport = new Transport({ timeout: 300 });
    for (const api of ["v1", "v2"] as const) {
      const endpoint = { baseUrl: `${stub.url}/${api}`, api, profile: "azure" } as const;
      for (const r of requirements().filter((r) => applies(r, endpoint))) {
        const x = await judge(r, endpoint, transport, { run: "stub", patience: 0 });
        if (x.verdict === "conforms" || x.reason?.includes("a fault of this suite"))
          console.log("STUB", name, x.id, x.verdict, x.reason);
      }
    }
    await transport.close();
    await stub.close();
  }
}, 200000);

test("faults of others", async () => {
  const dir = new URL("../../fixtures/reference-server/faults/", import.meta.url).pathname;
  for (const file of readdirSync(dir).filter((f) => f !== "store-validation.ts" && f !== "index.ts")) {
    const module = await import(`${dir}${file}`);
    const faults = Object.values(module).filter(Array.isArray).flat() as Fault[];
    for (const fault of faults) {
      if (typeof fault.name !== "string" || !fault.noticedBy) continue;
      const server = await startReferenceServer({ faults: [fault] });
      const transport = new Transport({ timeout: 5000 });
      for (const api of ["v1", "v2"] as const) {
        const endpoint = { baseUrl: `${server.url}/${api}`, api, profile: "azure" } as const;
        const red: string[] = [];
        await Promise.all(
          requirements()
            .filter((r) => applies(r, endpoint))
            .map(async (r) => {
              const x = await judge(r, endpoint, transport, { run: "fault", patience: 300 });
              if (
                ["violates", "warns", "not supported"].includes(x.verdict) &&
                !fault.noticedBy.includes(x.id)
              )
                red.push(x.id);
              if (x.reason?.includes("a fault of this suite")) console.log("OURS", x.id, x.reason);
            }),
        );
        if (red.length)
          console.log(
            "FAULT",
            file,
            "|",
            fault.name,
            "|",
            fault.noticedBy.join(),
            "|",
            api,
            red.sort().join(),
          );
      }
      await transport.close();
      await server.close();
    }
  }
}, 550000);
