import { isDeepStrictEqual } from "node:util";
import { type Behaviour, honestBehaviour } from "../../fixtures/reference-server/behaviour.ts";
import type { Answer, Arrival, Defect } from "../../fixtures/reference-server/fault.ts";
import type { ProvingFault } from "./fault.ts";
import { copyOf, FileCopies } from "./reach-copies.ts";

/** Decisions that are handed files, which a fault may change. */
const fileDecisions: readonly string[] = ["clearPreamble", "coerceFile", "countedParts", "readIfDicom"];

type Decision = (...given: unknown[]) => unknown;
type Outcome = { readonly value: unknown } | { readonly error: unknown };

/** A fault as one server has it. */
interface Tried {
  readonly name: string;
  readonly defects: readonly Defect[];
}

/**
 * Finds out which faults a client could notice at all. An honest server lets each fault try its hand at a copy of
 * whatever the server decides, is asked and answers; where that comes out differently, the fault reaches the client.
 * Until something comes out differently, nobody could tell the two servers apart.
 */
export class ReachRecorder {
  /** Names of the faults that reach the clients of the server. */
  readonly reaching = new Set<string>();
  /** Makes an honest server record. */
  readonly defect: Defect;
  readonly #tried: readonly Tried[];
  readonly #pending: Promise<void>[] = [];

  constructor(faults: readonly ProvingFault[]) {
    this.#tried = faults.map((fault) => ({
      name: fault.name,
      defects: [fault, ...(fault.perServer ? [fault.perServer()] : [])],
    }));
    this.defect = {
      arrival: (request) => this.#hear(request),
      answer: (answer, request) => this.#overhear(answer, request),
      behaviour: this.#decisions(),
    };
  }

  /** Waits until all that was tried has come out. */
  async settled(): Promise<void> {
    await Promise.all(this.#pending);
  }

  #hear(request: Arrival): Partial<Arrival> {
    this.#each("arrival", (name, arrival) => {
      const copy = copyOf(request);
      const outcome = outcomeOf(() => ({ ...copy, ...arrival(copy) }));
      this.#compare(name, outcome, { value: request });
    });
    return {};
  }

  #overhear(answer: Answer, request: Arrival): void {
    let copy = copyOf(answer);
    this.#each("answer", (name, spoil) => {
      const outcome = outcomeOf(() => {
        spoil(copy, request);
        return copy;
      });
      this.#compare(name, outcome, { value: answer });
      // Copied again only where it was spoiled: bodies may be large.
      if (this.reaching.has(name)) {
        copy = copyOf(answer);
      }
    });
  }

  /** Every decision that some fault takes differently, taken honestly. */
  #decisions(): Partial<Behaviour> {
    const names = this.#tried.flatMap(({ defects }) =>
      defects.flatMap(({ behaviour = {} }) => Object.keys(behaviour) as (keyof Behaviour)[]),
    );
    return Object.fromEntries([...new Set(names)].map((name) => [name, this.#decision(name)]));
  }

  #decision(decision: keyof Behaviour): Decision {
    const honest = honestBehaviour[decision] as Decision;
    const copies = fileDecisions.includes(decision) ? () => new FileCopies() : () => undefined;
    return (...given) => {
      const attempts: { name: string; files: FileCopies | undefined; outcome: Outcome }[] = [];
      this.#each("behaviour", (name, behaviour) => {
        const faulty = behaviour[decision] as Decision | undefined;
        if (faulty !== undefined) {
          const files = copies();
          const copied = files?.copied(given) ?? copyOf(given);
          attempts.push({ name, files, outcome: outcomeOf(() => faulty(...copied)) });
        }
      });
      const taken = outcomeOf(() => honest(...given));
      for (const { name, files, outcome } of attempts) {
        this.#compare(name, outcome, taken, files);
      }
      if ("error" in taken) {
        throw taken.error;
      }
      return taken.value;
    };
  }

  /** Calls back for each fault that has such a defect, unless it is known already to reach the clients. */
  #each<Kind extends keyof Defect>(
    kind: Kind,
    attempt: (name: string, defect: NonNullable<Defect[Kind]>) => void,
  ): void {
    for (const { name, defects } of this.#tried) {
      if (!this.reaching.has(name)) {
        for (const defect of defects) {
          const part = defect[kind];
          if (part !== undefined) {
            attempt(name, part);
          }
        }
      }
    }
  }

  #compare(name: string, faulty: Outcome, honest: Outcome, files?: FileCopies): void {
    const conclude = (tried: Outcome, taken: Outcome) => {
      if (files?.areSpoiled() || !isDeepStrictEqual(files?.named(tried) ?? tried, taken)) {
        this.reaching.add(name);
      }
      files?.remove();
    };
    if (isPending(faulty) || isPending(honest)) {
      this.#pending.push(
        Promise.all([settledOf(faulty), settledOf(honest)]).then((both) => conclude(...both)),
      );
    } else {
      conclude(faulty, honest);
    }
  }
}

function outcomeOf(decide: () => unknown): Outcome {
  try {
    return { value: decide() };
  } catch (error) {
    return { error };
  }
}

function isPending(outcome: Outcome): outcome is { value: Promise<unknown> } {
  return "value" in outcome && outcome.value instanceof Promise;
}

async function settledOf(outcome: Outcome): Promise<Outcome> {
  if (!isPending(outcome)) {
    return outcome;
  }
  return outcome.value.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
}
