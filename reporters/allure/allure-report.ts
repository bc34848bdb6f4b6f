import { execFile } from "node:child_process";
import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { dressed, type PageOptions } from "./allure-page.ts";

export interface AllureOptions extends Omit<PageOptions, "hasHistory"> {
  /** At the head of the report. */
  readonly name?: string;
  /** What {@link allureHistory} made of earlier runs. */
  readonly history?: string;
}

/**
 * Makes the one-file report from the written results; it opens from disk and loads nothing from outside.
 * @throws Error when Allure fails, with what it said
 */
export async function generateAllureReport(
  resultsDir: string,
  page: string,
  { name = "DICOMweb conformance", history = "", ...options }: AllureOptions,
): Promise<void> {
  const command = join(dirname(fileURLToPath(import.meta.resolve("allure"))), "..", "cli.js");
  const folder = await mkdtemp(join(tmpdir(), "dicomweb-conformance-allure-"));
  try {
    const configuration = join(folder, "allurerc.mjs");
    await copyFile(fileURLToPath(new URL("./allurerc.mjs", import.meta.url)), configuration);
    const historyPath = history === "" ? "" : join(folder, "history.jsonl");
    if (historyPath !== "") {
      await writeFile(historyPath, history);
    }
    const output = join(folder, "out");
    await promisify(execFile)(
      process.execPath,
      [command, "generate", resultsDir, "-c", configuration, "-o", output],
      {
        cwd: folder,
        env: { ...process.env, DICOMWEB_REPORT_NAME: name, DICOMWEB_REPORT_HISTORY: historyPath },
      },
    );
    const made = await readFile(join(output, "index.html"), "utf8");
    await writeFile(page, dressed(made, { ...options, hasHistory: historyPath !== "" }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
