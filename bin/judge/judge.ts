import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { attachedTo } from "../../fixtures/client/credentials/credential.ts";
import { Journal } from "../../fixtures/client/ownership/journal.ts";
import { noWaits, RunLimits } from "../../fixtures/client/transport/run-limits.ts";
import { Transport } from "../../fixtures/client/transport/transport.ts";
import { requireCredentials } from "../../fixtures/targets/credential-probe.ts";
import { requireDeletion, storeAndDelete } from "../../fixtures/targets/deletion-probe.ts";
import { smoke } from "../../fixtures/targets/smoke.ts";
import type { Target } from "../../fixtures/targets/target.ts";
import { UsageError } from "../../fixtures/targets/usage-error.ts";
import { gate } from "../../reporters/gate.ts";
import { Progress } from "../../reporters/progress.ts";
import type { RunRecord } from "../../reporters/record.ts";
import { writeReports } from "../../reporters/report.ts";
import { journalIn, ReportFolder } from "../../reporters/report-folder.ts";
import { scorecard } from "../../reporters/scorecard.ts";
import { serviceLogsFolder } from "../../reporters/service-logs.ts";
import { applies } from "../../suites/engine/judge.ts";
import type { Onlooker } from "../../suites/engine/judge-all.ts";
import { loadRequirements } from "../../suites/engine/load.ts";
import type { RunPlan } from "../../suites/engine/plan.ts";
import type { RequirementText } from "../../suites/engine/result.ts";
import { select } from "../../suites/engine/selection.ts";
import { wireRequirement } from "../../suites/engine/wire.ts";
import { keepLogs, logsOf } from "../containers/service-logs.ts";
import { openTarget } from "../open-target.ts";
import type { JudgeOptions } from "./command.ts";
import { Interruption } from "./interruption.ts";
import { KnownDeviations } from "./known-deviations.ts";

/** What was asked for, and what belongs to this run alone. */
type RunSettings = JudgeOptions &
  Pick<RunPlan, "run" | "journal" | "deadline"> & { readonly deviations: KnownDeviations };

/** Whom a run is for. */
export interface Audience<T> {
  readonly onlooker: Onlooker;
  /** Is told what a person should know before the first check. */
  readonly say: (sentence: string) => void;
  /** Called before the first check. @returns what asks the run to end */
  readonly stop: () => AbortSignal | undefined;
  /** What becomes of the record, while the folder is still the run's own. */
  readonly conclude: (record: RunRecord, folder: ReportFolder, run: string) => Promise<T>;
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
      conclude: (record, folder, run) => {
        interruption.judged();
        return report(record, folder, run);
      },
    },
    options,
    version,
  );
}

