import { describe, expect, test } from "vitest";
import type { Endpoint } from "../../fixtures/client/endpoint.ts";
import { excludedOf, withExcluded } from "./exclusion.ts";
import { neverReached, type RequirementText, unjudged } from "./result.ts";

const requirement = (id: string, changes: Partial<RequirementText> = {}): RequirementText => ({
  ...{ id, title: "is as it says", suite: "store", request: "Store", level: "must", profile: "azure" },
  ...{ api: ["v1", "v2"], clauses: [], ...changes },
});
const all = [
  requirement("STORE-001"),
  requirement("STORE-002", { api: ["v2"] }),
  requirement("SEARCH-001", { suite: "search" }),
];
const endpoints: readonly Endpoint[] = (["v1", "v2"] as const).map((api) => ({
  ...{ baseUrl: `http://127.0.0.1/${api}`, api, profile: "azure" },
}));

describe("what is excluded", () => {
  test("is a requirement, or all of a suite; what is said of the one goes first", () => {
    const excluded = excludedOf(all, [
      { name: "store-001", reason: "vendor issue 12" },
      { name: "store", reason: "read-only" },
    ]);
    expect([...excluded]).toEqual([
      ["STORE-001", "vendor issue 12"],
      ["STORE-002", "read-only"],
    ]);
  });

  test("exists", () => {
    expect(() => excludedOf(all, [{ name: "store-999", reason: "x" }])).toThrow(
      /^--exclude names "store-999", which is no requirement and no suite; --list/,
    );
  });

  test("is skipped with its reason, in each version that it would have been judged in", () => {
    const excluded = excludedOf(all, [{ name: "store-002", reason: "vendor issue 12" }]);
    expect(withExcluded([], all, endpoints, excluded)).toMatchObject([
      {
        id: "STORE-002",
        api: "v2",
        verdict: "skipped",
        reason: "excluded: vendor issue 12",
        excluded: "vendor issue 12",
      },
    ]);
    expect(withExcluded([], all.slice(0, 1), endpoints, excluded)).toEqual([]);
  });

  test("takes nothing else out: what it covers stays inconclusive, and says that nobody judged the cause", () => {
    const open = {
      ...unjudged(requirement("STORE-001"), "v2", { verdict: "inconclusive", reason: neverReached }),
      reason: "could not begin: expected an answer, received 500; STORE-002 covers this",
      coveredBy: "STORE-002",
    };
    const excluded = excludedOf(all, [{ name: "store-002", reason: "x" }]);
    expect(withExcluded([open], [], endpoints, excluded)).toEqual([
      {
        ...open,
        reason:
          "could not begin: expected an answer, received 500; STORE-002, which covers this, is excluded",
      },
    ]);
    expect(withExcluded([open], [], endpoints, new Map())).toEqual([open]);
  });
});
