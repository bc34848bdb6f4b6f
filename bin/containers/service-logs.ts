import { join } from "node:path";
import type { ServiceLog, Target } from "../../fixtures/targets/target.ts";
import { quoted } from "../../fixtures/wire/quote.ts";
import type { ReportFolder } from "../../reporters/report-folder.ts";
import { writeServiceLogs } from "../../reporters/service-logs.ts";

/** None where they cannot be seen, or the engine no longer answers: that must not hide what was found. */
export async function logsOf(target: Target): Promise<readonly ServiceLog[]> {
  try {
    return (await target.logs?.()) ?? [];
  } catch (error) {
    console.error(`The logs of the containers cannot be read: ${quoted((error as Error).message)}.`);
    return [];
  }
}

/** Writes the logs of a service that could not be judged, of which there is no report. */
export async function keepLogs(logs: readonly ServiceLog[], folder: ReportFolder): Promise<void> {
  const files = await writeServiceLogs(logs, folder);
  if (files.length > 0) {
    console.error(`Logs of the containers: ${files.map((file) => join(folder.path, file)).join(", ")}`);
  }
}
