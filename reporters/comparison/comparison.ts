import { groupBy } from "../grouping.ts";
import type { JudgedRequirement, VerdictsFile } from "../verdicts-file.ts";

/** A verdicts.json under a letter, by which the tables name it. */
export interface ComparedRun extends VerdictsFile {
  readonly letter: string;
  /** As the person named it. */
  readonly path: string;
}

/** A requirement that has not the same verdict everywhere. */
export interface Difference {
  /** Id, with the version where versions are kept apart. */
  readonly name: string;
  readonly title: string;
  /** For each run; undefined where it was not judged. */
  readonly judged: readonly (JudgedRequirement | undefined)[];
}

export interface Comparison {
  readonly runs: readonly ComparedRun[];
  /** How many requirements at least two of the runs judged. */
  readonly compared: number;
  readonly differences: readonly Difference[];
  /** Names of the requirements that only some of the runs have, by the letters of those. */
  readonly partial: ReadonlyMap<string, readonly string[]>;
}

/** The requirement in each run, whether or not it differs. */
type Row = Difference;

/** What differs between runs: of one service over time, or of several services. */
export function compare(runs: readonly ComparedRun[]): Comparison {
  const rows = rowsOf(runs);
  const presentIn = ({ judged }: Row) => runs.filter((_, index) => judged[index] !== undefined);
  const some = rows.filter((row) => presentIn(row).length < runs.length);
  const lettersOf = (row: Row) =>
    presentIn(row)
      .map(({ letter }) => letter)
      .join(", ");
  return {
    runs,
    compared: rows.filter((row) => presentIn(row).length > 1).length,
    differences: rows.filter(isDifferent),
    partial: new Map(
      [...groupBy(some, lettersOf)].map(([letters, members]) => [letters, members.map(({ name }) => name)]),
    ),
  };
}

/** Whether every requirement has the same verdict in all runs. */
export function isSame({ differences, partial }: Comparison): boolean {
  return differences.length === 0 && partial.size === 0;
}

/** What the comparison comes to. */
export function sentenceOf(comparison: Comparison): string {
  const { runs, compared, differences, partial } = comparison;
  const letters = runs.map(({ letter }) => letter).join(" and ");
  if (isSame(comparison)) {
    return `${letters} are the same: ${compared} requirement(s).`;
  }
  const alone = [...partial.values()].reduce((sum, names) => sum + names.length, 0);
  const rest = alone > 0 ? `; ${alone} more are not in all of them` : "";
  return `${letters} differ in ${differences.length} of ${compared} requirement(s)${rest}.`;
}

function isDifferent({ judged }: Row): boolean {
  return new Set(judged.flatMap((one) => one?.verdict ?? [])).size > 1;
}

/**
 * Versions of the API are kept apart where a run has several. Runs of one version each are held against each other,
 * whichever it is; and a server without versions against each version of another.
 */
function rowsOf(runs: readonly ComparedRun[]): readonly Row[] {
  const isApart = runs.some(({ verdicts }) => new Set(verdicts.map(({ api }) => api)).size > 1);
  const nameOf = ({ id, api }: Pick<JudgedRequirement, "id" | "api">) =>
    isApart && api !== null ? `${id} ${api}` : id;
  const byName = runs.map(({ verdicts }) => new Map(verdicts.map((one) => [nameOf(one), one])));
  const all = new Map(runs.flatMap(({ verdicts }) => verdicts.map((one) => [nameOf(one), one])));
  const versioned = new Set([...all.values()].filter(({ api }) => api !== null).map(({ id }) => id));
  return [...all]
    .filter(([, { id, api }]) => !isApart || api !== null || !versioned.has(id))
    .map(([name, { id, title }]) => ({
      name,
      title,
      judged: byName.map((one) => one.get(name) ?? one.get(id)),
    }));
}
