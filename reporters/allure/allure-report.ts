import { execFile } from "node:child_process";
import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** Scripts of the generated page that would load a tracker from outside; clinical networks forbid that. */
const tracker = /<script\b(?:(?!<\/script>)[\s\S])*?(?:googletagmanager|gtag\()[\s\S]*?<\/script>/g;
/** The page declares its data behind the script that reads it, which then may ask a server that is not there. */
const declaration =
  "<head><script>window.allureReportDataReady = false; window.allureReportData = {};</script>";

/**
 * Makes the one-file report from the written results; it opens from disk and loads nothing from outside.
 * @param name at the head of the report
 * @param history what {@link allureHistory} made of earlier runs
 * @throws Error when Allure fails, with what it said
 */
export async function generateAllureReport(
  resultsDir: string,
  page: string,
  name = "DICOMweb conformance",
  history = "",
): Promise<void> {
  const command = join(dirname(fileURLToPath(import.meta.resolve("allure"))), "..", "cli.js");
  const folder = await mkdtemp(join(tmpdir(), "dicomweb-conformance-allure-"));
  try {
    const configuration = join(folder, "allurerc.mjs");
    await copyFile(fileURLToPath(new URL("./allurerc.mjs", import.meta.url)), configuration);
    const historyPath = join(folder, "history.jsonl");
    await writeFile(historyPath, history);
    const output = join(folder, "out");
    await promisify(execFile)(
      process.execPath,
      [command, "generate", resultsDir, "-c", configuration, "-o", output],
      {
        cwd: folder,
        env: { ...process.env, DICOMWEB_REPORT_NAME: name, DICOMWEB_REPORT_HISTORY: historyPath },
      },
    );
    const html = await readFile(join(output, "index.html"), "utf8");
    await writeFile(page, html.replaceAll(tracker, "").replace("<head>", declaration));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
