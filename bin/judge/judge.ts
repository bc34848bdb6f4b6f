import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { Journal } from "../../fixtures/client/ownership/journal.ts";
import { noWaits } from "../../fixtures/client/transport/run-limits.ts";
import type { Target } from "../../fixtures/targets/target.ts";
import { UsageError } from "../../fixtures/targets/usage-error.ts";
import { gate } from "../../reporters/gate.ts";
import { Progress } from "../../reporters/progress.ts";
import type { RunRecord } from "../../reporters/record.ts";
import { journalIn, ReportFolder } from "../../reporters/report-folder.ts";
import { writeShard } from "../../reporters/shard-file.ts";
import { type Excluded, excludedOf, withExcluded } from "../../suites/engine/exclusion.ts";
import { applies } from "../../suites/engine/judge.ts";
import type { Onlooker } from "../../suites/engine/judge-all.ts";
import { loadRequirements } from "../../suites/engine/load.ts";
import type { RunPlan } from "../../suites/engine/plan.ts";
import type { RequirementText } from "../../suites/engine/result.ts";
import { select } from "../../suites/engine/selection.ts";
import { wireRequirement } from "../../suites/engine/wire.ts";
import { keepLogs, logsOf } from "../containers/service-logs.ts";
import { EarlierRuns } from "../earlier-runs.ts";
import { openTarget } from "../open-target.ts";
import { present } from "../present.ts";
import type { JudgeOptions } from "./command.ts";
import { Interruption } from "./interruption.ts";
import { KnownDeviations } from "./known-deviations.ts";
import { openSharing, type Sharing } from "./sharding.ts";
import { smokeAll } from "./smoke-all.ts";

/** What was asked for, and what belongs to this run alone. */
type RunSettings = JudgeOptions &
  Pick<RunPlan, "run" | "journal" | "deadline"> & {
    readonly deviations: KnownDeviations;
    readonly sharing: Sharing;
    readonly earlier: EarlierRuns;
    readonly excluded: Excluded;
  };

/** What a run comes to. */
export interface Judgement {
  readonly record: RunRecord;
  /** Writes what belongs to the run besides the reports, once they may be written. */
  readonly finish: () => Promise<void>;
}

/** Whom a run is for. */
export interface Audience<T> {
  readonly onlooker: Onlooker;
  /** Is told what a person should know before the first check. */
  readonly say: (sentence: string) => void;
  /** Called before the first check. @returns what asks the run to end */
  readonly stop: () => AbortSignal | undefined;
  /** The exit code of a signal that asked the run to end before all was judged. */
  readonly endedWith: () => number | undefined;
  /** What becomes of the judgement, while the folder is still the run's own. */
  readonly conclude: (judgement: Judgement, folder: ReportFolder) => Promise<T>;
}

/**
 * Judges a service, prints the scorecard, and writes the reports.
 * @returns the exit code
 * @throws UsageError when it cannot be done as asked
 */
export function judge(options: JudgeOptions, version: string): Promise<number> {
  const interruption = new Interruption();
  return judgeFor(
    {
      onlooker: new Progress(process.stdout),
      say: console.error,
      stop: () => interruption.listen(),
      endedWith: () => interruption.judged(),
      conclude: ({ record, finish }, folder) => present(record, folder, options, finish),
    },
    options,
    version,
  );
}

