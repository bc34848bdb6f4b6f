import { Command, InvalidArgumentError, Option } from "commander";
import type { ApiVersion, Profile } from "../fixtures/client/endpoint.ts";
import { UsageError } from "../fixtures/targets/usage-error.ts";

export interface Options {
  readonly url?: string;
  readonly apiVersion?: ApiVersion;
  readonly profile: Profile;
  readonly suite: readonly string[];
  readonly requirement: readonly string[];
  readonly list: boolean;
  readonly json: boolean;
  readonly cleanUp: boolean;
  readonly reportDir: string;
  readonly strict: boolean;
  readonly large: boolean;
  readonly token?: string;
  /** Seconds. */
  readonly timeout: number;
}

/** What a flag answers with when it must not run anything: help, version, or a bad flag. */
export class EarlyExit extends Error {
  constructor(readonly exitCode: number) {
    super();
  }
}

/**
 * Flags, and environment variables of the same names.
 * @throws EarlyExit after help, version or the complaint about a flag were printed
 * @throws UsageError
 */
export function readOptions(argv: readonly string[], version: string): Options {
  const command = new Command("dicomweb-conformance")
    .description(
      "Does this DICOM service do what it promises? Without --url: the embedded reference server, v1 and v2.",
    )
    .version(version)
    .addOption(
      new Option(
        "--url <url>",
        "base URL of the service, version segment included, such as https://host/v2",
      ).env("DICOM_BASE_URL"),
    )
    .addOption(
      new Option("--api-version <version>", "where the URL does not say it")
        .choices(["v1", "v2"])
        .env("DICOM_API_VERSION"),
    )
    .addOption(
      new Option(
        "--profile <profile>",
        "azure: all that Microsoft documents; dicomweb: only what DICOM PS3.18 asks",
      )
        .choices(["azure", "dicomweb"])
        .default("azure")
        .env("DICOM_PROFILE"),
    )
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
    .addOption(new Option("--list", "say what would run, and send nothing").default(false))
    .addOption(new Option("--json", "with --list: for machines").default(false))
    .addOption(
      new Option(
        "--clean-up",
        "with --url: delete what a killed run left in the service, and judge nothing",
      ).default(false),
    )
    .addOption(new Option("--report-dir <dir>", "where reports go").default("report").env("DICOM_REPORT_DIR"))
    .addOption(
      switchOption(
        "--strict",
        "deviations from what a service should do fail the run as well",
        "DICOM_STRICT",
      ),
    )
    .addOption(switchOption("--large", "also instances of 1 GiB, which takes a while", "DICOM_LARGE"))
    .addOption(
      new Option("--token <token>", "bearer token; better in the environment than on the command line").env(
        "DICOM_BEARER_TOKEN",
      ),
    )
    .addOption(
      new Option("--timeout <seconds>", "patience with each request")
        .argParser(positiveNumber)
        .default(30)
        .env("DICOM_TIMEOUT"),
    )
    .addHelpText("after", exitCodes)
    .allowExcessArguments(false)
    .exitOverride();
  // CI systems hand over what is not set as an empty text.
  for (const { envVar } of command.options) {
    if (envVar !== undefined && process.env[envVar] === "") {
      delete process.env[envVar];
    }
  }
  try {
    command.parse(argv as string[], { from: "user" });
  } catch (error) {
    throw new EarlyExit((error as { exitCode?: number }).exitCode === 0 ? 0 : 2);
  }
  const options = command.opts<Options>();
  return { ...options, token: options.token?.trim() || undefined };
}

const exitCodes = `
Exit code: 0 every must that applied was judged and conforms; 1 a must is violated;
2 no violation found, but the run could not be done or judged. One sentence at the end says which.`;

/** Commander takes any value of a variable for "on", also 0 and false. @throws UsageError for a value that is neither */
function switchOption(flag: string, description: string, variable: string): Option {
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

function positiveNumber(text: string): number {
  const value = Number(text);
  if (!(value >= 0.1 && value <= 3_600)) {
    throw new InvalidArgumentError("It is a number of seconds between 0.1 and 3600.");
  }
  return value;
}
