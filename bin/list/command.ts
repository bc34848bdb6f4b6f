import type { Command } from "commander";
import { addServiceOptions, type Flags, reached } from "../access/service-options.ts";
import { addSelectionOptions, type SelectionOptions, type TargetOptions } from "../options.ts";

/** What npm prints itself would stand before the JSON. */
export const forMachines = "for machines; through npm: npm run --silent conformance -- list --json";

export interface ListOptions extends TargetOptions, SelectionOptions {
  readonly json: boolean;
}

/** @param end is told the exit code */
export function addList(program: Command, end: (exitCode: number) => void): void {
  addServiceOptions(addSelectionOptions(program.command("list")))
    .description("say what would be judged, and send nothing")
    .option("--json", forMachines, false)
    .allowExcessArguments(false)
    .action(async (flags: Flags<ListOptions>) => end(await listRequirements(flags)));
}

/** @returns the exit code @throws UsageError */
export async function listRequirements(flags: Flags<ListOptions>): Promise<number> {
  const { list } = await import("./list.ts");
  return list(reached(flags, () => {}));
}
