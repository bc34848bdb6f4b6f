import { Command, InvalidArgumentError, Option } from "commander";
import { UsageError } from "../fixtures/targets/usage-error.ts";
import { quoted } from "../fixtures/wire/quote.ts";
import { reach } from "./access/access.ts";
import { type AccessFlags, addAccessOptions } from "./access/access-options.ts";
import { addContainerOptions, profileOf } from "./containers/container-options.ts";
import {
  addAddressOptions,
  addGradebookOption,
  addReportOption,
  addSelectionOptions,
  addTargetOptions,
  type CleanUpOptions,
  type GradeOptions,
  type JudgeOptions,
  type ListOptions,
  numberOf,
  switchOption,
  type TargetOptions,
  wholeNumberOf,
} from "./options.ts";
import type { ServeOptions } from "./serve/serve.ts";

/** What a verb is called with, before it is known how the service is reached. */
type Flags<Options extends TargetOptions> = Omit<Options, "access"> & AccessFlags;

/** The forms in which other verbs were flags of the one command. */
interface JudgeFlags extends Flags<JudgeOptions>, Flags<ListOptions> {
  readonly list: boolean;
  readonly cleanUp: boolean;
}

const exitCodes = `
Exit code: 0 every must that applied was judged and conforms; 1 a must is violated;
2 no violation found, but the run could not be done or judged. One sentence at the end says which.`;

/**
 * The command with its verbs; each of them loads what it needs only when it is called.
 * @param end is told the exit code
 * @throws UsageError for a variable that no option takes
 */
export function programOf(version: string, end: (exitCode: number) => void): Command {
  const program = new Command("dicomweb-conformance")
    .description("Does this DICOM service do what it promises?")
    .version(version)
    .configureOutput({ outputError: (text, write) => write(quoted(text)) })
    .exitOverride();
  const judge = addJudge(program, version, end);
  addServiceOptions(addSelectionOptions(program.command("list")))
    .description("say what would be judged, and send nothing")
    .option("--json", "for machines", false)
    .allowExcessArguments(false)
    .action(async (flags: Flags<ListOptions>) => end(await list(flags)));
  addServiceOptions(addReportOption(program.command("clean-up")))
    .description("with --url: delete what a killed run left in the service, and judge nothing")
    .allowExcessArguments(false)
    .action(async (flags: Flags<CleanUpOptions>) => end(await cleanUp(flags)));
  addGrade(program, version, end);
  addServe(program, end);
  program.addHelpText(
    "after",
    () =>
      `\nOptions of judge, which is what is done where no verb is named:\n${optionsOf(judge)}\n${exitCodes}`,
  );
  unsetEmptyVariables(program.commands);
  return program;
}

function addJudge(program: Command, version: string, end: (exitCode: number) => void): Command {
  const judge = program
    .command("judge", { isDefault: true })
    .description("judge a service; without --url the embedded reference server, v1 and v2");
  return addReportOption(addSelectionOptions(addContainerOptions(addServiceOptions(judge))))
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
        "--baseline <file>",
        "deviations that are known and fail no run; new ones do, and those that did not show",
      ).env("DICOM_BASELINE"),
    )
    .addOption(
      new Option(
        "--write-baseline <file>",
        "write the deviations of this run as such a file, keeping its reasons",
      ),
    )
    .addOption(switchOption("--large", "also instances of 1 GiB, which takes a while", "DICOM_LARGE"))
    .addOption(new Option("--list", "the same as the verb list").default(false))
    .addOption(new Option("--json", "with --list: for machines").default(false))
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
      end(await (flags.cleanUp ? cleanUp(flags) : flags.list ? list(flags) : judgeService(flags, version)));
    });
}

