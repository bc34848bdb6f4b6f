import type { Result, Verdict } from "../../suites/engine/result.ts";
import { nameOf } from "../baseline.ts";
import { groupBy } from "../grouping.ts";

/** A run of the past, as a history file keeps it. */
export interface PastRun {
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** Of this suite. */
  readonly version: string;
  readonly target: string;
  readonly profile: string;
  readonly exitCode: number;
  readonly durationMilliseconds: number;
  /** By id and version, such as "STORE-001 v2". */
  readonly verdicts: ReadonlyMap<string, Verdict>;
}

/** What became of a requirement since it was judged before. */
export interface Change {
  readonly kind: "new" | "mended";
  readonly id: string;
  readonly api: Result["api"];
  readonly title: string;
  readonly before: Verdict;
  readonly verdict: Verdict;
  /** When it was last as before: the begin of that run, ISO 8601, UTC. */
  readonly since: string;
}

/** Verdicts that say what a service does; the others say nothing of it. */
const judged: readonly Verdict[] = ["conforms", "violates", "warns", "not supported"];

/**
 * Deviations that the last run to judge them did not have, and those that are gone. What a baseline knows is not new.
 * @param past runs of the same service, the earliest first
 */
export function changesSince(past: readonly PastRun[], results: readonly Result[]): readonly Change[] {
  return results.flatMap((result) => {
    const name = nameOf(result);
    const last = past.findLast(({ verdicts }) => judged.some((verdict) => verdict === verdicts.get(name)));
    const before = last?.verdicts.get(name);
    const kind = before === undefined ? undefined : kindOf(before, result);
    if (last === undefined || before === undefined || kind === undefined) {
      return [];
    }
    const { id, api, title, verdict } = result;
    return [{ kind, id, api, title, before, verdict, since: last.startedAt }];
  });
}

/** An instant as reports show it. @param instant ISO 8601, UTC */
export function dateOf(instant: string): string {
  return `${instant.slice(0, 16).replace("T", " ")} UTC`;
}

/** The changes of a kind, a line for each, under the date of the run that last saw them otherwise. */
export function changesByDate(
  changes: readonly Change[],
  kind: Change["kind"],
): readonly (readonly [date: string, lines: readonly string[]])[] {
  const ofKind = changes.filter((change) => change.kind === kind);
  return [...groupBy(ofKind, ({ since }) => since)].map(([since, members]) => [
    dateOf(since),
    members.map((change) => `${nameOf(change)} ${change.title}: ${change.before} → ${change.verdict}`),
  ]);
}

function kindOf(before: Verdict, { verdict, known }: Result): Change["kind"] | undefined {
  if (severityOf(verdict) > severityOf(before)) {
    return known === undefined ? "new" : undefined;
  }
  const isGone = severityOf(before) > 0 && severityOf(verdict) === 0 && judged.includes(verdict);
  return isGone ? "mended" : undefined;
}

function severityOf(verdict: Verdict): number {
  return verdict === "violates" ? 2 : verdict === "warns" ? 1 : 0;
}
