import type { Command } from "commander";
import { exitCodes } from "../judge/command.ts";
import { addBaselineOptions, addHistoryOption, addNotesOption, addReportOption } from "../options.ts";

export interface MergeOptions {
  readonly reportDir: string;
  /** File of known deviations that fail no run. */
  readonly baseline?: string;
  /** File that is written with the deviations of the run. */
  readonly writeBaseline?: string;
  /** File that keeps the verdicts of runs. */
  readonly history?: string;
  /** Whether the scorecard shows the notes on what conforms. */
  readonly notes: boolean;
}

/** @param end is told the exit code */
export function addMerge(program: Command, version: string, end: (exitCode: number) => void): void {
  addNotesOption(addHistoryOption(addBaselineOptions(addReportOption(program.command("merge")))))
    .description("make one report of the shards of a run, as if it had not been split")
    .argument("<report...>", "the report folder of each shard")
    .addHelpText("after", exitCodes)
    .action(async (reports: string[], options: MergeOptions) => {
      const { merge } = await import("./merge.ts");
      end(await merge(reports, options, version));
    });
}
