import { anonymousCallers, type Callers } from "../../fixtures/client/callers.ts";
import type { Endpoint } from "../../fixtures/client/endpoint.ts";
import { Inconclusive, NotApplicable } from "../../fixtures/client/inconclusive.ts";
import type { Journal } from "../../fixtures/client/ownership/journal.ts";
import { cleanUp } from "../../fixtures/client/ownership/scenario-clean-up.ts";
import { Service } from "../../fixtures/client/service.ts";
import { NoResponse, type Transport } from "../../fixtures/client/transport/transport.ts";
import { Instances } from "../../fixtures/instances/instances.ts";
import { type Discrepancy, Violation } from "../../fixtures/matchers/violation.ts";
import { addNote, type Exchange } from "../../fixtures/wire/exchange.ts";
import { quoted } from "../../fixtures/wire/quote.ts";
import { clausesFor } from "./clause.ts";
import type { Requirement, Scenario } from "./requirement.ts";
import type { Level, RequirementText, Result, Verdict } from "./result.ts";

/** Whether a requirement is to be judged at this endpoint at all. */
export function applies(requirement: RequirementText, { api, profile }: Endpoint): boolean {
  const isOfProfile = profile === "azure" || requirement.profile === "dicomweb";
  return isOfProfile && (api === undefined || requirement.api.includes(api));
}

export interface JudgeOptions {
  /** Short id of the run, part of every Patient ID it stores. */
  readonly run: string;
  /** Milliseconds to wait for what a service may do a moment after it answered. */
  readonly patience: number;
  readonly journal?: Journal;
  /** Edge in pixels that large instances are cut down to; absent: as large as the checks ask for. */
  readonly largestEdge?: number;
  /** Whether checks with instances of gigabytes are wanted. */
  readonly isLarge?: boolean;
  /** Absent: nobody but the run itself, which is anonymous. */
  readonly callers?: Callers;
  /** Is told what a check accuses the service of, with the lines of code that do. */
  readonly onViolation?: (violation: Violation) => void;
}

/** Runs one check against one endpoint. Never throws: whatever happens becomes a verdict. */
export async function judge(
  requirement: Requirement,
  endpoint: Endpoint,
  transport: Transport,
  options: JudgeOptions,
): Promise<Result> {
  const { run, patience, journal, largestEdge, isLarge = false, callers = anonymousCallers } = options;
  const { check, skipped, api: _, ...text } = requirement;
  const service = new Service(endpoint, transport, { patience, journal });
  const startedAt = performance.now();
  const { violation, coveredBy, ...conclusion } =
    skipped === undefined
      ? await carryOut(requirement, { service, instances: new Instances(run, largestEdge), callers, isLarge })
      : skip(skipped);
  if (violation) {
    options.onViolation?.(violation);
  }
  const leftovers = await cleanUp(service);
  const { exchanges } = service;
  return {
    ...text,
    api: endpoint.api,
    clauses: clausesFor(text.clauses, endpoint.api),
    ...conclusion,
    coveredBy,
    notes: notesOf(exchanges),
    exchanges,
    steps: service.story.steps,
    decisive: conclusion.verdict === "conforms" ? undefined : decisiveOf(violation, exchanges),
    created: [...service.created],
    leftovers,
    duration: Math.round(performance.now() - startedAt),
  };
}

function notesOf(exchanges: readonly Exchange[]): string[] {
  const notes: string[] = [];
  for (const note of exchanges.flatMap((exchange) => exchange.notes)) {
    addNote(notes, note);
  }
  return notes;
}

/** What came of one check. */
interface Conclusion extends Pick<Result, "verdict" | "reason" | "discrepancies"> {
  readonly coveredBy?: string;
  readonly violation?: Violation;
}

async function carryOut({ check, level }: Requirement, scenario: Scenario): Promise<Conclusion> {
  try {
    await check(scenario);
  } catch (error) {
    return explain(error, level);
  }
  return scenario.service.exchanges.length > 0
    ? { verdict: "conforms", reason: undefined, discrepancies: [] }
    : inconclusive("the check sent no request: a fault of this suite, please report it");
}

function explain(error: unknown, level: Level): Conclusion {
  if (error instanceof Violation) {
    return broken(error.discrepancies, error.isWarning && level === "must" ? "should" : level, error);
  }
  if (error instanceof NotApplicable) {
    return skip(error.message);
  }
  if (error instanceof Inconclusive) {
    return { ...inconclusive(error.message), coveredBy: error.coveredBy };
  }
  if (error instanceof NoResponse) {
    const { method, url } = error.exchange.request;
    return inconclusive(quoted(`${method} ${url}: ${error.message}`));
  }
  const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return inconclusive(quoted(`a fault of this suite, please report it: ${detail}`));
}

const verdictWhenBroken: Readonly<Record<Level, Verdict>> = {
  must: "violates",
  should: "warns",
  may: "not supported",
};

function broken(discrepancies: readonly Discrepancy[], level: Level, violation?: Violation): Conclusion {
  const reason = discrepancies.map(({ expected, received }) => `expected ${expected}; received ${received}`);
  return { verdict: verdictWhenBroken[level], reason: reason.join("\n"), discrepancies, violation };
}

function inconclusive(reason: string): Conclusion {
  return { verdict: "inconclusive", reason, discrepancies: [] };
}

function skip(reason: string): Conclusion {
  return { verdict: "skipped", reason, discrepancies: [] };
}

/** Where the check did not say which exchange proves its verdict, it is the last one. */
function decisiveOf(violation: Violation | undefined, exchanges: readonly Exchange[]): number | undefined {
  const index = violation ? exchanges.indexOf(violation.exchange) : -1;
  return index >= 0 ? index : exchanges.length > 0 ? exchanges.length - 1 : undefined;
}
