import type { Command } from "commander";
import { UsageError } from "../fixtures/targets/usage-error.ts";
import { secretVariables } from "./access/access-options.ts";

/**
 * Which service is judged, as whom, and how strictly. Empty, each of these would let a run be green that judged another
 * service, or less; any other that is empty is one that is not set, with which a run is as strict.
 */
const decisive: readonly string[] = [
  "DICOM_BASE_URL",
  "DICOM_API_VERSION",
  "DICOM_PROFILE",
  "DICOM_POSTMAN_ENVIRONMENT",
  "DICOM_CONTAINER",
  "DICOM_CONTAINER_ENV",
  "DICOM_CONTAINER_PORT",
  "DICOM_COMPOSE",
  "DICOM_COMPOSE_SERVICE",
  "DICOM_IMAGE",
  "DICOM_PARTITIONS",
  "DICOM_AUTH",
  "DICOM_USERNAME",
  "DICOM_RESOURCE",
  "DICOM_READER_CLIENT_ID",
  "DICOM_STRANGER_CLIENT_ID",
  "DICOM_HEADER",
  "DICOM_CA",
  ...secretVariables.filter((name) => name.startsWith("DICOM_")),
  "DICOM_BASELINE",
  "DICOM_STRICT",
  "DICOM_LARGE",
];

/** They may hold such a text of their own, except as all that they hold. */
const freeTexts = ["DICOM_PASSWORD", "DICOM_CONTAINER_ENV"];
const macro = /\$\([\w.-]+\)/;

type Variables = Record<string, string | undefined>;

/** What is wrong with a variable that CI has set without what was meant to be in it; undefined where nothing is. */
function complaintAbout(name: string, value: string | undefined): string | undefined {
  const text = value?.trim();
  if (text === "") {
    return (
      `${name} is set, and empty: give it a value, or do not set it.` +
      " In CI, look whether the secret or variable that it is taken from is there for this run."
    );
  }
  const [found = ""] = macro.exec(text ?? "") ?? [];
  return found !== "" && (found === text || !freeTexts.includes(name))
    ? `${name} holds a $(NAME) that Azure Pipelines did not replace: define that variable there, or do not set ${name}.`
    : undefined;
}

/** @throws UsageError for the first of these variables that holds nothing, or a macro that nobody replaced */
export function requireFilled(names: readonly string[], variables: Readonly<Variables>): void {
  for (const name of names) {
    const complaint = complaintAbout(name, variables[name]);
    if (complaint !== undefined) {
      throw new UsageError(complaint);
    }
  }
}

/**
 * Keeps commander from variables without a value, which it would take for one, and has each verb refuse those of its own
 * that decide, where no flag stands in their place; and flags without a value.
 */
export function refuseEmptiness(program: Command, variables: Variables): void {
  const unfilled = takeUnfilled(program.commands, variables);
  program.hook("preAction", (_, verb) => {
    const names = decisive.filter((name) => isTaken(verb, name) && !isSaid(verb, name));
    requireFilled(names, unfilled);
  });
  for (const verb of program.commands) {
    for (const option of verb.options) {
      verb.on(`option:${option.name()}`, (value: unknown) => {
        if (typeof value === "string" && value.trim() === "") {
          throw new UsageError(`${option.long} is empty: give it a value, or leave it out.`);
        }
      });
    }
  }
}

function takeUnfilled(verbs: readonly Command[], variables: Variables): Variables {
  const ofOptions = verbs.flatMap(({ options }) => options.flatMap(({ envVar }) => envVar ?? []));
  const names = [...new Set([...ofOptions, ...decisive])];
  const unfilled = names.filter((name) => complaintAbout(name, variables[name]) !== undefined);
  const taken = Object.fromEntries(unfilled.map((name) => [name, variables[name]]));
  for (const name of unfilled) {
    delete variables[name];
  }
  return taken;
}

/** Whether a verb is about a service, for which all of them count, or has an option for it. */
function isTaken({ options }: Command, variable: string): boolean {
  return options.some(({ long, envVar }) => long === "--url" || envVar === variable);
}

/** Whether a flag was given in place of the variable. */
function isSaid(verb: Command, variable: string): boolean {
  const option = verb.options.find(({ envVar }) => envVar === variable);
  return option !== undefined && verb.getOptionValueSource(option.attributeName()) === "cli";
}
