import { join } from "node:path";
import { tellGitHub } from "../reporters/github.ts";
import type { RunRecord } from "../reporters/record.ts";
import { writeReports } from "../reporters/report.ts";
import type { ReportFolder } from "../reporters/report-folder.ts";
import { scorecard } from "../reporters/scorecard.ts";
import { serviceLogsFolder } from "../reporters/service-logs.ts";

/**
 * Prints the scorecard and writes the reports.
 * @param notes whether the scorecard shows those on what conforms
 * @param before does what else is written to the folder
 * @returns the exit code
 */
export async function present(
  record: RunRecord,
  folder: ReportFolder,
  { notes }: { readonly notes: boolean },
  before: () => Promise<void>,
): Promise<number> {
  const { outcome, reportDir } = record;
  // Printed first: what was judged is not lost with a disk that is full.
  console.log(scorecard(record, notes));
  try {
    await tellGitHub(record, console.log);
    await before();
    await writeReports(record, folder);
  } catch (error) {
    console.error(
      `The report could not be written to ${folder.path}: ${(error as Error).message}. What is printed above stands.`,
    );
    return outcome.exitCode || 2;
  }
  console.log(`Report: ${join(reportDir, "index.html")}`);
  if (record.serviceLogs?.length) {
    console.log(`Logs of the containers: ${join(reportDir, serviceLogsFolder)}`);
  }
  return outcome.exitCode;
}
