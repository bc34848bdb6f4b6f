import { describe, expect, test } from "vitest";
import { recordOf, resultWith } from "../../reporters/sample-result.testing.ts";
import type { ShardRecord } from "../../reporters/shard-file.ts";
import { type FoundShard, requireWhole } from "./whole-run.ts";

const run = recordOf([]);

/** A shard of two, which judged one requirement. */
function shard(number: number, id: string, changes: Partial<ShardRecord> = {}): FoundShard {
  const record: ShardRecord = {
    ...{ ...run, api: ["v2"], selected: ["STORE-001", "STORE-002"], excluded: [], faults: [] },
    ...{ mayLeave: false, isLarge: false, hasBaseline: false },
    ...{ shard: { number, count: 2 }, results: [resultWith({ id })], ...changes },
  };
  return { folder: `report-${number}-${id}`, record };
}

const [first, second] = [shard(1, "STORE-001"), shard(2, "STORE-002")];

test("the shards of one run come in their order, whichever was named first", () => {
  expect(requireWhole([second, first], run.version)).toEqual([first, second]);
});

describe("what is not the whole of one run is refused", () => {
  test.each([
    [
      "one that is missing",
      [second],
      /^Of the 2 shards is missing: 1\/2\. Name its report folder as well\.$/,
    ],
    [
      "one that comes twice",
      [first, second, shard(2, "STORE-003")],
      /are both shard 2\/2: leave one of them out/,
    ],
    [
      "another service",
      [first, shard(2, "STORE-002", { target: "http://b/v2" })],
      /service is .* in one and http:\/\/b\/v2 in/,
    ],
    [
      "another profile",
      [first, shard(2, "STORE-002", { profile: "dicomweb" })],
      /profile is azure in one and dicomweb/,
    ],
    [
      "another version of the API",
      [first, shard(2, "STORE-002", { api: ["v1"] })],
      /API versions is v2 in one and v1/,
    ],
    [
      "another number",
      [first, shard(2, "STORE-002", { shard: { number: 2, count: 3 } })],
      /number of shards is 2 in one and 3/,
    ],
    [
      "another strictness",
      [first, shard(2, "STORE-002", { isStrict: true })],
      /--strict is false in one and true/,
    ],
    [
      "another selection",
      [first, shard(2, "STORE-002", { selected: ["STORE-002"] })],
      /the same --suite, --requirement and --exclude/,
    ],
    [
      "another way to split",
      [first, shard(2, "STORE-001")],
      /both judged STORE-001: give all shards the same --durations/,
    ],
  ])("%s", (_, shards, sentence) => {
    expect(() => requireWhole(shards, run.version)).toThrow(sentence);
  });

  test("another version of the suite", () => {
    expect(() => requireWhole([first, second], "9.9.9")).toThrow(
      /judged by version 0\.0\.0, and this is 9\.9\.9/,
    );
  });
});
