import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { quotedBody } from "../fixtures/wire/quote.ts";
import type { ReportFolder } from "./report-folder.ts";

/** What a process of the service has said, under the name of its container. */
export interface ServiceLog {
  readonly name: string;
  readonly text: string;
}

export const serviceLogsFolder = "service-logs";

/** Characters, from the end: a database that logs each statement must not become a report of gigabytes. */
const mostOfLog = 1024 * 1024;

/** As a report shows it: the end of it, secrets removed, no character that steers a terminal. */
export function shownLog({ text }: ServiceLog): string {
  const cut = text.length > mostOfLog ? `… (the end of ${text.length} characters)\n` : "";
  return `${cut}${quotedBody(text.slice(-mostOfLog))}`;
}

/** Writes each log to a file of its own in the folder. @returns the files, as paths below the folder */
export async function writeServiceLogs(
  logs: readonly ServiceLog[],
  folder: ReportFolder,
): Promise<readonly string[]> {
  const files = logs.map((log) => ({ log, file: `${log.name.replaceAll(/[^\w.-]/g, "-")}.log` }));
  if (files.length > 0) {
    await folder.write(serviceLogsFolder, async (path) => {
      await mkdir(path);
      await Promise.all(files.map(({ log, file }) => writeFile(join(path, file), shownLog(log))));
    });
  }
  return files.map(({ file }) => join(serviceLogsFolder, file));
}
