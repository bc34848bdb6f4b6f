import { Command, CommanderError } from "commander";
import { quoted } from "../fixtures/wire/quote.ts";
import { addCleanUp } from "./clean-up/command.ts";
import { addCompare } from "./compare/command.ts";
import { addGrade } from "./grade/command.ts";
import { addJudge, exitCodes } from "./judge/command.ts";
import { addList } from "./list/command.ts";
import { versionAndCommit } from "./manifest.ts";
import { addMerge } from "./merge/command.ts";
import { addServe } from "./serve/command.ts";
import { refuseEmptiness } from "./variables.ts";

/**
 * The command with its verbs; each of them loads what it needs only when it is called.
 * @param end is told the exit code
 * @param variables of the environment
 * @throws UsageError for a variable that no option takes
 */
export function programOf(
  version: string,
  end: (exitCode: number) => void,
  variables: Record<string, string | undefined> = process.env,
): Command {
  const program = new Command("dicomweb-conformance")
    .description("Does this DICOM service do what it promises?")
    .option("-V, --version", "version and commit")
    .on("option:version", sayVersion)
    .configureOutput({ outputError: (text, write) => write(quoted(text)) })
    .exitOverride();
  const judge = addJudge(program, version, end);
  addList(program, end);
  addCleanUp(program, end);
  addMerge(program, version, end);
  addCompare(program, end);
  addGrade(program, version, end);
  addServe(program, end);
  program.addHelpText(
    "after",
    () =>
      `\nOptions of judge, which is what is done where no verb is named:\n${optionsOf(judge)}\n${exitCodes}`,
  );
  refuseEmptiness(program, variables);
  return program;
}

/** Ends the command; git is asked only now. */
function sayVersion(): never {
  console.log(versionAndCommit());
  throw new CommanderError(0, "commander.version", "");
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
