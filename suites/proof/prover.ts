import { loadRequirements } from "../engine/load.ts";
import { loadFaults } from "./fault.ts";
import { type Notice, noticesOf, type Scope } from "./prove-fault.ts";

/** What a prover says of one fault: who noticed it, or why it could not be tried. */
export interface Trial {
  readonly name: string;
  readonly notices: readonly Notice[];
  readonly error?: string;
}

/** A child of prove.ts: it is sent the name of a fault and answers with its trial, again and again. */
const scope = JSON.parse(process.argv[2] ?? "{}") as Scope;
const [requirements, faults] = [await loadRequirements(), await loadFaults()];

process.on("message", async (name: string) => {
  const fault = faults.find((each) => each.name === name);
  const trial = async (): Promise<Trial> => ({
    name,
    notices: fault ? await noticesOf(fault, requirements, scope) : [],
  });
  process.send?.(
    await trial().catch((error: unknown): Trial => ({ name, notices: [], error: String(error) })),
  );
});
process.send?.("ready");
