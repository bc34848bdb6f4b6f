import type { Callers } from "../../fixtures/client/callers.ts";
import type { Service } from "../../fixtures/client/service.ts";
import type { Instances } from "../../fixtures/instances/instances.ts";
import type { Clause } from "./clause.ts";
import type { Level, RequirementText, SuiteName } from "./result.ts";

/** What a check is handed: a client of the service under test, and instances of its own. */
export interface Scenario {
  readonly service: Service;
  readonly instances: Instances;
  /** Who else it can be to the service. */
  readonly callers: Callers;
  /** Whether instances of gigabytes are wanted. */
  readonly isLarge: boolean;
}

/** Returns when the service does what it must, and throws when it does not. */
export type Check = (scenario: Scenario) => Promise<void>;

export interface Requirement extends RequirementText {
  readonly check: Check;
}

/** What a requirement says beside its id and its level. */
export interface Declaration
  extends Pick<RequirementText, "title" | "request">,
    Partial<Pick<RequirementText, "profile" | "api" | "suite" | "skipped">> {
  readonly clause: Clause | readonly Clause[];
}

const suiteOfPrefix: Readonly<Record<string, SuiteName>> = {
  STORE: "store",
  RETRIEVE: "retrieve",
  SEARCH: "search",
  DELETE: "delete",
  CHANGEFEED: "change-feed",
  TAGS: "extended-query-tags",
  OPERATION: "extended-query-tags",
  SERVICE: "service",
  COLLECTION: "collection",
};

const declared: Requirement[] = [];
let listener: ((requirement: Requirement) => void) | undefined;

/** Breaking it fails the run. @throws Error when the id is taken or of no known suite */
export const must = declare("must");
/** Breaking it is a warning, unless the run is strict. */
export const should = declare("should");
/** It is reported as supported or not. */
export const may = declare("may");

/**
 * Unless the declaration says otherwise, a requirement holds in both API versions, and in the profile `azure` only: what
 * every DICOMweb server must do has to be said.
 */
function declare(level: Level) {
  return (id: string, { clause, ...text }: Declaration, check: Check): void => {
    const suite = text.suite ?? suiteOfPrefix[id.replace(/-\d+$/, "")];
    if (!suite || declared.some((other) => other.id === id)) {
      throw new Error(`${id}: ${suite ? "declared twice" : "its prefix belongs to no suite"}`);
    }
    const added: Requirement = {
      id,
      level,
      profile: "azure",
      api: ["v1", "v2"],
      clauses: [clause].flat(),
      ...text,
      suite,
      check,
    };
    declared.push(added);
    listener?.(added);
  };
}

/** All requirements of the suite files loaded so far, in the order of their declaration. */
export function requirements(): readonly Requirement[] {
  return declared;
}

/** Lets a test runner make a test of each requirement as it is declared. */
export function onRequirement(run: (requirement: Requirement) => void): void {
  listener = run;
}
