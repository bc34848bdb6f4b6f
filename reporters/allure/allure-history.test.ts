import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { PastRun } from "../history/changes.ts";
import { writeReports } from "../report.ts";
import { ReportFolder } from "../report-folder.ts";
import { recordOf, resultWith } from "../sample-result.testing.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "allure-history-"));
});

afterAll(() => rm(folder, { recursive: true }));

test("Allure shows for a requirement what became of it in earlier runs", async () => {
  const startedAt = "2025-12-31T23:00:00.000Z";
  const run = {
    startedAt,
    version: "0.0.0",
    target: "t",
    profile: "azure",
    exitCode: 1,
    durationMilliseconds: 1,
  };
  const past: PastRun[] = [{ ...run, verdicts: new Map([["STORE-001 v2", "violates"]]) }];
  const reports = await ReportFolder.open(folder);
  await writeReports({ ...recordOf([resultWith({})]), past }, reports);
  await reports.close();
  const page = await readFile(join(folder, "allure.html"), "utf8");
  expect(page).not.toContain('[data-testid="test-result-tab-history"]');
  const encoded = page.matchAll(/d\("([^"]+)"\s*,\s*"([^"]+)"\)/g);
  const data = [...encoded].map(([, name = "", base64 = ""]) => [
    name,
    JSON.parse(Buffer.from(base64, "base64").toString()),
  ]);
  const shown = data.find(([name]) => name.startsWith("data/test-results/"))?.[1];
  expect(shown).toMatchObject({ status: "passed", transition: "fixed", history: [{ status: "failed" }] });
  const charts = Object.values<{ type: string }>(
    data.find(([name]) => name === "widgets/charts.json")?.[1].general,
  );
  expect(charts.find(({ type }) => type === "statusDynamics")).toMatchObject({
    data: [{ statistic: { failed: 1 } }, { statistic: { passed: 1 } }],
  });
});
