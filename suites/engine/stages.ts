import type { SuiteName } from "./result.ts";

/**
 * Suites whose checks change what every request of others answers, such as query tags do: each of them runs in a stage
 * of its own, one check after the other, and in a run that is split all of them in one shard.
 */
export const exclusiveSuites: readonly SuiteName[] = ["extended-query-tags", "collection"];
