import type { Command } from "commander";

export interface CompareOptions {
  readonly markdown: boolean;
  /** File that the page is written to. */
  readonly html?: string;
}

/** @param end is told the exit code */
export function addCompare(program: Command, end: (exitCode: number) => void): void {
  program
    .command("compare")
    .description("show what differs between runs: yesterday and today, or servers side by side")
    .argument("<verdicts.json...>", "two or more, or the report folders that they are in")
    .option("--markdown", "print Markdown", false)
    .option("--html <file>", "write a page as well, which loads nothing")
    .addHelpText(
      "after",
      "\nExit code: 0 every requirement has the same verdict in all of them; 1 they differ; 2 they cannot be compared.",
    )
    .action(async (paths: string[], options: CompareOptions) => {
      const { compareRuns } = await import("./compare.ts");
      end(await compareRuns(paths, options));
    });
}
