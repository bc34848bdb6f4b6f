import { UsageError } from "../../fixtures/targets/usage-error.ts";
import type { ShardRecord } from "../../reporters/shard-file.ts";

/** A shard, and where it was found. */
export interface FoundShard {
  readonly folder: string;
  readonly record: ShardRecord;
}

/** What all shards of a run have in common, in the words of a sentence. */
const common: Readonly<Record<string, (record: ShardRecord) => unknown>> = {
  version: ({ version }) => version,
  service: ({ target }) => target,
  profile: ({ profile }) => profile,
  "API versions": ({ api }) => api.map((version) => version ?? "none").join(" and "),
  "number of shards": ({ shard }) => shard.count,
  "--strict": ({ isStrict }) => isStrict,
  "--keep": ({ mayLeave }) => mayLeave,
  "--large": ({ isLarge }) => isLarge,
};

/**
 * The shards of one run, in their order.
 * @param version of this suite
 * @throws UsageError where one is missing, comes twice, or belongs to another run
 */
export function requireWhole(shards: readonly FoundShard[], version: string): readonly FoundShard[] {
  const [first, ...others] = shards;
  if (first === undefined) {
    throw new UsageError("Name the report folders of the shards.");
  }
  if (first.record.version !== version) {
    throw new UsageError(
      `${first.folder} was judged by version ${first.record.version}, and this is ${version}: judge and merge with the same.`,
    );
  }
  for (const other of others) {
    requireSameRun(first, other);
  }
  const inOrder = [...shards].sort((one, other) => one.record.shard.number - other.record.shard.number);
  requireAllOnce(inOrder, first.record.shard.count);
  requireDisjoint(inOrder);
  return inOrder;
}

function requireSameRun(one: FoundShard, other: FoundShard): void {
  for (const [what, of] of Object.entries(common)) {
    const [expected, found] = [of(one.record), of(other.record)];
    if (expected !== found) {
      throw new UsageError(
        `${one.folder} and ${other.folder} are of different runs: ${what} is ${expected} in one and ${found} in the other.`,
      );
    }
  }
  const selectionOf = ({ record: { selected, excluded } }: FoundShard) =>
    JSON.stringify([selected, excluded]);
  if (selectionOf(one) !== selectionOf(other)) {
    throw new UsageError(
      `${one.folder} and ${other.folder} are of different runs: give all shards the same --suite, --requirement and --exclude.`,
    );
  }
}

function requireAllOnce(inOrder: readonly FoundShard[], count: number): void {
  const numberOf = ({ record }: FoundShard) => record.shard.number;
  const missing = Array.from({ length: count }, (_, index) => index + 1).filter(
    (number) => !inOrder.some((found) => numberOf(found) === number),
  );
  if (missing.length > 0) {
    const names = missing.map((number) => `${number}/${count}`).join(", ");
    throw new UsageError(`Of the ${count} shards is missing: ${names}. Name its report folder as well.`);
  }
  for (const [index, found] of inOrder.entries()) {
    const next = inOrder[index + 1];
    if (next !== undefined && numberOf(next) === numberOf(found)) {
      throw new UsageError(
        `${found.folder} and ${next.folder} are both shard ${numberOf(found)}/${count}: leave one of them out.`,
      );
    }
  }
}

/** What one of them judged, no other did; and nothing was left to none. */
function requireDisjoint(inOrder: readonly FoundShard[]): void {
  const judgedBy = new Map<string, FoundShard>();
  for (const found of inOrder) {
    const judged = found.record.results.filter(({ excluded }) => excluded === undefined);
    for (const id of new Set(judged.map((result) => result.id))) {
      const other = judgedBy.get(id);
      if (other !== undefined) {
        throw new UsageError(
          `${other.folder} and ${found.folder} both judged ${id}: give all shards the same --durations.`,
        );
      }
      judgedBy.set(id, found);
    }
  }
}
