import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startReferenceServer } from "../../fixtures/reference-server/server.ts";
import { loadFaults } from "../../suites/proof/fault.ts";
import { runCommand } from "../command.testing.ts";

let folder: string;
let file: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "known-deviations-"));
  file = join(folder, "known.json");
});

afterAll(() => rm(folder, { recursive: true }));

/** Judges one requirement of a service that breaks it, or of an honest one. */
async function judge(isHonest: boolean, ...flags: string[]) {
  const faults = (await loadFaults()).filter(({ noticedBy }) => noticedBy[0] === "DELETE-006").slice(0, 1);
  expect(faults).toHaveLength(1);
  const server = await startReferenceServer({ faults: isHonest ? [] : faults });
  try {
    const args = ["--url", `${server.url}/v2`, "--requirement", "DELETE-006", ...flags];
    return await runCommand(args, { DICOM_REPORT_DIR: join(folder, "report") });
  } finally {
    await server.close();
  }
}

test("what a service is known to break fails no run, until it is mended", async () => {
  const written = await judge(false, "--write-baseline", file);
  expect(written.stdout).toContain(`Baseline: ${file}, 1 deviation(s)`);
  expect(written.exitCode).toBe(0);
  const baseline = JSON.parse(await readFile(file, "utf8"));
  expect(baseline.known).toMatchObject([{ id: "DELETE-006", api: "v2", verdict: "violates" }]);
  baseline.known[0].reason = "vendor issue 12";
  await writeFile(file, JSON.stringify(baseline));

  const known = await judge(false, "--baseline", file);
  expect(known.stdout).toContain("KNOWN DEVIATIONS\n  DELETE-006 v2 ");
  expect(known.stdout).toContain(": violates, vendor issue 12\n");
  expect(known.exitCode).toBe(0);

  const mended = await judge(true, "--baseline", file);
  expect(mended.stdout).toContain(`OUT OF DATE in ${file}\n  DELETE-006 v2 conforms now: remove it`);
  expect(mended.exitCode).toBe(1);
}, 180_000);

test("a baseline that cannot be used is refused before anything is sent", async () => {
  const none = await judge(true, "--baseline", join(folder, "none.json"));
  expect(none).toMatchObject({ exitCode: 2, stdout: "" });
  expect(none.stderr).toMatch(/^The baseline cannot be read: ENOENT/);
  await writeFile(file, '{ "known": [{ "id": "STORE-999", "verdict": "violates" }] }');
  const stale = await judge(true, "--baseline", file);
  expect(stale.exitCode).toBe(2);
  expect(stale.stderr).toContain("names STORE-999, which no requirement is called");
});
