import type { Endpoint } from "../../fixtures/client/endpoint.ts";
import { UsageError } from "../../fixtures/targets/usage-error.ts";
import { applies } from "../../suites/engine/judge.ts";
import type { RequirementText } from "../../suites/engine/result.ts";
import { shardOf } from "../../suites/engine/shard.ts";
import type { JudgeOptions } from "./command.ts";
import { durationIn, loadDurations } from "./durations.ts";

/** Takes of what was selected the part that this run judges. */
export type Sharing = (
  selected: readonly RequirementText[],
  endpoints: readonly Endpoint[],
) => readonly RequirementText[];

/**
 * Reads what a split needs, before anything is sent; without --shard a run judges all that was selected.
 * @throws UsageError
 */
export async function openSharing({
  shard,
  durations: file,
  writeBaseline,
  history,
}: Pick<JudgeOptions, "shard" | "durations" | "writeBaseline" | "history">): Promise<Sharing> {
  if (shard === undefined) {
    if (file !== undefined) {
      throw new UsageError("--durations says how a run is split: it goes with --shard.");
    }
    return (selected) => selected;
  }
  if (writeBaseline !== undefined || history !== undefined) {
    throw new UsageError(
      "A shard sees a part of the run only: give --write-baseline and --history to merge.",
    );
  }
  const durations = await loadDurations(file);
  return (selected, endpoints) => {
    const versionsOf = (requirement: RequirementText) =>
      endpoints.filter((endpoint) => applies(requirement, endpoint)).length;
    return shardOf(
      selected,
      (requirement) => durationIn(durations, requirement, versionsOf(requirement)),
      shard,
    );
  };
}
