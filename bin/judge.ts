import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { credentialOf } from "../fixtures/client/credential.ts";
import { Journal } from "../fixtures/client/journal.ts";
import { RunLimits } from "../fixtures/client/run-limits.ts";
import { Transport } from "../fixtures/client/transport.ts";
import { requireDeletion } from "../fixtures/targets/deletion-probe.ts";
import { smoke } from "../fixtures/targets/smoke.ts";
import type { Target } from "../fixtures/targets/target.ts";
import { UsageError } from "../fixtures/targets/usage-error.ts";
import { gate } from "../reporters/gate.ts";
import { Progress } from "../reporters/progress.ts";
import { writeReports } from "../reporters/report.ts";
import { journalIn, ReportFolder } from "../reporters/report-folder.ts";
import { scorecard } from "../reporters/scorecard.ts";
import { serviceLogsFolder } from "../reporters/service-logs.ts";
import { applies } from "../suites/engine/judge.ts";
import { loadRequirements } from "../suites/engine/load.ts";
import type { RunPlan } from "../suites/engine/plan.ts";
import type { RequirementText } from "../suites/engine/result.ts";
import { select } from "../suites/engine/selection.ts";
import { wireRequirement } from "../suites/engine/wire.ts";
import { openTarget } from "./open-target.ts";
import type { JudgeOptions } from "./options.ts";
import { keepLogs, logsOf } from "./service-logs.ts";

/**
 * Judges a service, prints the scorecard, and writes the reports.
 * @returns the exit code
 * @throws UsageError when it cannot be done as asked
 */
export async function judge(options: JudgeOptions, version: string): Promise<number> {
  const all = [...(await loadRequirements()), wireRequirement];
  const selected = select(all, options.suite, options.requirement);
  const deadline = options.maxTime === undefined ? undefined : Date.now() + options.maxTime * 1000;
  const run = randomBytes(3).toString("hex");
  const folder = await ReportFolder.open(options.reportDir);
  try {
    const target = await openTarget(options, (logs) => keepLogs(logs, folder));
    try {
      const journal = target.isLasting ? journalIn(folder.path) : undefined;
      await smokeAll(target, run, journal, { ...options, deadline });
      return await judgeAndReport(target, selected, folder, { ...options, run, journal, deadline }, version);
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

async function judgeAndReport(
  target: Target,
  selected: readonly RequirementText[],
  folder: ReportFolder,
  options: JudgeOptions & Pick<RunPlan, "run" | "journal" | "deadline">,
  version: string,
): Promise<number> {
  const { profile, strict: isStrict, token } = options;
  const plan: RunPlan = {
    run: options.run,
    endpoints: target.endpoints,
    selected: selected.map(({ id }) => id),
    timeout: options.timeout * 1000,
    deadline: options.deadline,
    largestBody: options.maxBody * 1024 * 1024,
    token,
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
  const { judgeAll } = await import("../suites/engine/judge-all.ts");
  const startedAt = new Date();
  const judged = await judgeAll(plan, selected, new Progress(process.stdout));
  const { faults, endedBecause } = judged;
  // What a run leaves in a service that ends with it needs nobody's care.
  const results = target.isLasting
    ? judged.results
    : judged.results.map((result) => ({ ...result, leftovers: [] }));
  const outcome = gate(results, { isStrict, mayLeave: options.keep, endedBecause, faults });
  const duration = Date.now() - startedAt.getTime();
  const serviceLogs = outcome.exitCode === 0 ? [] : await logsOf(target);
  const summary = { version, target: target.name, profile, isStrict, startedAt, duration };
  const record = { ...summary, results, outcome, serviceLogs };
  // Printed first: what was judged is not lost with a disk that is full.
  console.log(scorecard(record));
  try {
    new Journal(journalIn(folder.path), plan.run).finish();
    await writeReports(record, folder);
  } catch (error) {
    console.error(
      `The report could not be written to ${folder.path}: ${(error as Error).message}. What is printed above stands.`,
    );
    return outcome.exitCode || 2;
  }
  console.log(`Report: ${join(options.reportDir, "index.html")}`);
  if (serviceLogs.length > 0) {
    console.log(`Logs of the containers: ${join(options.reportDir, serviceLogsFolder)}`);
  }
  return outcome.exitCode;
}

/** Asks each endpoint whether it can be judged, and one that keeps what it gets whether it gives that back. */
async function smokeAll(
  target: Target,
  run: string,
  journal: string | undefined,
  { token, timeout, maxBody, keep, deadline }: JudgeOptions & Pick<RunPlan, "deadline">,
): Promise<void> {
  const transport = new Transport({
    timeout: timeout * 1000,
    largestBody: maxBody * 1024 * 1024,
    limits: new RunLimits({ deadline, onWait: console.error }),
    credential: credentialOf(token),
    origins: target.endpoints.map(({ baseUrl }) => baseUrl),
  });
  try {
    for (const endpoint of target.endpoints) {
      await smoke(endpoint, transport, token !== undefined);
      if (journal !== undefined && !keep) {
        await requireDeletion(endpoint, transport, run, new Journal(journal, run));
      }
    }
  } finally {
    await transport.close();
  }
}
