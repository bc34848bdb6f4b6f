import type { Requirement } from "../engine/requirement.ts";
import type { ProvingFault } from "./fault.ts";
import type { Attempt } from "./findings.ts";
import { type Ground, isSearched, judgedAt, nameOf, perspectives, type ServerKind } from "./ground.ts";
import type { Provers } from "./provers.ts";

/** What is tried. */
export interface Plan {
  readonly faults: readonly ProvingFault[];
  /** By which the faults are judged. */
  readonly among: readonly Requirement[];
  readonly kindOf: (fault: ProvingFault) => ServerKind;
}

/** Ids of requirements by fault and ground. */
type Reached = ReadonlyMap<string, ReadonlySet<string>>;

/** Each fault against those that must notice it, wherever they hold. */
export function namedAttempts(plan: Plan): Attempt[] {
  return attemptsOf(plan, new Map());
}

/** Each fault against those that must notice it and all others that it can reach, wherever they hold. */
export async function strictAttempts(plan: Plan, provers: Provers): Promise<Attempt[]> {
  const { faults, among, kindOf } = plan;
  const servers = new Set(faults.map(kindOf));
  const questions = [...servers].flatMap((server) =>
    perspectives
      .map((perspective): Ground => ({ ...perspective, server }))
      .filter(isSearched)
      .flatMap((ground) => judgedAt(ground, among).map(({ id }) => ({ ground, requirement: id }))),
  );
  const reached = new Map<string, Set<string>>();
  await provers.askAll(questions, 12, ({ ground, requirement: id }, { reaching = [], error }) => {
    if (error !== undefined) {
      throw new Error(`${id} could not be judged at the honest server: ${error}`);
    }
    for (const name of reaching) {
      const key = keyOf(name, ground);
      reached.set(key, (reached.get(key) ?? new Set()).add(id));
    }
  });
  return attemptsOf(plan, reached);
}

function attemptsOf({ faults, among, kindOf }: Plan, reached: Reached): Attempt[] {
  return faults.flatMap((each) => {
    const server = kindOf(each);
    return perspectives
      .map((perspective) => ({
        ground: { ...perspective, server },
        fault: each.name,
        judged: judgedAt(perspective, among)
          .map(({ id }) => id)
          .filter((id) => each.noticedBy.includes(id) || reached.get(keyOf(each.name, perspective))?.has(id)),
      }))
      .filter(({ judged }) => judged.length > 0);
  });
}

function keyOf(fault: string, ground: Omit<Ground, "server">): string {
  return `${fault} ${nameOf(ground)}`;
}
