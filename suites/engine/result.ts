import type { ApiVersion, Profile } from "../../fixtures/client/endpoint.ts";
import type { Step } from "../../fixtures/client/story.ts";
import type { Discrepancy } from "../../fixtures/matchers/violation.ts";
import type { Exchange } from "../../fixtures/wire/exchange.ts";
import { type Clause, clausesFor } from "./clause.ts";

export type Level = "must" | "should" | "may";

export type SuiteName =
  | "authorize"
  | "store"
  | "retrieve"
  | "search"
  | "delete"
  | "change-feed"
  | "extended-query-tags"
  | "service"
  | "collection"
  | "wire";

/** `inconclusive`: a precondition or the network failed; never counted as a violation, never as a pass. */
export type Verdict = "conforms" | "violates" | "warns" | "not supported" | "skipped" | "inconclusive";

export const verdicts: readonly Verdict[] = [
  "conforms",
  "violates",
  "warns",
  "not supported",
  "skipped",
  "inconclusive",
];

/** What a requirement says, without how it is checked. */
export interface RequirementText {
  readonly id: string;
  readonly title: string;
  readonly suite: SuiteName;
  /** Name of the request of the Postman collection that it belongs to. */
  readonly request: string;
  readonly level: Level;
  readonly profile: Profile;
  readonly api: readonly ApiVersion[];
  readonly clauses: readonly Clause[];
  /** Why it is listed but never run. */
  readonly skipped?: string;
}

/** One requirement, judged against one API version of one service. */
export interface Result extends Omit<RequirementText, "api"> {
  /** Undefined for DICOMweb servers without versions. */
  readonly api: ApiVersion | undefined;
  readonly verdict: Verdict;
  /** Why, wherever the verdict is not `conforms`. */
  readonly reason: string | undefined;
  readonly discrepancies: readonly Discrepancy[];
  /** Id of the requirement that judges what stood in the way of this one, where one does. */
  readonly coveredBy?: string;
  /** Why the verdict fails no run, where a baseline knows it. */
  readonly known?: string;
  /** Why a person had it left out; such a requirement is skipped. */
  readonly excluded?: string;
  /** Tolerances that were applied and requests that were repeated. */
  readonly notes: readonly string[];
  readonly exchanges: readonly Exchange[];
  /** Index of the exchange that proves a violation. */
  readonly decisive: number | undefined;
  /** Parts of a story, where the check tells one. */
  readonly steps: readonly Step[];
  /** URLs of what the scenario made, in that order. */
  readonly created: readonly string[];
  /** What of it the scenario could not take away again. */
  readonly leftovers: readonly string[];
  /** Milliseconds. */
  readonly duration: number;
}

/** One part of a run that is split; the first has number 1. */
export interface Shard {
  readonly number: number;
  readonly count: number;
}

/** Why a requirement has no verdict of its own that the run did not come to. */
export const neverReached = "the run ended before it was judged";

/** What stands for a requirement that is not judged, or not yet. */
export function unjudged(
  { api: _, ...text }: RequirementText,
  api: Result["api"],
  why: Pick<Result, "verdict" | "reason" | "excluded">,
): Result {
  return {
    ...text,
    api,
    clauses: clausesFor(text.clauses, api),
    discrepancies: [],
    notes: [],
    exchanges: [],
    decisive: undefined,
    steps: [],
    created: [],
    leftovers: [],
    duration: 0,
    ...why,
  };
}

/** As files and scripts name it: STORE-061-v2. */
export function fileNameOf({ id, api }: Pick<Result, "id" | "api">): string {
  return [id, api].filter(Boolean).join("-");
}

/** The exchange that proves the verdict, where one of them does. */
export function decisiveExchangeOf({ decisive, exchanges }: Result): Exchange | undefined {
  return decisive === undefined ? undefined : exchanges[decisive];
}

/** The step of a story at which it broke off. */
export function brokenStepOf({ steps }: Result): Step | undefined {
  return steps.find(({ isDone }) => !isDone);
}