/** Judges a service. @throws UsageError when it cannot be done as asked */
export async function judgeFor<T>(audience: Audience<T>, options: JudgeOptions, version: string): Promise<T> {
  const all = [...(await loadRequirements()), wireRequirement];
  const selected = select(all, options.suite, options.requirement);
  const excluded = excludedOf(all, options.exclude);
  const deviations = await KnownDeviations.open(
    options,
    all.map(({ id }) => id),
  );
  const sharing = await openSharing(options);
  const earlier = await EarlierRuns.open(options.history);
  const deadline = options.maxTime === undefined ? undefined : Date.now() + options.maxTime * 1000;
  const run = randomBytes(3).toString("hex");
  const folder = await ReportFolder.open(options.reportDir);
  try {
    const target = await openTarget(options, (logs) => keepLogs(logs, folder));
    try {
      const journal = target.isLasting ? journalIn(folder.path) : undefined;
      await smokeAll(target, run, journal, { ...options, deadline }, audience.say);
      const settings = { ...options, run, journal, deadline, deviations, sharing, earlier, excluded };
      const judgement = await judgementOf(target, selected, audience, folder, settings, version);
      return await audience.conclude(judgement, folder);
    } catch (error) {
      await keepLogs(await logsOf(target), folder);
      throw error;
    } finally {
      await target.close();
    }
  } finally {
    await folder.close();
  }
}

async function judgementOf(
  target: Target,
  selected: readonly RequirementText[],
  { onlooker, stop, endedWith }: Pick<Audience<unknown>, "onlooker" | "stop" | "endedWith">,
  folder: ReportFolder,
  options: RunSettings,
  version: string,
): Promise<Judgement> {
  const { profile, strict: isStrict, access, excluded, shard, keep: mayLeave } = options;
  const toJudge = selected.filter(({ id }) => !excluded.has(id));
  const own = options.sharing(toJudge, target.endpoints);
  if (!toJudge.some((requirement) => target.endpoints.some((endpoint) => applies(requirement, endpoint)))) {
    throw new UsageError(
      `None of the selected requirements${excluded.size > 0 ? " that are not excluded" : ""} holds for ${target.name} in the profile ${profile}.`,
    );
  }
  // Loaded late: a list, and a service that cannot be reached, should not wait for Vitest.
  const { judgeAll } = await import("../../suites/engine/judge-all.ts");
  const startedAt = new Date();
  const plan = planOf(own, target, options);
  const judged = await judgeAll(plan, own, onlooker, stop());
  const interruptedWith = endedWith();
  const { faults, endedBecause } = judged;
  // What a run leaves in a service that ends with it needs nobody's care.
  const results = target.isLasting
    ? judged.results
    : judged.results.map((result) => ({ ...result, leftovers: [] }));
  const isWhole = endedBecause === undefined && faults.length === 0;
  const all = withExcluded(results, selected, target.endpoints, excluded);
  const { results: known, baseline } = await options.deviations.hold(all, plan.selected, isWhole);
  const outcome = gate(known, {
    ...{ isStrict, mayLeave, endedBecause, interruptedWith, faults, baseline, shard },
  });
  const record = options.earlier.compared({
    ...{ version, target: target.name, profile, isStrict, shard, startedAt, outcome, baseline },
    isInsecure: access.tls.isInsecure,
    reportDir: options.reportDir,
    duration: Date.now() - startedAt.getTime(),
    results: known,
    serviceLogs: outcome.exitCode === 0 ? [] : await logsOf(target),
  });
  return {
    record,
    finish: async () => {
      await options.earlier.add(record);
      new Journal(journalIn(folder.path), options.run).finish();
      if (shard !== undefined) {
        const api = target.endpoints.map((endpoint) => endpoint.api);
        const whole = { selected: selected.map(({ id }) => id), excluded: [...excluded] };
        const hasBaseline = baseline !== undefined;
        const settings = { shard, api, mayLeave, isLarge: options.large, hasBaseline };
        await writeShard({ ...record, ...whole, ...settings, faults, endedBecause }, folder);
      }
    },
  };
}

/** @param own what this run is to judge, or its shard */
function planOf(own: readonly RequirementText[], { endpoints }: Target, options: RunSettings): RunPlan {
  const { run, concurrency, deadline, access, journal } = options;
  return {
    ...{ run, endpoints, concurrency, deadline, access, journal },
    selected: own.map(({ id }) => id),
    timeout: options.timeout * 1000,
    waited: noWaits(),
    largestBody: options.maxBody * 1024 * 1024,
    isLarge: options.large,
    bodies: join(options.reportDir, "bodies"),
  };
}
