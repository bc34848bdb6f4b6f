import { changesSince, type PastRun } from "../reporters/history/changes.ts";
import { addToHistory, readHistory } from "../reporters/history/history-file.ts";
import type { RunRecord } from "../reporters/record.ts";

/** The runs before this one, where a history file was named. */
export class EarlierRuns {
  private constructor(
    private readonly file: string | undefined,
    private readonly runs: readonly PastRun[],
  ) {}

  /**
   * Reads the history, before anything is sent, and names what is broken in it.
   * @throws UsageError
   */
  static async open(file: string | undefined): Promise<EarlierRuns> {
    if (file === undefined) {
      return new EarlierRuns(undefined, []);
    }
    const { runs, broken } = await readHistory(file);
    if (broken.length > 0) {
      console.error(`${file} has lines that are no runs, and are left out: ${broken.join(", ")}.`);
    }
    return new EarlierRuns(file, runs);
  }

  /** The run with those before it of the same service and profile, and with what has changed since. */
  compared(record: RunRecord): RunRecord {
    const past = this.runs.filter(
      ({ target, profile }) => target === record.target && profile === record.profile,
    );
    return this.file === undefined
      ? record
      : { ...record, past, changes: changesSince(past, record.results) };
  }

  /** Writes the run to the history. */
  async add(record: RunRecord): Promise<void> {
    if (this.file !== undefined) {
      await addToHistory(this.file, record).catch((error: Error) => {
        console.error(`The history could not be written: ${error.message}.`);
      });
    }
  }
}
