import type { Result, Shard, Verdict } from "../suites/engine/result.ts";
import type { RunRecord } from "./record.ts";

/** How a run ended: its exit code, and one sentence that says why. */
export interface Outcome {
  /** 130 and 143: a signal ended it. */
  readonly exitCode: number;
  readonly sentence: string;
}

export interface GateOptions {
  readonly isStrict: boolean;
  /** Whether it is fine that the run left something in the service. */
  readonly mayLeave?: boolean;
  /** Why not everything was judged, as the begin of a sentence. */
  readonly endedBecause?: string;
  /** The exit code of a run that a signal ended. */
  readonly interruptedWith?: number;
  /** What was known before, and what of it did not show. */
  readonly baseline?: RunRecord["baseline"];
  /** Which part of a run was judged; absent: the whole. */
  readonly shard?: Shard;
  /** Faults of the suite itself, after which its silence proves nothing. */
  readonly faults: readonly string[];
}

/**
 * 0: every must that applied was judged and conforms. 1: a must is violated (with strict: or a should, or something is
 * left in the service), or the baseline says what is not so any more. 2: no violation, but something could not be
 * judged. What the baseline knows, and what is excluded, decides nothing. A run that a signal ended has the exit code of
 * that signal, and the sentence of what it has judged.
 */
export function gate(results: readonly Result[], options: GateOptions): Outcome {
  const left = results.flatMap(({ leftovers }) => leftovers).length;
  const { exitCode, sentence: ending } = outcomeOf(results, options, options.mayLeave ? 0 : left);
  const sentence = `${partOf(options)}${ending}`;
  const warning = `Warning: ${left} resource(s) of this run are left in the service, or may be; clean-up tries again.`;
  const isBrokenOff = options.endedBecause !== undefined && exitCode === 1;
  const sentences = [
    sentence,
    ...(isBrokenOff ? [`${options.endedBecause}: ${missingOf(results)}.`] : []),
    ...(left > 0 ? [warning] : []),
  ];
  return { exitCode: options.interruptedWith ?? exitCode, sentence: sentences.join(" ") };
}

function outcomeOf(
  results: readonly Result[],
  { isStrict, endedBecause, faults, baseline, shard }: GateOptions,
  left: number,
): Outcome {
  const news = results.filter(({ known }) => known === undefined);
  const count = (verdict: Verdict) => news.filter((result) => result.verdict === verdict).length;
  const violated = count("violates");
  const warned = count("warns");
  const open = news.filter(
    (result) => result.verdict === "inconclusive" && (isStrict || result.level === "must"),
  );
  const judged = results.filter(({ verdict }) => verdict !== "skipped" && verdict !== "inconclusive").length;
  const beside = besideOf(results);
  if (violated > 0) {
    return {
      exitCode: 1,
      sentence: `Does not conform: ${violated} violation(s) of what the service must do${beside}.`,
    };
  }
  if (isStrict && warned > 0) {
    return {
      exitCode: 1,
      sentence: `Does not conform strictly: ${warned} deviation(s) from what it should do${beside}.`,
    };
  }
  if (isStrict && left > 0) {
    return { exitCode: 1, sentence: "Fails strictly: the run could not take away all that it made." };
  }
  if (baseline !== undefined && baseline.outdated.length > 0) {
    const sentence = `${baseline.file} is out of date: ${baseline.outdated.length} of its entries did not show, as named above.`;
    return { exitCode: 1, sentence };
  }
  if (endedBecause !== undefined) {
    return { exitCode: 2, sentence: `${endedBecause}: no violation so far, but ${missingOf(results)}.` };
  }
  if (faults.length > 0) {
    return { exitCode: 2, sentence: `The suite itself failed: ${faults[0]}` };
  }
  if (judged === 0 && shard !== undefined && open.length === 0) {
    return { exitCode: 0, sentence: "Nothing in it was to be judged." };
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
  return {
    exitCode: 0,
    sentence: `Conforms: ${judged} requirement(s) judged, none violated${beside}${rest}.`,
  };
}

/** Said first, so that nobody takes a green shard for a green run. */
function partOf({ shard }: GateOptions): string {
  return shard === undefined ? "" : `Shard ${shard.number} of ${shard.count}, not the whole run. `;
}

/** What a run that ended early lacks. */
function missingOf(results: readonly Result[]): string {
  const count = results.filter(({ verdict }) => verdict === "inconclusive").length;
  return count === 0 ? "not everything was judged" : `${count} of ${results.length} verdicts are missing`;
}

/** What did not decide, because somebody said so. */
function besideOf(results: readonly Result[]): string {
  const known = results.filter((result) => result.known !== undefined).length;
  const excluded = new Set(results.flatMap((result) => (result.excluded === undefined ? [] : result.id)))
    .size;
  const parts = [
    ...(known > 0 ? [`${known} known deviation(s)`] : []),
    ...(excluded > 0 ? [`${excluded} excluded requirement(s)`] : []),
  ];
  return parts.length > 0 ? `, beside ${parts.join(" and ")}` : "";
}

function reasonOf(results: readonly Result[]): string {
  const reason = results.find((result) => result.reason)?.reason?.split("\n")[0];
  return reason ? `; the first reason: ${reason}` : "";
}
