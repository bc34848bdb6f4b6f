import { type Authority, startAuthority } from "../../fixtures/authority/authority.ts";
import { loadRequirements } from "../engine/load.ts";
import { loadFaults } from "./fault.ts";
import { type Ground, serverKindOf } from "./ground.ts";
import { faultsWithinReach, type Trial, tryFault } from "./prove-fault.ts";

/** What a prover is asked: which faults a requirement could notice there, or which requirements notice a fault there. */
export type Question = { readonly ground: Ground } & (
  | { readonly requirement: string }
  | { readonly fault: string; readonly judged: readonly string[] }
);

/** What it says, or why it could not find out. */
export interface Answer {
  readonly reaching?: readonly string[];
  readonly trial?: Trial;
  readonly error?: string;
}

// A place in a check may stand below several calls of matchers and tables.
Error.stackTraceLimit = 40;
const [requirements, faults] = [await loadRequirements(), await loadFaults()];
/** Sorted once: it is asked for with each requirement. */
const kinds = faults.map((fault) => [serverKindOf(fault, requirements), fault] as const);
let authority: Promise<Authority> | undefined;

async function answerTo(question: Question): Promise<Answer> {
  const { ground } = question;
  if ("requirement" in question) {
    const requirement = requirements.find(({ id }) => id === question.requirement);
    const tried = kinds.flatMap(([kind, fault]) => (kind === ground.server ? [fault] : []));
    if (ground.server === "secured") {
      authority ??= startAuthority();
    }
    return {
      reaching: requirement && (await faultsWithinReach(requirement, ground, tried, await authority)),
    };
  }
  const fault = faults.find(({ name }) => name === question.fault);
  const judged = requirements.filter(({ id }) => question.judged.includes(id));
  return { trial: fault && (await tryFault(fault, ground, judged)) };
}

/** A child of prove.ts: it is sent numbered questions, and sends back the answers. */
process.on("message", async ({ number, question }: { number: number; question: Question }) => {
  const answer = await answerTo(question).catch((error: unknown): Answer => ({ error: String(error) }));
  if (process.connected) {
    process.send?.({ number, answer });
  }
});
process.on("disconnect", async () => {
  await (await authority)?.close();
});
process.send?.("ready");
