import { randomBytes } from "node:crypto";
import { access, constants, mkdir, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { credentialOf } from "../fixtures/client/credential.ts";
import type { Endpoint } from "../fixtures/client/endpoint.ts";
import { Journal } from "../fixtures/client/journal.ts";
import { Transport } from "../fixtures/client/transport.ts";
import { openConfigured } from "../fixtures/targets/configured.ts";
import { smoke } from "../fixtures/targets/smoke.ts";
import type { Target } from "../fixtures/targets/target.ts";
import { UsageError } from "../fixtures/targets/usage-error.ts";
import { gate } from "../reporters/gate.ts";
import { Progress } from "../reporters/progress.ts";
import { writeReports } from "../reporters/report.ts";
import { scorecard } from "../reporters/scorecard.ts";
import { applies } from "../suites/engine/judge.ts";
import { loadRequirements } from "../suites/engine/load.ts";
import type { RunPlan } from "../suites/engine/plan.ts";
import type { RequirementText } from "../suites/engine/result.ts";
import { select } from "../suites/engine/selection.ts";
import { wireRequirement } from "../suites/engine/wire.ts";
import { cleanUpAfterKilledRun } from "./clean-up.ts";
import { listForMachines, listForPeople } from "./list.ts";
import type { Options } from "./options.ts";

/**
 * Does what the options ask for, and prints it.
 * @returns the exit code
 * @throws UsageError when it cannot be done as asked
 */
export async function run(options: Options, version: string): Promise<number> {
  if (options.cleanUp) {
    return cleanUpAfterKilledRun(options, journalIn(options.reportDir));
  }
  const selected = select(
    [...(await loadRequirements()), wireRequirement],
    options.suite,
    options.requirement,
  );
  if (options.list) {
    const listed = options.json ? listForMachines : listForPeople;
    console.log(listed(selected, listedEndpoints(options)));
    return 0;
  }
  requireSense(options);
  await prepare(resolve(options.reportDir));
  const target = await openTarget(options);
  try {
    await smokeAll(target, options);
    return await judgeAndReport(target, selected, options, version);
  } finally {
    await target.close();
  }
}

async function judgeAndReport(
  target: Target,
  selected: readonly RequirementText[],
  options: Options,
  version: string,
): Promise<number> {
  const { profile, strict: isStrict, token } = options;
  const reportDir = resolve(options.reportDir);
  const plan: RunPlan = {
    run: randomBytes(3).toString("hex"),
    endpoints: target.endpoints,
    selected: selected.map(({ id }) => id),
    timeout: options.timeout * 1000,
    token,
    isLarge: options.large,
    journal: options.url === undefined ? undefined : journalIn(reportDir),
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
  const { results, faults, wasInterrupted } = await judgeAll(plan, selected, new Progress(process.stdout));
  const outcome = gate(results, { isStrict, wasInterrupted, faults });
  const duration = Date.now() - startedAt.getTime();
  const record = { version, target: target.name, profile, isStrict, startedAt, duration, results, outcome };
  // Printed first: what was judged is not lost with a disk that is full.
  console.log(scorecard(record));
  try {
    new Journal(journalIn(reportDir), plan.run).finish();
    await writeReports(record, reportDir);
  } catch (error) {
    console.error(
      `The report could not be written to ${reportDir}: ${(error as Error).message}. What is printed above stands.`,
    );
    return outcome.exitCode || 2;
  }
  console.log(`Report: ${join(options.reportDir, "index.html")}`);
  return outcome.exitCode;
}

function journalIn(reportDir: string): string {
  return join(reportDir, "journal.txt");
}

/** @throws UsageError for options that cannot be meant */
function requireSense({ json, reportDir, token }: Options): void {
  if (json) {
    throw new UsageError(
      "--json goes with --list; a run writes its verdicts to verdicts.json in the report folder.",
    );
  }
  if (reportDir.trim() === "") {
    throw new UsageError("--report-dir is empty: name a folder, or leave it out.");
  }
  if (token !== undefined && !/^[\x21-\x7e]+$/.test(token)) {
    throw new UsageError(
      "The token has blanks, line ends or other characters that no token has: was it cut out whole?",
    );
  }
}

/** Makes the report folder, and takes an earlier report away: a run that fails must not leave it as its own. */
async function prepare(reportDir: string): Promise<void> {
  try {
    await mkdir(reportDir, { recursive: true });
    await access(reportDir, constants.W_OK);
    for (const part of ["allure-results", "bodies", "index.html", "junit.xml", "verdicts.json"]) {
      await rm(join(reportDir, part), { recursive: true, force: true });
    }
  } catch (error) {
    throw new UsageError(`The report folder ${reportDir} cannot be used: ${(error as Error).message}.`);
  }
}

async function openTarget({ url, apiVersion, profile }: Options): Promise<Target> {
  if (url !== undefined) {
    return openConfigured(url, apiVersion, profile);
  }
  if (apiVersion !== undefined) {
    throw new UsageError(
      "--api-version goes with --url; without it both versions of the embedded server are judged.",
    );
  }
  // Loaded late: a service that runs elsewhere needs no server of ours.
  const { openEmbedded } = await import("../fixtures/targets/embedded.ts");
  return openEmbedded(profile);
}

/** The same endpoints, but nothing is started and nothing sent. */
function listedEndpoints({ url, apiVersion, profile }: Options): readonly Endpoint[] {
  return url === undefined
    ? (apiVersion === undefined ? (["v1", "v2"] as const) : [apiVersion]).map((api) => ({
        baseUrl: "",
        api,
        profile,
      }))
    : openConfigured(url, apiVersion, profile).endpoints;
}

async function smokeAll(target: Target, { token, timeout }: Options): Promise<void> {
  const transport = new Transport({
    timeout: timeout * 1000,
    credential: credentialOf(token),
    origins: target.endpoints.map(({ baseUrl }) => baseUrl),
  });
  try {
    for (const endpoint of target.endpoints) {
      await smoke(endpoint, transport, token !== undefined);
    }
  } finally {
    await transport.close();
  }
}
