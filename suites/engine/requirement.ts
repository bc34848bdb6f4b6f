import type { Service } from "../../fixtures/client/service.ts";
import type { Instances } from "../../fixtures/instances/instances.ts";
import type { Clause } from "./clause.ts";
import type { RequirementText, SuiteName } from "./result.ts";

/** What a check is handed: a client of the service under test, and instances of its own. */
export interface Scenario {
  readonly service: Service;
  readonly instances: Instances;
  /** Whether instances of gigabytes are wanted. */
  readonly isLarge: boolean;
}

/** Returns when the service does what it must, and throws when it does not. */
export type Check = (scenario: Scenario) => Promise<void>;

export interface Requirement extends RequirementText {
  readonly check: Check;
}

type Declaration = Omit<RequirementText, "id" | "suite" | "clauses"> & {
  readonly clause: Clause | readonly Clause[];
  /** Where the prefix of the id does not name the suite. */
  readonly suite?: SuiteName;
};

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

/** The one function that every check is written with. @throws when the id is taken or of no known suite */
export function requirement(id: string, { clause, suite, ...text }: Declaration, check: Check): void {
  const name = suite ?? suiteOfPrefix[id.replace(/-\d+$/, "")];
  if (!name || declared.some((other) => other.id === id)) {
    throw new Error(`${id}: ${name ? "declared twice" : "its prefix belongs to no suite"}`);
  }
  const added: Requirement = { id, suite: name, clauses: [clause].flat(), ...text, check };
  declared.push(added);
  listener?.(added);
}

/** All requirements of the suite files loaded so far, in the order of their declaration. */
export function requirements(): readonly Requirement[] {
  return declared;
}

/** Lets a test runner make a test of each requirement as it is declared. */
export function onRequirement(run: (requirement: Requirement) => void): void {
  listener = run;
}
