import { join, resolve } from "node:path";
import type { Profile } from "../../fixtures/client/endpoint.ts";
import { UsageError } from "../../fixtures/targets/usage-error.ts";
import { gate } from "../../reporters/gate.ts";
import type { RunRecord } from "../../reporters/record.ts";
import { ReportFolder } from "../../reporters/report-folder.ts";
import { copyBodies, readShard, type ShardRecord } from "../../reporters/shard-file.ts";
import { withExcluded } from "../../suites/engine/exclusion.ts";
import { applies } from "../../suites/engine/judge.ts";
import { loadRequirements } from "../../suites/engine/load.ts";
import type { RequirementText, Result } from "../../suites/engine/result.ts";
import { judgeWire, wireRequirement } from "../../suites/engine/wire.ts";
import { EarlierRuns } from "../earlier-runs.ts";
import { KnownDeviations } from "../judge/known-deviations.ts";
import { present } from "../present.ts";
import type { MergeOptions } from "./command.ts";
import { requireWhole } from "./whole-run.ts";

/**
 * Makes one report of the shards of a run.
 * @param folders of their reports
 * @returns the exit code
 * @throws UsageError when they are not the whole of one run
 */
export async function merge(
  folders: readonly string[],
  options: MergeOptions,
  version: string,
): Promise<number> {
  if (folders.some((folder) => resolve(folder) === resolve(options.reportDir))) {
    throw new UsageError(
      `The report would replace the shard in ${options.reportDir}: name another folder with --report-dir.`,
    );
  }
  const bodies = join(options.reportDir, "bodies");
  const found = await Promise.all(
    folders.map(async (folder) => ({ folder, record: await readShard(folder, bodies) })),
  );
  const shards = requireWhole(found, version).map(({ record }) => record);
  const all = [...(await loadRequirements()), wireRequirement];
  const ids = all.map(({ id }) => id);
  const deviations = await KnownDeviations.open(
    { ...options, strict: shards.some(({ isStrict }) => isStrict) },
    ids,
  );
  if (
    options.baseline === undefined &&
    options.writeBaseline === undefined &&
    shards.some(({ hasBaseline }) => hasBaseline)
  ) {
    throw new UsageError(
      "The shards were held against a baseline: give it to merge as well, with --baseline.",
    );
  }
  const results = resultsOf(shards, all);
  const earlier = await EarlierRuns.open(options.history);
  const folder = await ReportFolder.open(options.reportDir);
  try {
    const record = earlier.compared(await recordOf(shards, results, deviations, options.reportDir));
    return await present(record, folder, options, async () => {
      await earlier.add(record);
      for (const shard of folders) {
        await copyBodies(shard, join(folder.path, "bodies"));
      }
    });
  } finally {
    await folder.close();
  }
}

async function recordOf(
  shards: readonly ShardRecord[],
  results: readonly Result[],
  deviations: KnownDeviations,
  reportDir: string,
): Promise<RunRecord> {
  const [first] = shards as [ShardRecord, ...ShardRecord[]];
  const { version, target, profile, mayLeave } = first;
  const excluded = new Map(first.excluded);
  const judged = first.selected.filter((id) => !excluded.has(id));
  const faults = shards.flatMap((shard) => shard.faults);
  const endedBecause = endOf(shards);
  const isWhole = endedBecause === undefined && faults.length === 0;
  const { results: known, baseline } = await deviations.hold(results, judged, isWhole);
  const outcome = gate(known, { isStrict: first.isStrict, mayLeave, endedBecause, faults, baseline });
  const startedAt = Math.min(...shards.map((shard) => shard.startedAt.getTime()));
  const endedAt = Math.max(...shards.map((shard) => shard.startedAt.getTime() + shard.duration));
  return {
    ...{ version, target, profile, isStrict: first.isStrict, outcome, baseline, reportDir, results: known },
    isInsecure: shards.some(({ isInsecure }) => isInsecure),
    startedAt: new Date(startedAt),
    duration: endedAt - startedAt,
    serviceLogs: outcome.exitCode === 0 ? [] : shards.flatMap(logsOf),
  };
}

/** In the order of a run that is not split, with what is judged of the whole; what a baseline knows is not yet said. */
function resultsOf(shards: readonly ShardRecord[], all: readonly RequirementText[]): readonly Result[] {
  const [first] = shards as [ShardRecord];
  const excluded = new Map(first.excluded);
  const selected = all.filter(({ id }) => first.selected.includes(id));
  const toJudge = selected.filter(({ id }) => !excluded.has(id));
  const judged = shards.flatMap(({ results }) => results);
  const endpoints = first.api.map((api) => ({ api, profile: first.profile as Profile, baseUrl: "" }));
  const results = endpoints.flatMap((endpoint) =>
    toJudge
      .filter((requirement) => requirement !== wireRequirement && applies(requirement, endpoint))
      .map((requirement) => resultOf(requirement, endpoint.api, judged)),
  );
  const derived = toJudge.includes(wireRequirement)
    ? endpoints.map((endpoint) => judgeWire(results, endpoint))
    : [];
  return withExcluded([...results, ...derived], selected, endpoints, excluded);
}

/** @throws UsageError where no shard has it */
function resultOf({ id }: RequirementText, api: Result["api"], judged: readonly Result[]): Result {
  const result = judged.find((one) => one.id === id && one.api === api);
  if (result === undefined) {
    throw new UsageError(`No shard judged ${id}: give all shards the same --durations.`);
  }
  return { ...result, known: undefined };
}

/** Why not everything was judged, as the begin of a sentence. */
function endOf(shards: readonly ShardRecord[]): string | undefined {
  const ended = shards.filter(({ endedBecause }) => endedBecause !== undefined);
  const reasons = ended.map(({ shard, endedBecause }) => `${endedBecause} in shard ${shard.number}`);
  return reasons.length === 0 ? undefined : reasons.join("; ");
}

function logsOf({ shard, serviceLogs = [] }: ShardRecord): NonNullable<RunRecord["serviceLogs"]> {
  return serviceLogs.map(({ name, text }) => ({ name: `shard-${shard.number}-${name}`, text }));
}
