import { expect, test } from "vitest";
import { concurrencyOf } from "./concurrency.ts";

test.each([
  [1, { workers: 1, checks: 1 }],
  [5, { workers: 1, checks: 5 }],
  [12, { workers: 2, checks: 6 }],
  [16, { workers: 2, checks: 8 }],
  [21, { workers: 3, checks: 7 }],
  [64, { workers: 8, checks: 8 }],
])("%i checks at once", (atOnce, expected) => {
  expect(concurrencyOf(atOnce)).toEqual(expected);
  expect(expected.workers * expected.checks).toBeLessThanOrEqual(atOnce);
});
