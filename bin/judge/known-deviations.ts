import { type Baseline, baselineOf, review } from "../../reporters/baseline.ts";
import {
  emptyBaseline,
  loadBaseline,
  loadBaselineIfThere,
  saveBaseline,
} from "../../reporters/baseline-file.ts";
import type { RunRecord } from "../../reporters/record.ts";
import type { Result } from "../../suites/engine/result.ts";
import type { JudgeOptions } from "./command.ts";

/** The baseline of a run, as its options name it. */
export class KnownDeviations {
  private constructor(
    private readonly options: Pick<JudgeOptions, "baseline" | "writeBaseline" | "strict">,
    private readonly known: Baseline,
  ) {}

  /**
   * Reads the baseline, before anything is sent. The one to be written may be there already: what people wrote into it
   * is kept.
   * @param ids of all requirements
   * @throws UsageError
   */
  static async open(
    options: Pick<JudgeOptions, "baseline" | "writeBaseline" | "strict">,
    ids: readonly string[],
  ): Promise<KnownDeviations> {
    const { baseline, writeBaseline } = options;
    if (baseline !== undefined) {
      return new KnownDeviations(options, await loadBaseline(baseline, ids));
    }
    const old = writeBaseline === undefined ? emptyBaseline : await loadBaselineIfThere(writeBaseline, ids);
    return new KnownDeviations(options, old);
  }

  /**
   * Holds a run against the baseline, which is written anew first where that was asked for.
   * @param selected ids that were to be judged
   * @param isWhole whether all of them were: of others neither their silence nor a new baseline says anything
   */
  async hold(
    results: readonly Result[],
    selected: readonly string[],
    isWhole: boolean,
  ): Promise<Pick<RunRecord, "results" | "baseline">> {
    const { baseline, writeBaseline, strict } = this.options;
    const file = writeBaseline ?? baseline;
    if (file === undefined) {
      return { results };
    }
    const known =
      writeBaseline === undefined || !isWhole
        ? this.known
        : await this.write(file, results, selected, strict);
    const reviewed = review(known, results, selected);
    return { results: reviewed.results, baseline: { file, outdated: isWhole ? reviewed.outdated : [] } };
  }

  private async write(
    file: string,
    results: readonly Result[],
    selected: readonly string[],
    isStrict: boolean,
  ): Promise<Baseline> {
    const found = baselineOf(results, this.known, selected, isStrict);
    try {
      await saveBaseline(file, found);
      console.log(`Baseline: ${file}, ${found.known.length} deviation(s)`);
      return found;
    } catch (error) {
      console.error(`The baseline could not be written: ${(error as Error).message}.`);
      return this.known;
    }
  }
}
