import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCommand } from "../command.testing.ts";
import { programOf } from "../program.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "exclusion-"));
});

afterAll(() => rm(folder, { recursive: true }));

test("what is excluded is not judged, and every report says why", async () => {
  const { exitCode, stdout, stderr } = await runCommand(
    ["--requirement", "SERVICE-016", "--suite", "service"],
    {
      DICOM_REPORT_DIR: folder,
      DICOM_EXCLUDE: "SERVICE-019=vendor issue 12, late = never\n\nservice-017 = slow\n",
    },
  );
  expect([exitCode, stderr], stdout).toEqual([0, ""]);
  expect(stdout).toMatch(/\n\nEXCLUDED\n(.*: (slow|vendor issue 12, late = never)\n){4}\n/);
  expect(stdout).toContain("none violated, beside 2 excluded requirement(s). Target: ");
  const { verdicts } = JSON.parse(await readFile(join(folder, "verdicts.json"), "utf8"));
  expect(verdicts).toContainEqual(
    expect.objectContaining({ id: "SERVICE-017", verdict: "skipped", excluded: "slow", exchanges: [] }),
  );
  const junit = await readFile(join(folder, "junit.xml"), "utf8");
  expect(junit).toContain("excluded: vendor issue 12, late = never");
}, 120_000);

test.each([
  ["SERVICE-019", /^--exclude SERVICE-019 gives no reason: write it as "SERVICE-019=why/],
  ["SERVICE-019= ", /^--exclude SERVICE-019 gives no reason/],
  ["SERVICE-999=x", /^--exclude names "service-999", which is no requirement and no suite/],
])("--exclude %j is refused", async (exclusion, sentence) => {
  const program = programOf("0.0.0", () => {}, {});
  await expect(program.parseAsync(["list", "--exclude", exclusion], { from: "user" })).rejects.toThrow(
    sentence,
  );
});
