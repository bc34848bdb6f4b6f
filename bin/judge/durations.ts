import { readFile } from "node:fs/promises";
import { groupBy } from "../../reporters/grouping.ts";
import { readVerdictsFile, type VerdictsFile } from "../../reporters/verdicts-file.ts";
import type { RequirementText } from "../../suites/engine/result.ts";
import { exclusiveSuites } from "../../suites/engine/stages.ts";

/** Milliseconds of a run that a requirement takes in each version, by its id. */
export type Durations = Readonly<Record<string, number>>;

/** Of runs against the embedded server; {@link durationsOf} makes it. */
export const durationsTable = new URL("./durations.json", import.meta.url);

/**
 * How long requirements take.
 * @param file a verdicts.json of an earlier run; absent: the table of this project
 * @throws UsageError
 */
export async function loadDurations(file: string | undefined): Promise<Durations> {
  return file === undefined
    ? (JSON.parse(await readFile(durationsTable, "utf8")) as Durations)
    : durationsOf(await readVerdictsFile(file));
}

/**
 * What each requirement took of a run. Where checks run together a second of one is no second of the run: they share
 * what the exclusive suites left of it.
 */
export function durationsOf({ verdicts, durationMilliseconds }: VerdictsFile): Durations {
  // What could not be judged may have waited, or not begun.
  const judged = verdicts.filter(({ verdict }) => verdict !== "inconclusive");
  const isExclusive = ({ suite }: { suite: string }) => exclusiveSuites.some((name) => name === suite);
  const alone = sumOf(judged.filter(isExclusive));
  const together = sumOf(judged) - alone;
  const share = together === 0 ? 1 : Math.min(1, Math.max(0, durationMilliseconds - alone) / together);
  const means = [...groupBy(judged, ({ id }) => id)].map(([id, versions]) => {
    const mean = sumOf(versions) / versions.length;
    return [id, Math.round(versions.every(isExclusive) ? mean : mean * share)] as const;
  });
  return Object.fromEntries(means.sort(([one], [other]) => one.localeCompare(other)));
}

/** Of one that is not known, the median is thought. @param versions in how many it is judged */
export function durationIn(
  durations: Durations,
  { id }: Pick<RequirementText, "id">,
  versions: number,
): number {
  const known = Object.values(durations).sort((one, other) => one - other);
  return versions * (durations[id] ?? known[Math.floor(known.length / 2)] ?? 1);
}

function sumOf(verdicts: VerdictsFile["verdicts"]): number {
  return verdicts.reduce((sum, { durationMilliseconds }) => sum + durationMilliseconds, 0);
}
