/** How many checks run together in each of several workers. */
export interface Concurrency {
  readonly workers: number;
  readonly checks: number;
}

/** Files are handed to workers whole: more than one of them has to offer, no worker could use. */
const checksOfAWorker = 8;

/** Shares the checks that may run at once out to workers: never more than that many, and as many as evenly go. */
export function concurrencyOf(atOnce: number): Concurrency {
  const workers = Math.max(1, Math.round(atOnce / checksOfAWorker));
  return { workers, checks: Math.floor(atOnce / workers) };
}