/** Judges a service. @throws UsageError when it cannot be done as asked */
export async function judgeFor<T>(audience: Audience<T>, options: JudgeOptions, version: string): Promise<T> {
  const all = [...(await loadRequirements()), wireRequirement];
  const selected = select(all, options.suite, options.requirement);
  const deviations = await KnownDeviations.open(
    options,
    all.map(({ id }) => id),
  );
  const deadline = options.maxTime === undefined ? undefined : Date.now() + options.maxTime * 1000;
  const run = randomBytes(3).toString("hex");
  const folder = await ReportFolder.open(options.reportDir);
  try {
    const target = await openTarget(options, (logs) => keepLogs(logs, folder));
    try {
      const journal = target.isLasting ? journalIn(folder.path) : undefined;
      await smokeAll(target, run, journal, { ...options, deadline }, audience.say);
      const settings = { ...options, run, journal, deadline, deviations };
      const record = await recordOf(target, selected, audience, settings, version);
      return await audience.conclude(record, folder, run);
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

async function recordOf(
  target: Target,
  selected: readonly RequirementText[],
  { onlooker, stop }: Pick<Audience<unknown>, "onlooker" | "stop">,
  options: RunSettings,
  version: string,
): Promise<RunRecord> {
  const { profile, strict: isStrict, access } = options;
  const plan: RunPlan = {
    run: options.run,
    endpoints: target.endpoints,
    selected: selected.map(({ id }) => id),
    timeout: options.timeout * 1000,
    concurrency: options.concurrency,
    deadline: options.deadline,
    waited: noWaits(),
    largestBody: options.maxBody * 1024 * 1024,
    access,
    isLarge: options.large,
    journal: options.journal,
    bodies: join(options.reportDir, "bodies"),
  };
  if (!selected.some((requirement) => target.endpoints.some((endpoint) => applies(requirement, endpoint)))) {
    throw new UsageError(
      `None of the selected requirements holds for ${target.name} in the profile ${profile}.`,
    );
  }
  // Loaded late: a list, and a service that cannot be reached, should not wait for Vitest.
  const { judgeAll } = await import("../../suites/engine/judge-all.ts");
  const startedAt = new Date();
  const judged = await judgeAll(plan, selected, onlooker, stop());
  const { faults, endedBecause } = judged;
  // What a run leaves in a service that ends with it needs nobody's care.
  const results = target.isLasting
    ? judged.results
    : judged.results.map((result) => ({ ...result, leftovers: [] }));
  const isWhole = endedBecause === undefined && faults.length === 0;
  const { results: known, baseline } = await options.deviations.hold(results, plan.selected, isWhole);
  const outcome = gate(known, { isStrict, mayLeave: options.keep, endedBecause, faults, baseline });
  return {
    ...{ version, target: target.name, profile, isStrict, startedAt, outcome, baseline },
    isInsecure: access.tls.isInsecure,
    reportDir: options.reportDir,
    duration: Date.now() - startedAt.getTime(),
    results: known,
    serviceLogs: outcome.exitCode === 0 ? [] : await logsOf(target),
  };
}

/** @returns the exit code */
async function report(record: RunRecord, folder: ReportFolder, run: string): Promise<number> {
  const { outcome, reportDir } = record;
  // Printed first: what was judged is not lost with a disk that is full.
  console.log(scorecard(record));
  try {
    new Journal(journalIn(folder.path), run).finish();
    await writeReports(record, folder);
  } catch (error) {
    console.error(
      `The report could not be written to ${folder.path}: ${(error as Error).message}. What is printed above stands.`,
    );
    return outcome.exitCode || 2;
  }
  console.log(`Report: ${join(reportDir, "index.html")}`);
  if (record.serviceLogs?.length) {
    console.log(`Logs of the containers: ${join(reportDir, serviceLogsFolder)}`);
  }
  return outcome.exitCode;
}

/** Asks each endpoint whether it can be judged, and one that keeps what it gets whether it gives that back. */
async function smokeAll(
  target: Target,
  run: string,
  journal: string | undefined,
  { access, timeout, maxBody, keep, deadline }: JudgeOptions & Pick<RunPlan, "deadline">,
  say: Audience<unknown>["say"],
): Promise<void> {
  await requireCredentials(access);
  const transport = new Transport({
    timeout: timeout * 1000,
    largestBody: maxBody * 1024 * 1024,
    limits: new RunLimits({ deadline, onWait: say }),
    ...attachedTo(access),
    origins: target.endpoints.map(({ baseUrl }) => baseUrl),
  });
  try {
    for (const endpoint of target.endpoints) {
      const isThere = await smoke(endpoint, transport, access.credential);
      const mustDelete = journal !== undefined && !keep;
      if (mustDelete || !isThere) {
        const probe = mustDelete ? requireDeletion : storeAndDelete;
        await probe(endpoint, transport, run, journal === undefined ? undefined : new Journal(journal, run));
      }
      if (!isThere && !(await smoke(endpoint, transport, access.credential))) {
        throw new UsageError(
          `${endpoint.baseUrl} does not exist, and a store did not make it: may the caller store?`,
        );
      }
    }
  } finally {
    await transport.close();
  }
}
