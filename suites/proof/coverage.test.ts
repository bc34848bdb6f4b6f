import { describe, expect, test } from "vitest";
import { loadRequirements } from "../engine/load.ts";
import { wireRequirement } from "../engine/wire.ts";
import { coverageTable } from "./coverage.ts";
import { loadFaults } from "./fault.ts";
import { readLedger } from "./unproven.ts";

const faults = await loadFaults();
const all = [...(await loadRequirements()), wireRequirement];
/** The story fails with whatever it walks over; each of its steps has a requirement of its own. */
const provenElsewhere = ["COLLECTION-001", wireRequirement.id];

describe("the faults of the reference server", () => {
  test("prove every requirement that is judged", () => {
    const noticing = new Set(faults.flatMap(({ noticedBy }) => noticedBy));
    const unproven = all.filter(
      ({ id, skipped }) => !skipped && !noticing.has(id) && !provenElsewhere.includes(id),
    );
    expect(unproven.map(({ id }) => id)).toEqual([]);
  });

  test("name requirements that exist, and have names of their own", () => {
    const ids = all.map(({ id }) => id);
    expect(faults.flatMap(({ noticedBy }) => noticedBy).filter((id) => !ids.includes(id))).toEqual([]);
    expect(new Set(faults.map(({ name }) => name)).size).toBe(faults.length);
    expect(faults.filter(({ noticedBy }) => noticedBy.length === 0)).toEqual([]);
  });
});

test("suites/README.md tells what is checked", async () => {
  await expect(coverageTable(all, faults, readLedger())).toMatchFileSnapshot("../README.md");
});
