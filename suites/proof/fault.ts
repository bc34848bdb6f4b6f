import type { AuthorityOptions } from "../../fixtures/authority/authority.ts";
import type { Fault } from "../../fixtures/reference-server/fault.ts";
import { loadFiles } from "../engine/load.ts";

/** A fault of the reference server, with the requirements that must notice it. */
export interface ProvingFault extends Fault {
  /** Ids of exactly the requirements that turn red; first the one beside whose suite the fault stands. */
  readonly noticedBy: readonly string[];
  /** Spoils what the authority answers whose tokens a secured server takes. */
  readonly authority?: AuthorityOptions["spoil"];
  /** Whether the server that has it has data partitions, because none else could show it. */
  readonly hasPartitions?: boolean;
}

const declared: ProvingFault[] = [];

/**
 * Declares one deliberate defect of the reference server, beside the suite whose checks it proves.
 * @param name what the faulty service does, in a few words, unique
 * @throws Error when another fault has the name
 */
export function fault(name: string, defect: Omit<ProvingFault, "name">): void {
  if (declared.some((other) => other.name === name)) {
    throw new Error(`the fault "${name}" is declared twice`);
  }
  declared.push({ name, ...defect });
}

/** All faults of the project, by the names of their files. */
export async function loadFaults(): Promise<readonly ProvingFault[]> {
  await loadFiles("faults");
  return declared;
}
