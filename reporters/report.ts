import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { writeAllureResults } from "./allure/allure.ts";
import { generateAllureReport } from "./allure/allure-report.ts";
import { junitXml } from "./junit.ts";
import type { RunRecord } from "./record.ts";
import { verdictsJson } from "./verdicts-json.ts";

/** Writes verdicts.json, junit.xml, and index.html with what Allure made it of, into the folder. */
export async function writeReports(record: RunRecord, reportDir: string): Promise<void> {
  const allureResults = join(reportDir, "allure-results");
  await writeFile(join(reportDir, "verdicts.json"), verdictsJson(record));
  await writeFile(join(reportDir, "junit.xml"), junitXml(record));
  writeAllureResults(record, allureResults);
  await generateAllureReport(allureResults, join(reportDir, "index.html"));
}
