import { join } from "node:path";
import { status, verdictWords, writeAllureResults } from "./allure/allure.ts";
import { allureHistory } from "./allure/allure-history.ts";
import { generateAllureReport } from "./allure/allure-report.ts";
import { junitXml } from "./junit.ts";
import { overviewHtml, type ReportPart } from "./overview/overview.ts";
import type { RunRecord } from "./record.ts";
import { repeatable, writeRepeats } from "./repeat.ts";
import type { ReportFolder } from "./report-folder.ts";
import { writeServiceLogs } from "./service-logs.ts";
import { verdictsJson } from "./verdicts-json.ts";

const allurePage = "allure.html";

/**
 * Writes verdicts.json, junit.xml, scripts that repeat and logs of the service into the folder; index.html, which says
 * how the run ended; and allure.html, what Allure made of it.
 */
export async function writeReports(record: RunRecord, folder: ReportFolder): Promise<void> {
  await folder.writeText("verdicts.json", verdictsJson(record));
  await folder.writeText("junit.xml", junitXml(record));
  await folder.write("repeat", (path) => writeRepeats(record.results, path, record.version));
  const logs = await writeServiceLogs(record.serviceLogs ?? [], folder);
  // Before Allure: what it says is needed most where something goes wrong afterwards.
  await folder.writeText("index.html", overviewHtml(record, partsOf(record, logs)));
  await folder.write("allure-results", (path) => writeAllureResults(record, path));
  const history = allureHistory(record.past ?? [], status);
  const results = join(folder.path, "allure-results");
  await folder.write(allurePage, (path) =>
    generateAllureReport(results, path, { words: verdictWords, hasLogs: logs.length > 0, history }),
  );
}

function partsOf({ results }: RunRecord, logs: readonly string[]): ReportPart[] {
  const parts = [
    { path: allurePage, purpose: "each requirement with its exchanges" },
    { path: "verdicts.json", purpose: "for machines" },
    { path: "junit.xml", purpose: "for CI" },
  ];
  const scripts = { path: "repeat/", purpose: "scripts and HAR files of what is wrong" };
  return [
    ...parts,
    ...(repeatable(results).length > 0 ? [scripts] : []),
    ...logs.map((path) => ({ path, purpose: "log of the service" })),
  ];
}
