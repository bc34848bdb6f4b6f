import { appendFile, readFile, rename, writeFile } from "node:fs/promises";
import { UsageError } from "../../fixtures/targets/usage-error.ts";
import { type Verdict, verdicts } from "../../suites/engine/result.ts";
import { nameOf } from "../baseline.ts";
import { groupBy } from "../grouping.ts";
import type { RunRecord } from "../record.ts";
import type { PastRun } from "./changes.ts";

/** Runs that a history keeps, of all services together: some 10 kB each. */
export const mostRuns = 200;

const schema = 1;
/** With which every line begins, also one that is cut off. */
const beginning = `{"schema":${schema},`;

/** The content of a history file. */
export interface RunHistory {
  /** The earliest first. */
  readonly runs: readonly PastRun[];
  /** Numbers of the lines that are no run. */
  readonly broken: readonly number[];
}

/**
 * Reads a history; there is nothing in one that does not exist yet.
 * @throws UsageError for a file of something else, which must not be written to
 */
export async function readHistory(file: string): Promise<RunHistory> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") {
      return "";
    }
    throw new UsageError(`The history cannot be read: ${error.message}.`);
  });
  const lines = linesOf(text);
  if (lines.length > 0 && !lines.some((line) => line.startsWith(beginning))) {
    throw new UsageError(`${file} is no history of this suite: give --history a file of its own.`);
  }
  const read = lines.map(runOf);
  return {
    runs: read.filter((run) => run !== undefined),
    broken: read.flatMap((run, index) => (run === undefined ? [index + 1] : [])),
  };
}

/** Adds a run, and drops the earliest lines where there are too many. */
export async function addToHistory(file: string, record: RunRecord): Promise<void> {
  const text = await readFile(file, "utf8").catch(() => "");
  const lines = linesOf(text);
  const line = lineOf(record);
  if (lines.length < mostRuns) {
    // Nothing that stands there is touched; a line that was cut off ends here.
    await appendFile(file, `${text === "" || text.endsWith("\n") ? "" : "\n"}${line}\n`);
    return;
  }
  const unfinished = `${file}.unfinished`;
  await writeFile(unfinished, `${[...lines.slice(1 - mostRuns), line].join("\n")}\n`);
  await rename(unfinished, file);
}

function linesOf(text: string): string[] {
  return text.split("\n").filter((line) => line.trim() !== "");
}

function lineOf({ version, target, profile, startedAt, duration, outcome, results }: RunRecord): string {
  const named = [...groupBy(results, ({ verdict }) => verdict)].map(
    ([verdict, members]) => [verdict, members.map(nameOf)] as const,
  );
  return JSON.stringify({
    ...{ schema, startedAt: startedAt.toISOString(), version, target, profile },
    ...{ exitCode: outcome.exitCode, durationMilliseconds: duration, verdicts: Object.fromEntries(named) },
  });
}

/** Undefined for a line that is no run. */
function runOf(line: string): PastRun | undefined {
  try {
    const { verdicts: named, ...run } = JSON.parse(line) as Omit<PastRun, "verdicts"> & {
      readonly schema: unknown;
      readonly verdicts: Readonly<Record<Verdict, readonly string[]>>;
    };
    const isRun =
      run.schema === schema &&
      !Number.isNaN(Date.parse(run.startedAt)) &&
      [run.startedAt, run.version, run.target, run.profile].every((text) => typeof text === "string") &&
      [run.exitCode, run.durationMilliseconds].every(Number.isFinite);
    const pairs = verdicts.flatMap((verdict) =>
      (named[verdict] ?? []).map((name) => [name, verdict] as const),
    );
    return isRun ? { ...run, verdicts: new Map(pairs) } : undefined;
  } catch {
    return undefined;
  }
}
