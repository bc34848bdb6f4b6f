import { access, constants, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { UsageError } from "../fixtures/targets/usage-error.ts";
import { makeFolder } from "./make-folder.ts";

const parts = [
  "allure-results",
  "allure.html",
  "bodies",
  "gradebook.csv",
  "gradebook.html",
  "gradebook.json",
  "index.html",
  "junit.xml",
  "repeat",
  "service-logs",
  "shard.jsonl.gz",
  "verdicts.json",
];

/** Where a run says what it has put into a service and not yet taken away. */
export function journalIn(reportDir: string): string {
  return join(reportDir, "journal.txt");
}

/** The folder that the reports of one run go to, and of no other as long as that run goes on. */
export class ReportFolder {
  private constructor(readonly path: string) {}

  /**
   * Makes the folder, and takes an earlier report away: a run that fails must not leave it as its own.
   * @throws UsageError when it cannot be used, or another run writes to it
   */
  static async open(reportDir: string): Promise<ReportFolder> {
    const folder = new ReportFolder(resolve(reportDir));
    try {
      await makeFolder(folder.path);
      await access(folder.path, constants.W_OK);
      await folder.#lock();
      for (const part of parts) {
        await rm(join(folder.path, part), { recursive: true, force: true });
      }
    } catch (error) {
      throw error instanceof UsageError
        ? error
        : new UsageError(`The report folder ${folder.path} cannot be used: ${(error as Error).message}.`);
    }
    return folder;
  }

  /** Writes a file or folder whole, or not at all: what is cut off must not pass for a report. */
  async write(part: string, make: (path: string) => Promise<void> | void): Promise<void> {
    const unfinished = join(this.path, `.${part}.unfinished`);
    try {
      await makeFolder(this.path);
      await make(unfinished);
      await rename(unfinished, join(this.path, part));
    } catch (error) {
      await rm(unfinished, { recursive: true, force: true });
      throw error;
    }
  }

  writeText(part: string, text: string): Promise<void> {
    return this.write(part, (path) => writeFile(path, text));
  }

  async close(): Promise<void> {
    await rm(this.#lockFile, { force: true });
  }

  get #lockFile(): string {
    return join(this.path, ".lock");
  }

  async #lock(): Promise<void> {
    const isTaken = await writeFile(this.#lockFile, String(process.pid), { flag: "wx" }).then(
      () => false,
      (error: NodeJS.ErrnoException) => {
        if (error.code !== "EEXIST") {
          throw error;
        }
        return true;
      },
    );
    if (!isTaken) {
      return;
    }
    const holder = Number(await readFile(this.#lockFile, "utf8"));
    if (isRunning(holder)) {
      throw new UsageError(
        `Another run (process ${holder}) writes to ${this.path}: give this one a folder of its own with --report-dir.`,
      );
    }
    await writeFile(this.#lockFile, String(process.pid));
  }
}

function isRunning(pid: number): boolean {
  try {
    return pid > 0 && pid !== process.pid && process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
