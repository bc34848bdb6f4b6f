import { join } from "node:path";
import { status, writeAllureResults } from "./allure/allure.ts";
import { allureHistory } from "./allure/allure-history.ts";
import { generateAllureReport } from "./allure/allure-report.ts";
import { junitXml } from "./junit.ts";
import type { RunRecord } from "./record.ts";
import { writeRepeats } from "./repeat.ts";
import type { ReportFolder } from "./report-folder.ts";
import { writeServiceLogs } from "./service-logs.ts";
import { verdictsJson } from "./verdicts-json.ts";

/** Writes verdicts.json, junit.xml, scripts that repeat, logs of the service, and index.html with what Allure made it of, into the folder. */
export async function writeReports(record: RunRecord, folder: ReportFolder): Promise<void> {
  await folder.writeText("verdicts.json", verdictsJson(record));
  await folder.writeText("junit.xml", junitXml(record));
  await folder.write("repeat", (path) => writeRepeats(record.results, path, record.version));
  await writeServiceLogs(record.serviceLogs ?? [], folder);
  await folder.write("allure-results", (path) => writeAllureResults(record, path));
  const history = allureHistory(record.past ?? [], status);
  const results = join(folder.path, "allure-results");
  await folder.write("index.html", (path) => generateAllureReport(results, path, undefined, history));
}
