import type { Command } from "commander";
import { addServiceOptions, type Flags, reached } from "../access/service-options.ts";
import { addReportOption, type TargetOptions } from "../options.ts";

export interface CleanUpOptions extends TargetOptions {
  readonly reportDir: string;
}

/** @param end is told the exit code */
export function addCleanUp(program: Command, end: (exitCode: number) => void): void {
  addServiceOptions(addReportOption(program.command("clean-up")))
    .description("with --url: delete what a killed run left in the service, and judge nothing")
    .allowExcessArguments(false)
    .action(async (flags: Flags<CleanUpOptions>) => end(await cleanUp(flags)));
}

/** @returns the exit code @throws UsageError */
export async function cleanUp(flags: Flags<CleanUpOptions>): Promise<number> {
  const { cleanUpAfterKilledRun } = await import("./clean-up.ts");
  return cleanUpAfterKilledRun(reached(flags, console.log));
}
