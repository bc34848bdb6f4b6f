import { type Command, InvalidArgumentError, Option } from "commander";
import { UsageError } from "../../fixtures/targets/usage-error.ts";
import type { Shard } from "../../suites/engine/result.ts";
import { addServiceOptions, type Flags, reached } from "../access/service-options.ts";
import { cleanUp } from "../clean-up/command.ts";
import { addContainerOptions, type ContainerOptions, profileOf } from "../containers/container-options.ts";
import { forMachines, type ListOptions, listRequirements } from "../list/command.ts";
import {
  addBaselineOptions,
  addHistoryOption,
  addNotesOption,
  addReportOption,
  addSelectionOptions,
  numberOf,
  type SelectionOptions,
  switchOption,
  type TargetOptions,
  wholeNumberOf,
} from "../options.ts";

export interface JudgeOptions extends TargetOptions, ContainerOptions, SelectionOptions {
  readonly reportDir: string;
  readonly strict: boolean;
  /** Seconds; absent: as long as it takes. */
  readonly maxTime?: number;
  /** MiB. */
  readonly maxBody: number;
  /** How many checks run at once. */
  readonly concurrency: number;
  readonly large: boolean;
  /** Absent: the whole run. */
  readonly shard?: Shard;
  /** A verdicts.json that says how long requirements take; absent: a table of this project. */
  readonly durations?: string;
  /** File of known deviations that fail no run. */
  readonly baseline?: string;
  /** File that is written with the deviations of this run. */
  readonly writeBaseline?: string;
  /** File that keeps the verdicts of runs. */
  readonly history?: string;
  /** Whether instances may stay in the service. */
  readonly keep: boolean;
  /** Whether the scorecard shows the notes on what conforms. */
  readonly notes: boolean;
}

/** The forms in which other verbs were flags of the one command. */
interface JudgeFlags extends Flags<JudgeOptions>, Flags<ListOptions> {
  readonly list: boolean;
  readonly cleanUp: boolean;
}

export const exitCodes = `
Exit code: 0 every must that applied was judged and conforms; 1 a must is violated;
2 no violation found, but the run could not be done or judged; 130 Ctrl-C ended it (143 SIGTERM), whatever was judged.
One sentence at the end says which. A run that ends early writes its reports all the same; a second Ctrl-C ends at once.`;

/** @param end is told the exit code */
export function addJudge(program: Command, version: string, end: (exitCode: number) => void): Command {
  const judge = program
    .command("judge", { isDefault: true })
    .description("judge a service; without --url the embedded reference server, v1 and v2");
  const withService = addSelectionOptions(addContainerOptions(addServiceOptions(judge)));
  return addNotesOption(addHistoryOption(addBaselineOptions(addReportOption(withService))))
    .addOption(
      switchOption(
        "--strict",
        "deviations from what a service should do fail the run as well",
        "DICOM_STRICT",
      ),
    )
    .addOption(
      new Option("--max-time <seconds>", "end the run after that long, with what was judged until then")
        .argParser(numberOf("seconds", 1, 86_400))
        .env("DICOM_MAX_TIME"),
    )
    .addOption(
      new Option("--max-body <MiB>", "how much of a response is read")
        .argParser(numberOf("MiB", 1, 1_024))
        .default(64)
        .env("DICOM_MAX_BODY"),
    )
    .addOption(
      new Option("--concurrency <checks>", "how many checks run at once, each with a request at a time")
        .argParser(wholeNumberOf("checks", 1, 64))
        .default(16)
        .env("DICOM_CONCURRENCY"),
    )
    .addOption(
      switchOption(
        "--keep",
        "go on where the service does not delete: what the run stores stays in it",
        "DICOM_KEEP",
      ),
    )
    .addOption(
      new Option(
        "--shard <number/count>",
        "judge one part of the run, such as 2/4; merge makes one report of all",
      )
        .argParser(shardOf)
        .env("DICOM_SHARD"),
    )
    .addOption(
      new Option(
        "--durations <verdicts.json>",
        "of an earlier run: split by what its requirements took; the same for all shards",
      ).env("DICOM_DURATIONS"),
    )
    .addOption(switchOption("--large", "also instances of 1 GiB, which takes a while", "DICOM_LARGE"))
    .addOption(new Option("--list", "the same as the verb list").default(false))
    .addOption(new Option("--json", `with --list: ${forMachines}`).default(false))
    .addOption(new Option("--clean-up", "the same as the verb clean-up").default(false))
    .addHelpText("after", exitCodes)
    .allowExcessArguments(false)
    .action(async (given: JudgeFlags, command: Command) => {
      const isChosen = command.getOptionValueSource("profile") !== "default";
      const flags = { ...given, profile: profileOf(given, isChosen) };
      if (flags.json && !flags.list) {
        throw new UsageError(
          "--json goes with --list; a run writes its verdicts to verdicts.json in the report folder.",
        );
      }
      end(
        await (flags.cleanUp
          ? cleanUp(flags)
          : flags.list
            ? listRequirements(flags)
            : judgeService(flags, version)),
      );
    });
}

async function judgeService(flags: Flags<JudgeOptions>, version: string): Promise<number> {
  const { judge } = await import("./judge.ts");
  return judge(reached(flags, console.log), version);
}

function shardOf(text: string): Shard {
  const [, number = 0, count = 0] = (/^([1-9]\d?)\/([1-9]\d?)$/.exec(text) ?? []).map(Number);
  if (number === 0 || number > count) {
    throw new InvalidArgumentError("It is a number and how many there are, such as 2/4; at most 99.");
  }
  return { number, count };
}
