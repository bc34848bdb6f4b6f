import { afterAll, inject, test } from "vitest";
import { anonymous, bearerToken } from "../fixtures/client/credential.ts";
import { Transport } from "../fixtures/client/transport.ts";
import { applies, judge } from "./judge.ts";
import { onRequirement } from "./requirement.ts";
import "./plan.ts";

const plan = inject("plan");
const transport = new Transport({
  timeout: plan.timeout,
  credential: plan.token === undefined ? anonymous : bearerToken(plan.token),
});
const selected = new Set(plan.selected);

onRequirement((requirement) => {
  for (const endpoint of plan.endpoints) {
    if (selected.has(requirement.id) && applies(requirement, endpoint)) {
      test(`${requirement.id} ${endpoint.api ?? ""} ${requirement.title}`, async ({ task, skip }) => {
        const result = await judge(requirement, endpoint, transport, { run: plan.run, patience: 10_000 });
        task.meta.result = result;
        if (result.verdict === "skipped" || result.verdict === "not supported") {
          skip(result.reason);
        }
        if (result.verdict !== "conforms") {
          throw new Error(`${result.verdict}: ${result.reason}`);
        }
      });
    }
  }
});

afterAll(() => transport.close());
