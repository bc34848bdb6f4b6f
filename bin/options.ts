import { type Command, InvalidArgumentError, Option } from "commander";
import type { Access } from "../fixtures/client/credentials/access.ts";
import type { ApiVersion, Profile } from "../fixtures/client/endpoint.ts";
import { UsageError } from "../fixtures/targets/usage-error.ts";
import type { Exclusion } from "../suites/engine/exclusion.ts";

/** Which service, and how it is reached. */
export interface TargetOptions {
  /** Absent: the embedded reference server. */
  readonly url?: string;
  readonly apiVersion?: ApiVersion;
  readonly profile: Profile;
  readonly access: Access;
  /** Seconds. */
  readonly timeout: number;
}

/** Which requirements. */
export interface SelectionOptions {
  readonly suite: readonly string[];
  readonly requirement: readonly string[];
  /** What of them is left out, and why. */
  readonly exclude: readonly Exclusion[];
}

/** Where the service is, and how long to wait for it. */
export function addAddressOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        "--url <url>",
        "base URL, version segment and data partition included: https://host/v2, https://host/v2/partitions/NAME",
      ).env("DICOM_BASE_URL"),
    )
    .addOption(
      new Option("--api-version <version>", "where the URL does not say it")
        .choices(["v1", "v2"])
        .env("DICOM_API_VERSION"),
    )
    .addOption(
      new Option("--timeout <seconds>", "patience with each request")
        .argParser(numberOf("seconds", 0.1, 3_600))
        .default(30)
        .env("DICOM_TIMEOUT"),
    );
}

export function addTargetOptions(command: Command): Command {
  return addAddressOptions(command).addOption(
    new Option(
      "--profile <profile>",
      "azure: all that Microsoft documents; dicomweb: only what DICOM PS3.18 asks",
    )
      .choices(["azure", "dicomweb"])
      .default("azure")
      .env("DICOM_PROFILE"),
  );
}

export function addSelectionOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--suite <name>", "only this suite; repeatable")
        .argParser(append)
        .default([], "all")
        .env("DICOM_SUITE"),
    )
    .addOption(
      new Option("--requirement <id>", "only this requirement, such as STORE-001; repeatable")
        .argParser(append)
        .default([], "all")
        .env("DICOM_REQUIREMENT"),
    )
    .addOption(
      new Option(
        "--exclude <name=reason>",
        "leave out a requirement or a suite, such as STORE-001=why; repeatable, in the variable one a line",
      )
        .argParser(appendExclusions)
        .default([], "none")
        .env("DICOM_EXCLUDE"),
    );
}

export function addReportOption(command: Command): Command {
  return command.addOption(
    reportOption("where reports and the journal go", "report").env("DICOM_REPORT_DIR"),
  );
}

export function reportOption(description: string, fallback: string): Option {
  return new Option("--report-dir <dir>", description).default(fallback);
}

/** What a service is known to break. */
export function addBaselineOptions(command: Command): Command {
  return command
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
    );
}

export function addNotesOption(command: Command): Command {
  return command.addOption(
    switchOption("--notes", "show the notes on what conforms, such as tolerances used", "DICOM_NOTES"),
  );
}

export function addHistoryOption(command: Command): Command {
  return command.addOption(
    new Option(
      "--history <file>",
      "add the verdicts to this file, and say what is new and what is mended since; it keeps 200 runs",
    ).env("DICOM_HISTORY"),
  );
}

/** Commander takes any value of a variable for "on", also 0 and false. @throws UsageError for a value that is neither */
export function switchOption(flag: string, description: string, variable: string): Option {
  const value = process.env[variable] ?? "";
  const isOn = /^(1|true|yes|on)$/i.test(value);
  if (!isOn && !/^(0|false|no|off)?$/i.test(value)) {
    throw new UsageError(`${variable} is "${value}": say 1 or 0.`);
  }
  return new Option(flag, `${description} (env: ${variable}=1)`).default(isOn, String(isOn));
}

function append(value: string, previous: readonly string[]): readonly string[] {
  const parts = value.split(",").map((part) => part.trim());
  return [...previous, ...parts.filter((part) => part !== "")];
}

function appendExclusions(text: string, previous: readonly Exclusion[]): readonly Exclusion[] {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  return [...previous, ...lines.map(readExclusion)];
}

/** @throws UsageError for one without a reason */
function readExclusion(line: string): Exclusion {
  const [name = "", ...reason] = line.split("=").map((part) => part.trim());
  if (name === "" || reason.join("") === "") {
    throw new UsageError(
      `--exclude ${name} gives no reason: write it as "${name || "STORE-001"}=why it is left out".`,
    );
  }
  return { name: name.toLowerCase(), reason: line.slice(line.indexOf("=") + 1).trim() };
}

/** Reads a number between two others. */
export function numberOf(what: string, least: number, most: number) {
  return (text: string): number => {
    const value = Number(text);
    if (text.trim() === "" || !(value >= least && value <= most)) {
      throw new InvalidArgumentError(`It is a number of ${what} between ${least} and ${most}.`);
    }
    return value;
  };
}

/** Reads a whole number between two others. */
export function wholeNumberOf(what: string, least: number, most: number) {
  const read = numberOf(what, least, most);
  return (text: string): number => {
    const value = read(text);
    if (!Number.isInteger(value)) {
      throw new InvalidArgumentError(`It is a whole number of ${what}.`);
    }
    return value;
  };
}
