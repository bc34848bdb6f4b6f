import { appendFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Fault } from "../../fixtures/reference-server/fault.ts";
import { type ReferenceServer, startReferenceServer } from "../../fixtures/reference-server/server.ts";
import { addToHistory } from "../../reporters/history/history-file.ts";
import { recordOf, resultWith } from "../../reporters/sample-result.testing.ts";
import { runCommand } from "../command.testing.ts";

let folder: string;
let server: ReferenceServer;
let isBroken = true;

const versionsLost: Fault = {
  name: "no versions",
  answer: (answer) => {
    if (isBroken) {
      delete answer.headers["api-supported-versions"];
    }
  },
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "history-"));
  server = await startReferenceServer({ faults: [versionsLost] });
});

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

/** Judges one requirement, which the service breaks or not. */
function judge(history: string, isHonest: boolean) {
  isBroken = !isHonest;
  const args = ["--url", `${server.url}/v2`, "--requirement", "SERVICE-019", "--history", history];
  return runCommand(args, { DICOM_REPORT_DIR: join(folder, "report") });
}

test("a history says what is new and what is mended; a broken line is named", async () => {
  const file = join(folder, "history.jsonl");
  const yesterday = recordOf([resultWith({ id: "SERVICE-019" })]);
  await addToHistory(file, { ...yesterday, target: `${server.url}/v2` });
  await appendFile(file, "cut off\n");

  const broken = await judge(file, false);
  expect(broken.stderr).toContain(`${file} has lines that are no runs, and are left out: 2.`);
  expect(broken.stdout).toMatch(
    /NEW SINCE 2026-01-01 00:00 UTC\n {2}SERVICE-019 v2 .*: conforms → violates\n/,
  );
  expect(broken.exitCode).toBe(1);

  const mended = await judge(file, true);
  expect(mended.stdout).toMatch(/MENDED SINCE .*\n {2}SERVICE-019 v2 .*: violates → conforms\n/);
  const verdicts = JSON.parse(await readFile(join(folder, "report", "verdicts.json"), "utf8"));
  expect(verdicts.changes).toMatchObject([{ kind: "mended", id: "SERVICE-019", before: "violates" }]);
  expect((await readFile(file, "utf8")).trim().split("\n")).toHaveLength(4);
}, 600_000);

test("a file that is no history is refused before anything is sent", async () => {
  const { exitCode, stderr } = await judge("package.json", true);
  expect(stderr).toContain("package.json is no history of this suite: give --history a file of its own.");
  expect(exitCode).toBe(2);
});
