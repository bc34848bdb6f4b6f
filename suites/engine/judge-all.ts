import { fileURLToPath } from "node:url";
import { createVitest } from "vitest/node";
import { saysServiceGone } from "../../fixtures/client/transport/run-limits.ts";
import { exitCodeAfter } from "../../fixtures/targets/exit-code.ts";
import { ResultCollector } from "./collector.ts";
import { concurrencyOf } from "./concurrency.ts";
import { applies } from "./judge.ts";
import type { RunPlan } from "./plan.ts";
import { neverReached, type RequirementText, type Result, unjudged } from "./result.ts";
import { judgeWire, wireRequirement } from "./wire.ts";

export interface Judged {
  /** One per requirement and endpoint, in the order of the plan. */
  readonly results: readonly Result[];
  /** Faults of the suite itself. */
  readonly faults: readonly string[];
  /** Why not everything was judged, as the begin of a sentence; undefined where the run came to its end. */
  readonly endedBecause: string | undefined;
  /** The exit code where a signal ended it, whatever the verdicts. */
  readonly exitCode: number | undefined;
}

/** Looks on while a run goes on. */
export interface Onlooker {
  /** @param planned what will be judged, none of it yet */
  begin(planned: readonly Result[]): void;
  add(result: Result): void;
  /** Something that a person should know meanwhile. */
  say(text: string): void;
}

/** Runs the selected requirements under Vitest; Ctrl-C lets the running ones finish and clean up. */
export async function judgeAll(
  plan: RunPlan,
  selected: readonly RequirementText[],
  onlooker: Onlooker,
): Promise<Judged> {
  const planned = plan.endpoints.flatMap((endpoint) =>
    selected
      .filter((requirement) => requirement !== wireRequirement && applies(requirement, endpoint))
      .map((requirement) =>
        unjudged(requirement, endpoint.api, { verdict: "inconclusive", reason: neverReached }),
      ),
  );
  onlooker.begin(planned);
  let end = (_reason: string) => {};
  const collector = new ResultCollector(
    (result) => {
      onlooker.add(result);
      if (findsServiceGone(result)) {
        end("The service has stopped answering");
      }
    },
    (text) => onlooker.say(text),
  );
  const vitest = await createVitest(
    "test",
    {
      root: fileURLToPath(new URL("../..", import.meta.url)),
      project: ["conformance*"],
      watch: false,
      // The other way writes a file beside the configuration, where a container or an installation may not write.
      configLoader: "runner",
      reporters: [collector],
    },
    { logLevel: "error" },
  );
  let [isJudging, endedBecause] = [true, undefined as string | undefined];
  let exitCode: number | undefined;
  end = (reason) => {
    endedBecause ??= reason;
    void vitest.cancelCurrentRun("keyboard-input");
  };
  const clock = setTimeout(() => end("The time of the run (--max-time) was over"), timeLeft(plan));
  onInterrupt((code) => {
    if (isJudging) {
      end("Stopped before the end");
      exitCode = code;
      return "Finishing the checks that run; Ctrl-C again stops at once, and --clean-up removes what is left.";
    }
    return "All is judged, and the report is being written; Ctrl-C again stops at once.";
  });
  try {
    vitest.provide("plan", plan);
    const { workers, checks } = concurrencyOf(plan.concurrency);
    for (const { config } of vitest.projects.filter((project) => project.getProvidedContext().isConcurrent)) {
      Object.assign(config, { maxWorkers: workers, maxConcurrency: checks });
    }
    // Only the files of suites with something to judge: loading the others would take most of a short run's time.
    const folders = [...new Set(planned.map(({ suite }) => `suites/${suite}/`))];
    // No name at all would stand for every file.
    if (folders.length > 0) {
      await vitest.start(folders);
    }
  } finally {
    await vitest.close();
    clearTimeout(clock);
    isJudging = false;
  }
  const judged = new Map(collector.results.map((result) => [keyOf(result), result]));
  const results = planned.map((result) => judged.get(keyOf(result)) ?? result);
  const derived = plan.selected.includes(wireRequirement.id)
    ? plan.endpoints.map((endpoint) => judgeWire(results, endpoint))
    : [];
  return { results: [...results, ...derived], faults: collector.faults, endedBecause, exitCode };
}

/** Whether the service was given up while a check, or what took away what it had made, waited for it. */
function findsServiceGone({ exchanges, leftovers }: Result): boolean {
  return [exchanges.at(-1)?.failure ?? "", ...leftovers].some(saysServiceGone);
}

/** Milliseconds; as many as a timer takes where the run has no end. */
function timeLeft({ deadline }: RunPlan): number {
  return Math.min(deadline === undefined ? Number.POSITIVE_INFINITY : deadline - Date.now(), 2 ** 31 - 1);
}

/**
 * Takes the signals over from Vitest, which would end the process and lose what was judged so far; until the process
 * ends, because reports are still to be written after the last check.
 * @param interrupt called at the first signal with its exit code; what it gives is told to the person
 */
function onInterrupt(interrupt: (exitCode: number) => string): void {
  let isInterrupted = false;
  const listen = (signal: "SIGINT" | "SIGTERM") => {
    const exitCode = exitCodeAfter(signal);
    if (isInterrupted) {
      process.exit(exitCode);
    }
    isInterrupted = true;
    console.error(interrupt(exitCode));
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.removeAllListeners(signal).on(signal, listen);
  }
}

function keyOf({ id, api }: Result): string {
  return `${id} ${api ?? ""}`;
}
