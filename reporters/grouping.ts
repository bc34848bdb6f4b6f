import type { Result } from "../suites/engine/result.ts";

/** The suite as reports name it: API versions are kept apart. */
export function groupOf({ suite, api }: Pick<Result, "suite" | "api">): string {
  return api ? `${suite} ${api}` : suite;
}

/** Groups by a key, in the order in which the keys first occur. */
export function groupBy<T>(members: readonly T[], keyOf: (member: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const member of members) {
    const key = keyOf(member);
    groups.set(key, [...(groups.get(key) ?? []), member]);
  }
  return groups;
}
