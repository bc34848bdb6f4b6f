import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { recordOf, resultWith, sampleExchange } from "../sample-result.testing.ts";
import { writeAllureResults } from "./allure.ts";

test("a result is written with the status of its verdict, its reason, and nothing of the machine", async () => {
  const folder = await mkdtemp(join(tmpdir(), "allure-test-"));
  const reason = "expected status 200; received 500";
  const results = [
    resultWith({ verdict: "violates", reason, exchanges: [sampleExchange], decisive: 0 }),
    resultWith({ id: "STORE-002" }),
    resultWith({ id: "STORE-003", verdict: "inconclusive", reason: "no response" }),
  ];
  writeAllureResults(recordOf(results), folder);
  const names = (await readdir(folder)).filter((name) => name.endsWith("-result.json"));
  const written = await Promise.all(
    names.map(async (name) => JSON.parse(await readFile(join(folder, name), "utf8"))),
  );
  await rm(folder, { recursive: true });

  const statuses = Object.fromEntries(written.map(({ name, status }) => [name.split(" ")[0], status]));
  expect(statuses).toEqual({ "STORE-001": "failed", "STORE-002": "passed", "STORE-003": "unknown" });
  const violation = written.find(({ status }) => status === "failed");
  expect(violation.statusDetails.message).toBe(`violates: ${reason}`);
  expect(violation.descriptionHtml).toContain("Repeat it");
  const labels = Object.fromEntries(
    violation.labels.map(({ name, value }: { name: string; value: string }) => [name, value]),
  );
  expect(labels).toMatchObject({
    epic: "store",
    feature: "Store-single-instance",
    level: "must",
    severity: "critical",
    api: "v2",
  });
  expect(labels).not.toHaveProperty("host");
  expect(JSON.stringify(violation)).toContain("decisive: POST /v2/studies?x=1");
});