function addGrade(program: Command, version: string, end: (exitCode: number) => void): void {
  addGradebookOption(addAccessOptions(addAddressOptions(program.command("grade"))))
    .description("say whether a student has finished a challenge, by looking at the service; sends GET only")
    .option("--challenge <name>", "challenge-7, challenge-08, lab-13, or a file of your own", "challenge-7")
    .option("--class <file>", "a whole class: CSV with a row of column names, such as name, url, challenge")
    .option("--since <file>", "an earlier gradebook.json: what has changed")
    .option(
      "--describe <file>",
      "print what a challenge of your own says of a DICOM file, and look at nothing",
    )
    .option("--names", "show names of patients", false)
    .option("--no-pictures", "leave out pictures, which may show people")
    .option("--try-write", "store one instance and delete it again, to see the role DICOM Data Owner", false)
    .addHelpText(
      "after",
      `
Exit code: 0 all is met, or to be asked; 1 something is not met; 2 nothing is, but something could not be looked at.`,
    )
    .allowExcessArguments(false)
    .action(async (options: GradeOptions) => {
      const { grade } = await import("./grade/grade.ts");
      end(await grade(options, version));
    });
}

function addServe(program: Command, end: (exitCode: number) => void): void {
  program
    .command("serve")
    .description(
      "run the reference server alone, an emulator of a DICOM service; what it holds is gone when it ends",
    )
    .option("--port <number>", "TCP port", port, 63838)
    .option(
      "--host <address>",
      "interface; 0.0.0.0 for all, where others may store and delete too",
      "127.0.0.1",
    )
    .addOption(
      new Option(
        "--auth [folder]",
        "ask for tokens, of an authority that is started as well; what gets one in is written to the folder",
      ).preset("secured"),
    )
    .option("--fault <name>", "make it break a rule, as --faults lists them; repeatable", collect, [])
    .option(
      "--faults",
      "list the ways in which it can be faulty, with the requirements that notice each",
      false,
    )
    .option("--partitions", "with data partitions: its data routes lie below /partitions/NAME", false)
    .addOption(
      new Option("--latency <milliseconds>", "send each answer that much later, as from far away")
        .argParser(numberOf("milliseconds", 0, 60_000))
        .default(0),
    )
    .allowExcessArguments(false)
    .action(async (options: ServeOptions) => {
      const { serve } = await import("./serve/serve.ts");
      end(await serve(options));
    });
}

function addServiceOptions(command: Command): Command {
  return addAccessOptions(addTargetOptions(command));
}

async function judgeService(flags: Flags<JudgeOptions>, version: string): Promise<number> {
  const { judge } = await import("./judge/judge.ts");
  return judge(reached(flags, console.log), version);
}

async function list(flags: Flags<ListOptions>): Promise<number> {
  const { list } = await import("./list.ts");
  return list(reached(flags, () => {}));
}

async function cleanUp(flags: Flags<CleanUpOptions>): Promise<number> {
  const { cleanUpAfterKilledRun } = await import("./clean-up.ts");
  return cleanUpAfterKilledRun(reached(flags, console.log));
}

/** @param tell is told how the run signs in, where that was not said @throws UsageError */
function reached<Options extends TargetOptions>(flags: Flags<Options>, tell: (remark: string) => void) {
  const { url, access, remark } = reach(flags);
  if (remark !== undefined) {
    tell(remark);
  }
  return { ...flags, url, access };
}

/** CI systems hand over what is not set as an empty text. */
function unsetEmptyVariables(commands: readonly Command[]): void {
  for (const { envVar } of commands.flatMap(({ options }) => options)) {
    if (envVar !== undefined && process.env[envVar] === "") {
      delete process.env[envVar];
    }
  }
}

function optionsOf(command: Command): string {
  const help = command.createHelp();
  const terms = help.visibleOptions(command).map((option) => help.optionTerm(option));
  const width = Math.max(...terms.map(({ length }) => length));
  const lines = help
    .visibleOptions(command)
    .map((option, index) => `  ${(terms[index] ?? "").padEnd(width)}  ${help.optionDescription(option)}`);
  return lines.join("\n");
}

function collect(value: string, previous: readonly string[]): readonly string[] {
  return [...previous, value];
}

function port(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > 65535) {
    throw new InvalidArgumentError("A port is a number from 0 to 65535.");
  }
  return value;
}
