import { type Ground, nameOf, perspectives } from "./ground.ts";
import type { Notice, Trial } from "./prove-fault.ts";

/** A fault, where it is tried, and by whom. */
export interface Attempt {
  readonly ground: Ground;
  readonly fault: string;
  readonly judged: readonly string[];
}

/** A notice, and where it was made: `azure v2`. */
interface Placed extends Notice {
  readonly perspective: string;
}

/** What came of a fault wherever it was tried. */
export interface Finding {
  readonly notices: readonly Placed[];
  readonly errors: readonly string[];
  /** Ids that must notice the fault and did so nowhere. */
  readonly silent: readonly string[];
  /** Ids that noticed it and are not among those that must. */
  readonly surplus: readonly string[];
  /** Whether exactly those noticed it that must. */
  readonly isProven: boolean;
}

/** Collects what the trials of a proof say. */
export class Findings {
  /** Places in the checks that accused a server. */
  readonly sites = new Set<string>();
  readonly #notices = new Map<string, Placed[]>();
  readonly #errors = new Map<string, string[]>();

  add({ ground, fault }: Attempt, trial: Trial | undefined, error: string | undefined): void {
    const perspective = nameOf(ground);
    const placed = (trial?.notices ?? []).map((notice) => ({ ...notice, perspective }));
    this.#notices.set(fault, [...(this.#notices.get(fault) ?? []), ...placed]);
    for (const site of trial?.sites ?? []) {
      this.sites.add(site);
    }
    if (error !== undefined) {
      this.#errors.set(fault, [...(this.#errors.get(fault) ?? []), `${perspective}: ${error}`]);
    }
  }

  /** Lets faults be tried anew; the lines that they proved stay proven. */
  forget(faults: readonly string[]): void {
    for (const fault of faults) {
      this.#notices.delete(fault);
      this.#errors.delete(fault);
    }
  }

  /** @param expected ids that must notice the fault, each in one perspective at least */
  about(fault: string, expected: readonly string[]): Finding {
    const notices = this.#notices.get(fault) ?? [];
    const noticing = [...new Set(notices.map(({ id }) => id))];
    const errors = this.#errors.get(fault) ?? [];
    const silent = expected.filter((id) => !noticing.includes(id));
    const surplus = noticing.filter((id) => !expected.includes(id));
    const isProven = [errors, silent, surplus].every(({ length }) => length === 0);
    return { notices, errors, silent, surplus, isProven };
  }

  /** Ids that noticed a fault, by perspective. */
  noticing(): ReadonlyMap<string, ReadonlySet<string>> {
    const all = [...this.#notices.values()].flat();
    return new Map(
      perspectives
        .map(nameOf)
        .map((name) => [
          name,
          new Set(all.filter(({ perspective }) => perspective === name).map(({ id }) => id)),
        ]),
    );
  }
}

/** What a person reads of a fault that is not proven, or of any. */
export function describe(fault: string, finding: Finding): string {
  const { notices, errors, silent, surplus, isProven } = finding;
  return [
    `${isProven ? "noticed" : "NOT PROVEN"}: ${fault}`,
    ...notices
      .filter(({ id }) => isProven || surplus.includes(id))
      .map(({ id, perspective, verdict, reason }) => {
        const remark = surplus.includes(id) ? " (not among those that must notice it)" : "";
        return `  ${id}, ${perspective}, ${verdict}${remark}: ${reason.replaceAll("\n", "\n    ")}`;
      }),
    ...silent.map((id) => `  ${id} did not notice it`),
    ...errors.map((error) => `  could not be tried, ${error}`),
  ].join("\n");
}
