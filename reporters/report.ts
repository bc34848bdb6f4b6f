import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { generateAllureReport } from "./allure-report.ts";
import { junitXml } from "./junit.ts";
import type { RunRecord } from "./run-record.ts";
import { verdictsJson } from "./verdicts-json.ts";

/** Writes verdicts.json, junit.xml and index.html into the folder. */
export async function writeReports(
  record: RunRecord,
  reportDir: string,
  allureResults: string,
): Promise<void> {
  await writeFile(join(reportDir, "verdicts.json"), verdictsJson(record));
  await writeFile(join(reportDir, "junit.xml"), junitXml(record));
  await generateAllureReport(allureResults, join(reportDir, "index.html"));
}
