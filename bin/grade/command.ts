import type { Command } from "commander";
import { type AccessFlags, addAccessOptions } from "../access/access-options.ts";
import { addAddressOptions, reportOption, type TargetOptions } from "../options.ts";

export interface GradeOptions extends Omit<TargetOptions, "access" | "profile">, AccessFlags {
  readonly challenge: string;
  readonly reportDir: string;
  /** File with a class of students. */
  readonly class?: string;
  /** A DICOM file whose facts are printed, and nothing else done. */
  readonly describe?: string;
  /** An earlier gradebook.json. */
  readonly since?: string;
  /** Whether names of patients are shown. */
  readonly names: boolean;
  readonly pictures: boolean;
  /** Whether one instance is stored and deleted again. */
  readonly tryWrite: boolean;
}

/** @param end is told the exit code */
export function addGrade(program: Command, version: string, end: (exitCode: number) => void): void {
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
      const { grade } = await import("./grade.ts");
      end(await grade(options, version));
    });
}

/** Another folder than that of a run, which neither replaces the other's. */
export function addGradebookOption(command: Command): Command {
  return command.addOption(reportOption("where the gradebook goes", "gradebook").env("DICOM_GRADEBOOK_DIR"));
}
