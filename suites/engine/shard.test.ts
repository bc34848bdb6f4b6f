import { describe, expect, test } from "vitest";
import type { RequirementText } from "./result.ts";
import { shardOf } from "./shard.ts";
import { wireRequirement } from "./wire.ts";

function requirement(id: string, suite: RequirementText["suite"] = "store"): RequirementText {
  return { ...wireRequirement, id, suite };
}

const long = requirement("STORE-001");
const [tags, story] = [
  requirement("TAGS-001", "extended-query-tags"),
  requirement("COLLECTION-001", "collection"),
];
const short = ["002", "003", "004", "005"].map((number) => requirement(`STORE-${number}`));
const all = [short, tags, long, story, wireRequirement].flat();

const durations: Readonly<Record<string, number>> = { [long.id]: 70, [tags.id]: 40, [story.id]: 20 };
const durationOf = ({ id }: RequirementText) => durations[id] ?? 10;

function split(count: number, requirements: readonly RequirementText[] = all): string[][] {
  return Array.from({ length: count }, (_, index) =>
    shardOf(requirements, durationOf, { number: index + 1, count }).map(({ id }) => id),
  );
}

describe("a run that is split", () => {
  test("has the longest first on the shard with the least to do, in the order of the run", () => {
    expect(split(2)).toEqual([
      ["STORE-003", "STORE-005", "STORE-001"],
      ["STORE-002", "STORE-004", "TAGS-001", "COLLECTION-001"],
    ]);
  });

  test("has everything once, but for what is judged of the whole run", () => {
    for (const count of [1, 2, 3, 4, 7]) {
      const judged = split(count).flat();
      expect(judged.sort()).toEqual(
        all
          .filter((each) => each !== wireRequirement)
          .map(({ id }) => id)
          .sort(),
      );
    }
  });

  test("has what must run alone in one shard, however many there are", () => {
    for (const count of [2, 3, 7]) {
      const holding = split(count).filter(
        (ids) => ids.includes("TAGS-001") || ids.includes("COLLECTION-001"),
      );
      expect(holding).toHaveLength(1);
    }
  });

  test("may have shards with nothing to do", () => {
    expect(split(3, [long, wireRequirement])).toEqual([["STORE-001"], [], []]);
  });
});
