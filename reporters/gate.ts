import type { Result, Verdict } from "../suites/engine/result.ts";

/** How a run ended: its exit code, and one sentence that says why. */
export interface Outcome {
  readonly exitCode: 0 | 1 | 2;
  readonly sentence: string;
}

export interface GateOptions {
  readonly isStrict: boolean;
  /** Whether it is fine that the run left something in the service. */
  readonly mayLeave?: boolean;
  /** Why not everything was judged, as the begin of a sentence. */
  readonly endedBecause?: string;
  /** Faults of the suite itself, after which its silence proves nothing. */
  readonly faults: readonly string[];
}

/**
 * 0: every must that applied was judged and conforms. 1: a must is violated (with strict: or a should, or something is
 * left in the service). 2: no violation, but something could not be judged.
 */
export function gate(results: readonly Result[], options: GateOptions): Outcome {
  const left = results.flatMap(({ leftovers }) => leftovers).length;
  const { exitCode, sentence } = outcomeOf(results, options, options.mayLeave ? 0 : left);
  const warning = `Warning: ${left} resource(s) of this run are left in the service, or may be; clean-up tries again.`;
  return { exitCode, sentence: left > 0 ? `${sentence} ${warning}` : sentence };
}

function outcomeOf(
  results: readonly Result[],
  { isStrict, endedBecause, faults }: GateOptions,
  left: number,
): Outcome {
  const count = (verdict: Verdict) => results.filter((result) => result.verdict === verdict).length;
  const violated = count("violates");
  const warned = count("warns");
  const open = results.filter(
    (result) => result.verdict === "inconclusive" && (isStrict || result.level === "must"),
  );
  const judged = results.length - count("skipped") - count("inconclusive");
  if (violated > 0) {
    return {
      exitCode: 1,
      sentence: `Does not conform: ${violated} violation(s) of what the service must do.`,
    };
  }
  if (isStrict && warned > 0) {
    return {
      exitCode: 1,
      sentence: `Does not conform strictly: ${warned} deviation(s) from what it should do.`,
    };
  }
  if (isStrict && left > 0) {
    return { exitCode: 1, sentence: "Fails strictly: the run could not take away all that it made." };
  }
  if (endedBecause !== undefined) {
    return { exitCode: 2, sentence: `${endedBecause}: no violation so far, but not everything was judged.` };
  }
  if (faults.length > 0) {
    return { exitCode: 2, sentence: `The suite itself failed: ${faults[0]}` };
  }
  if (judged === 0) {
    return { exitCode: 2, sentence: `Nothing was judged${reasonOf(results)}.` };
  }
  if (open.length > 0) {
    return {
      exitCode: 2,
      sentence: `No violation, but ${open.length} requirement(s) that decide could not be judged${reasonOf(open)}.`,
    };
  }
  const rest = warned > 0 ? `; ${warned} deviation(s) from what it should do` : "";
  return { exitCode: 0, sentence: `Conforms: ${judged} requirement(s) judged, none violated${rest}.` };
}

function reasonOf(results: readonly Result[]): string {
  const reason = results.find((result) => result.reason)?.reason?.split("\n")[0];
  return reason ? `; the first reason: ${reason}` : "";
}
