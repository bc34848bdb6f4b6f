import type { RequirementText, Shard } from "./result.ts";
import { exclusiveSuites } from "./stages.ts";
import { wireRequirement } from "./wire.ts";

/** Requirements that stay together, and the milliseconds that they take. */
interface Load<T> {
  readonly members: readonly T[];
  readonly duration: number;
}

/**
 * The requirements that one shard of a run judges: longest first, each goes to the shard with the least to do, so that
 * everybody who is given the same durations splits in the same way. Exclusive suites are all in one shard; what is
 * judged of the whole run is in none.
 * @param durationOf milliseconds of a run that a requirement takes
 */
export function shardOf<T extends RequirementText>(
  requirements: readonly T[],
  durationOf: (requirement: T) => number,
  { number, count }: Shard,
): readonly T[] {
  const shards = Array.from({ length: count }, () => ({ members: new Set<T>(), duration: 0 }));
  for (const { members, duration } of loadsOf(requirements, durationOf)) {
    const least = shards.reduce((best, shard) => (shard.duration < best.duration ? shard : best));
    for (const member of members) {
      least.members.add(member);
    }
    least.duration += duration;
  }
  const own = shards[number - 1]?.members;
  return requirements.filter((requirement) => own?.has(requirement));
}

function loadsOf<T extends RequirementText>(
  requirements: readonly T[],
  durationOf: (requirement: T) => number,
): readonly Load<T>[] {
  const split = requirements.filter(({ id }) => id !== wireRequirement.id);
  const exclusive = split.filter(isExclusive);
  const together = exclusive.reduce((sum, requirement) => sum + durationOf(requirement), 0);
  const loads = split
    .filter((requirement) => !isExclusive(requirement))
    .map((requirement): Load<T> => ({ members: [requirement], duration: durationOf(requirement) }));
  return [{ members: exclusive, duration: together }, ...loads].sort(
    (one, other) => other.duration - one.duration,
  );
}

function isExclusive({ suite }: RequirementText): boolean {
  return exclusiveSuites.includes(suite);
}
