import { fileURLToPath } from "node:url";
import { createVitest } from "vitest/node";
import { saysServiceGone } from "../../fixtures/client/transport/run-limits.ts";
import { ResultCollector } from "./collector.ts";
import { concurrencyOf } from "./concurrency.ts";
import { HostProcess } from "./host-process.ts";
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
}

/** Looks on while a run goes on. */
export interface Onlooker {
  /** @param planned what will be judged, none of it yet */
  begin(planned: readonly Result[]): void;
  add(result: Result): void;
  /** Something that a person should know meanwhile. */
  say(text: string): void;
}

/**
 * Runs the selected requirements under Vitest. Of the process it leaves nothing changed.
 * @param stop ends the run: the checks that run finish and clean up
 */
export async function judgeAll(
  plan: RunPlan,
  selected: readonly RequirementText[],
  onlooker: Onlooker,
  stop?: AbortSignal,
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
  const host = new HostProcess();
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
  host.forgetListeners();
  let endedBecause: string | undefined;
  end = (reason) => {
    endedBecause ??= reason;
    void vitest.cancelCurrentRun("keyboard-input");
  };
  const clock = setTimeout(() => end("The time of the run (--max-time) was over"), timeLeft(plan));
  const stopped = () => end("Stopped before the end");
  stop?.addEventListener("abort", stopped);
  try {
    vitest.provide("plan", plan);
    const { workers, checks } = concurrencyOf(plan.concurrency);
    for (const { config } of vitest.projects.filter((project) => project.getProvidedContext().isConcurrent)) {
      Object.assign(config, { maxWorkers: workers, maxConcurrency: checks });
    }
    // Only the files of suites with something to judge: loading the others would take most of a short run's time.
    const folders = [...new Set(planned.map(({ suite }) => `suites/${suite}/`))];
    if (stop?.aborted) {
      stopped();
    } else if (folders.length > 0) {
      // No name at all would stand for every file.
      await vitest.start(folders);
    }
  } finally {
    await vitest.close();
    clearTimeout(clock);
    stop?.removeEventListener("abort", stopped);
    host.restore();
  }
  const judged = new Map(collector.results.map((result) => [keyOf(result), result]));
  const results = planned.map((result) => judged.get(keyOf(result)) ?? result);
  const derived = plan.selected.includes(wireRequirement.id)
    ? plan.endpoints.map((endpoint) => judgeWire(results, endpoint))
    : [];
  return { results: [...results, ...derived], faults: collector.faults, endedBecause };
}

/** Whether the service was given up while a check, or what took away what it had made, waited for it. */
function findsServiceGone({ exchanges, leftovers }: Result): boolean {
  return [exchanges.at(-1)?.failure ?? "", ...leftovers].some(saysServiceGone);
}

/** Milliseconds; as many as a timer takes where the run has no end. */
function timeLeft({ deadline }: RunPlan): number {
  return Math.min(deadline === undefined ? Number.POSITIVE_INFINITY : deadline - Date.now(), 2 ** 31 - 1);
}

function keyOf({ id, api }: Result): string {
  return `${id} ${api ?? ""}`;
}
