import { UsageError } from "../../fixtures/targets/usage-error.ts";
import type { RequirementText } from "./result.ts";

/**
 * The requirements that a person chose; all where nothing was chosen.
 * @throws UsageError for a name that does not exist
 */
export function select<T extends RequirementText>(
  all: readonly T[],
  suites: readonly string[],
  ids: readonly string[],
): readonly T[] {
  const suiteNames = [...new Set(all.map(({ suite }) => suite as string))];
  const wantedSuites = suites.map((suite) => suite.toLowerCase());
  for (const suite of wantedSuites) {
    if (!suiteNames.includes(suite)) {
      throw new UsageError(`There is no suite "${suite}". There are: ${suiteNames.join(", ")}.`);
    }
  }
  const wanted = ids.map((id) => id.toUpperCase());
  for (const id of wanted) {
    if (!all.some((requirement) => requirement.id === id)) {
      throw new UsageError(`There is no requirement "${id}"; --list shows all of them.`);
    }
  }
  return all.filter(
    ({ id, suite }) =>
      (suites.length === 0 && wanted.length === 0) || wantedSuites.includes(suite) || wanted.includes(id),
  );
}
