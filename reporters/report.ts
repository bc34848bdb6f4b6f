import { access, constants, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { UsageError } from "../fixtures/targets/usage-error.ts";
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

/** Where a run says what it has put into a service and not yet taken away. */
export function journalIn(reportDir: string): string {
  return join(reportDir, "journal.txt");
}

/**
 * Makes the report folder, and takes an earlier report away: a run that fails must not leave it as its own.
 * @throws UsageError
 */
export async function prepareReportFolder(reportDir: string): Promise<void> {
  try {
    await mkdir(reportDir, { recursive: true });
    await access(reportDir, constants.W_OK);
    for (const part of ["allure-results", "bodies", "index.html", "junit.xml", "verdicts.json"]) {
      await rm(join(reportDir, part), { recursive: true, force: true });
    }
  } catch (error) {
    throw new UsageError(`The report folder ${reportDir} cannot be used: ${(error as Error).message}.`);
  }
}
