import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ReportFolder } from "../../reporters/report-folder.ts";
import { recordOf, resultWith } from "../../reporters/sample-result.testing.ts";
import { type ShardRecord, writeShard } from "../../reporters/shard-file.ts";
import { root, runCommand } from "../command.testing.ts";

let folder: string;
let version: string;
let baseline: string;

/** Leaves the report of a shard of two, which judged one requirement of a service. */
async function shard(number: number, changes: Partial<ShardRecord>): Promise<void> {
  const report = await ReportFolder.open(join(folder, String(number)));
  const record: ShardRecord = {
    ...recordOf([]),
    ...{ version: version, api: ["v2"], selected: ["SERVICE-017", "SERVICE-019", "DELETE-006"] },
    ...{ excluded: [["DELETE-006", "vendor issue 13"]], faults: [], shard: { number, count: 2 } },
    ...{ mayLeave: false, isLarge: false, hasBaseline: true, ...changes },
  };
  await writeShard(record, report);
  await report.close();
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "carried-over-"));
  ({ version } = JSON.parse(await readFile(join(root, "package.json"), "utf8")));
  baseline = join(folder, "known.json");
  await writeFile(
    baseline,
    '{"known":[{"id":"SERVICE-019","verdict":"violates","reason":"vendor issue 12"}]}',
  );
  await shard(1, {
    results: [resultWith({ id: "SERVICE-019", verdict: "violates", reason: "expected 200; received 500" })],
  });
  await shard(2, {
    results: [
      resultWith({
        ...{ id: "SERVICE-017", verdict: "inconclusive", reason: "the run ended before it was judged" },
        leftovers: ["study 2.25.1: DELETE answered 500"],
      }),
    ],
    endedBecause: "Stopped before the end",
  });
});

afterAll(() => rm(folder, { recursive: true }));

function merge(...args: string[]) {
  const shards = [join(folder, "1"), join(folder, "2")];
  return runCommand(["merge", ...shards, "--report-dir", join(folder, "whole"), ...args], {});
}

test("merge knows what ended a shard, what it left, what is known and what is excluded", async () => {
  const history = join(folder, "history.jsonl");
  const { exitCode, stdout } = await merge("--baseline", baseline, "--history", history);
  expect(stdout).toContain(
    "KNOWN DEVIATIONS\n  SERVICE-019 v2 one instance is stored: violates, vendor issue 12\n",
  );
  expect(stdout).toContain("LEFT BEHIND (1): --clean-up tries again\n  study 2.25.1: DELETE answered 500\n");
  expect(stdout).toMatch(/EXCLUDED\n {2}DELETE-006 v2 .*: .*vendor issue 13\n/);
  expect(stdout).toContain("\nStopped before the end in shard 2: no violation so far");
  expect(exitCode).toBe(2);
  expect(JSON.parse(await readFile(history, "utf8")).verdicts).toEqual({
    violates: ["SERVICE-019 v2"],
    inconclusive: ["SERVICE-017 v2"],
    skipped: ["DELETE-006 v2"],
  });
}, 300_000);

test("merge asks for the baseline that the shards were held against, and replaces none of them", async () => {
  const without = await merge();
  expect(without.stderr).toBe(
    "The shards were held against a baseline: give it to merge as well, with --baseline.\n",
  );
  const over = await merge("--baseline", baseline, "--report-dir", join(folder, "1"));
  expect(over.stderr).toMatch(
    /^The report would replace the shard in .*: name another folder with --report-dir\.\n$/,
  );
  expect([without.exitCode, over.exitCode]).toEqual([2, 2]);
}, 300_000);
