import { type Command, InvalidArgumentError, Option } from "commander";
import type { Profile } from "../../fixtures/client/endpoint.ts";
import { type KindName, kindNames, kinds } from "../../fixtures/targets/containers/kinds.ts";
import type {
  ContainerSetting,
  EnvironmentSetting,
} from "../../fixtures/targets/containers/planned-containers.ts";
import { UsageError } from "../../fixtures/targets/usage-error.ts";
import { guardSecret } from "../../fixtures/wire/secrets.ts";
import { numberOf, switchOption } from "../options.ts";

const defaultKind: KindName = "dicom-server";

/** Which containers are started and judged. */
export interface ContainerOptions {
  /** True for the flag without a word. */
  readonly container?: KindName | true;
  readonly compose?: string;
  readonly composeService?: string;
  readonly containerPort?: number;
  readonly image: readonly ContainerSetting[];
  readonly containerEnv: readonly EnvironmentSetting[];
  readonly partitions: boolean;
  readonly keepContainer: boolean;
  /** Seconds. */
  readonly startTimeout: number;
}

export function addContainerOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        "--container [kind]",
        `start it in containers, judge it and remove it: ${kindNames.join(", ")} (default: ${defaultKind})`,
      )
        .choices([...kindNames])
        .env("DICOM_CONTAINER"),
    )
    .addOption(
      new Option(
        "--compose <file>",
        "start what this compose file says instead; --container says what it is",
      ).env("DICOM_COMPOSE"),
    )
    .addOption(
      new Option("--compose-service <name>", "with --compose: which service is judged").env(
        "DICOM_COMPOSE_SERVICE",
      ),
    )
    .addOption(
      new Option("--container-port <number>", "port on which the judged container listens")
        .argParser(port)
        .env("DICOM_CONTAINER_PORT"),
    )
    .addOption(
      new Option("--image <container=name>", "image of a container, such as dicom-server=NAME; repeatable")
        .argParser(images)
        .default([], "those of the kind")
        .env("DICOM_IMAGE"),
    )
    .addOption(
      new Option(
        "--container-env <container:NAME=value>",
        "variable for a container; without =value that of this process; repeatable, a line each in the variable",
      )
        .argParser(environment)
        .default([], "those of the kind")
        .env("DICOM_CONTAINER_ENV"),
    )
    .addOption(
      switchOption("--partitions", "switch data partitions on, and judge in one", "DICOM_PARTITIONS"),
    )
    .addOption(
      switchOption(
        "--keep-container",
        "leave the containers running, and say how to reach and remove them",
        "DICOM_KEEP_CONTAINER",
      ),
    )
    .addOption(
      new Option("--start-timeout <seconds>", "patience with the start of the containers")
        .argParser(numberOf("seconds", 1, 3_600))
        .default(300)
        .env("DICOM_START_TIMEOUT"),
    );
}

/**
 * Whether containers are to be started.
 * @throws UsageError for flags that exclude one another, and for those that have nothing to act on
 */
export function wantsContainers(options: ContainerOptions & { readonly url?: string }): boolean {
  const { container, compose, url } = options;
  const wanted = container !== undefined || compose !== undefined;
  if (wanted && url !== undefined) {
    throw new UsageError(
      `${compose === undefined ? "--container" : "--compose"} starts the service that is judged, --url (DICOM_BASE_URL) names one that runs: leave one of them out.`,
    );
  }
  if (options.composeService !== undefined && compose === undefined) {
    throw new UsageError(
      "--compose-service goes with --compose, which names the file that the service is in.",
    );
  }
  const idle = [
    ["--image", options.image.length > 0],
    ["--container-env", options.containerEnv.length > 0],
    ["--container-port", options.containerPort !== undefined],
    ["--partitions", options.partitions],
    ["--keep-container", options.keepContainer],
  ].find(([, isGiven]) => isGiven);
  if (!wanted && idle !== undefined) {
    throw new UsageError(
      `${idle[0]} goes with --container or --compose, which start the service that is judged.`,
    );
  }
  return wanted;
}

/** What is started, or what the judged service of the compose file is. */
export function kindOf({ container }: ContainerOptions): KindName {
  return typeof container === "string" ? container : defaultKind;
}

/** @param isGiven whether a person has chosen the profile; each kind has one of its own */
export function profileOf(
  options: ContainerOptions & { readonly profile: Profile },
  isGiven: boolean,
): Profile {
  const isContainer = options.container !== undefined || options.compose !== undefined;
  return isContainer && !isGiven ? kinds[kindOf(options)].profile : options.profile;
}

function port(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > 65_535) {
    throw new InvalidArgumentError("A port is a number from 1 to 65535.");
  }
  return value;
}

function images(text: string, previous: readonly ContainerSetting[]): readonly ContainerSetting[] {
  const settings = text
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => {
      const [, container, value] = /^([\w-]+)=(\S+)$/.exec(part) ?? [];
      if (container === undefined || value === undefined) {
        throw new InvalidArgumentError(
          "It is the name of a container and an image, such as dicom-server=NAME.",
        );
      }
      return { container, value };
    });
  return [...previous, ...settings];
}

/** Never repeats a value, which may be a password. @throws UsageError */
function environment(text: string, previous: readonly EnvironmentSetting[]): readonly EnvironmentSetting[] {
  const settings = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => {
      const [, container, variable, given] = /^([\w-]+):(\w+)(?:=(.*))?$/s.exec(line) ?? [];
      if (container === undefined || variable === undefined) {
        throw new UsageError(
          "--container-env is the name of a container, a colon and a variable, such as dicom-server:NAME=value.",
        );
      }
      const value = given ?? process.env[variable];
      if (value === undefined) {
        throw new UsageError(
          `--container-env ${container}:${variable} has no value, and no variable ${variable} is set.`,
        );
      }
      guardPasswords(variable, value);
      return { container, variable, value };
    });
  return [...previous, ...settings];
}

/** What must not turn up in logs and reports: a password by the variable's name, or one in a connection string. */
function guardPasswords(variable: string, value: string): void {
  if (/password|secret|token|key/i.test(variable)) {
    guardSecret(value);
  }
  for (const [, secret] of value.matchAll(/(?:password|pwd|accountkey|sharedaccesskey)=([^;]+)/gi)) {
    guardSecret(secret);
  }
}
