import { afterAll, inject, test } from "vitest";
import { applies, type JudgeOptions, judge } from "./judge.ts";
import { onRequirement } from "./requirement.ts";
import type { Result } from "./result.ts";
import { callersOfRun, journalOf, transportOf } from "./run-transport.ts";
import { drawSentBodies, saveSentBodies } from "./sent-bodies.ts";
import "./plan.ts";

const plan = inject("plan");
const transport = transportOf(plan);
const options: JudgeOptions = {
  run: plan.run,
  patience: 10_000,
  journal: journalOf(plan),
  isLarge: plan.isLarge,
  callers: callersOfRun(plan),
};
const running = new Set<Promise<Result>>();
const selected = new Set(plan.selected);

onRequirement((requirement) => {
  for (const endpoint of plan.endpoints) {
    if (selected.has(requirement.id) && applies(requirement, endpoint)) {
      const name = `${requirement.id} ${endpoint.api ?? ""} ${requirement.title}`;
      test(name, { concurrent: inject("isConcurrent") }, async ({ task, skip }) => {
        const judging = judge(requirement, endpoint, transport, options);
        running.add(judging);
        const result = await judging;
        running.delete(judging);
        // Before anything is written: a disk that is full must not lose the verdict.
        task.meta.result = result;
        await drawSentBodies(result);
        saveSentBodies(result, plan.bodies);
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

// After Ctrl-C Vitest waits for no test: what they stored must still be deleted.
afterAll(async () => {
  await Promise.all(running);
}, 60_000);
