import type { Command } from "commander";
import { addTargetOptions, type TargetOptions } from "../options.ts";
import { reach } from "./access.ts";
import { type AccessFlags, addAccessOptions } from "./access-options.ts";

/** What a verb is called with, before it is known how the service is reached. */
export type Flags<Options extends TargetOptions> = Omit<Options, "access"> & AccessFlags;

/** Which service, and how a run gets into it. */
export function addServiceOptions(command: Command): Command {
  return addAccessOptions(addTargetOptions(command));
}

/** @param tell is told how the run signs in, where that was not said @throws UsageError */
export function reached<Options extends TargetOptions>(
  flags: Flags<Options>,
  tell: (remark: string) => void,
) {
  const { url, access, remark } = reach(flags);
  if (remark !== undefined) {
    tell(remark);
  }
  return { ...flags, url, access };
}
