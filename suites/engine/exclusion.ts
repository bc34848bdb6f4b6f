import type { Endpoint } from "../../fixtures/client/endpoint.ts";
import { UsageError } from "../../fixtures/targets/usage-error.ts";
import { applies } from "./judge.ts";
import { type RequirementText, type Result, unjudged } from "./result.ts";

/** What a person leaves out of a run, and why. */
export interface Exclusion {
  /** Id of a requirement, or name of a suite; in lower case. */
  readonly name: string;
  readonly reason: string;
}

/** Why a requirement is left out, by its id. */
export type Excluded = ReadonlyMap<string, string>;

/**
 * Finds the requirements that a person leaves out; what is said of one goes before what is said of its suite.
 * @throws UsageError for a name that is neither
 */
export function excludedOf(all: readonly RequirementText[], exclusions: readonly Exclusion[]): Excluded {
  const names = all.flatMap(({ id, suite }) => [id.toLowerCase(), suite as string]);
  const unheardOf = exclusions.find(({ name }) => !names.includes(name));
  if (unheardOf !== undefined) {
    throw new UsageError(
      `--exclude names "${unheardOf.name}", which is no requirement and no suite; --list shows all of them.`,
    );
  }
  return new Map(
    all.flatMap(({ id, suite }) => {
      const own = exclusions.find(({ name }) => name === id.toLowerCase());
      const said = own ?? exclusions.find(({ name }) => name === suite);
      return said === undefined ? [] : [[id, said.reason] as const];
    }),
  );
}

/**
 * The results of a run with those of what was left out. What could not begin because of a requirement that nobody
 * judges is not excluded with it: it stays inconclusive, and says so.
 */
export function withExcluded(
  results: readonly Result[],
  selected: readonly RequirementText[],
  endpoints: readonly Endpoint[],
  excluded: Excluded,
): readonly Result[] {
  const left = endpoints.flatMap((endpoint) =>
    selected
      .filter((requirement) => applies(requirement, endpoint))
      .flatMap((requirement) => {
        const reason = excluded.get(requirement.id);
        return reason === undefined
          ? []
          : [
              unjudged(requirement, endpoint.api, {
                verdict: "skipped",
                reason: `excluded: ${reason}`,
                excluded: reason,
              }),
            ];
      }),
  );
  return [...results.map((result) => uncovered(result, excluded)), ...left];
}

function uncovered(result: Result, excluded: Excluded): Result {
  const { coveredBy = "", reason } = result;
  return excluded.has(coveredBy)
    ? {
        ...result,
        reason: reason?.replaceAll(
          `${coveredBy} covers this`,
          `${coveredBy}, which covers this, is excluded`,
        ),
      }
    : result;
}
