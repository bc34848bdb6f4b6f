import { fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { loadRequirements } from "../engine/load.ts";
import { loadFaults, type ProvingFault } from "./fault.ts";
import type { Scope } from "./prove-fault.ts";
import type { Trial } from "./prover.ts";

/** Proves that each fault of the reference server is noticed by exactly the requirements that it names. */
const { fault, requirement, suite, all } = new Command("prove")
  .description("Judges servers that have one fault each. Without options: each by those that must notice it.")
  .option("--fault <name>", "this fault against every requirement, with what each of them says")
  .option("--requirement <id>", "this requirement against every fault, with what it says")
  .option("--suite <name>", "the faults that requirements of this suite must notice, by this suite only")
  .option("--all", "against every requirement that a fault could reach: takes some ten minutes", false)
  .parse()
  .opts<{ fault?: string; requirement?: string; suite?: string; all: boolean }>();

const [requirements, faults] = [await loadRequirements(), await loadFaults()];
const among = requirements
  .filter((each) => each.id === (requirement ?? each.id) && each.suite === (suite ?? each.suite))
  .map(({ id }) => id);
const isNarrow = requirement !== undefined || suite !== undefined;
const scope: Scope = {
  isThorough: all || fault !== undefined || requirement !== undefined,
  among: isNarrow ? among : undefined,
};
const tried = faults.filter(
  ({ name, noticedBy }) =>
    name === (fault ?? name) && (requirement !== undefined || noticedBy.some((id) => among.includes(id))),
);
const isTalkative = fault !== undefined || requirement !== undefined;
if (tried.length === 0 || among.length === 0) {
  console.error(
    "There is no such fault, requirement or suite; names and ids are as suites/README.md has them.",
  );
  process.exit(2);
}

let failed = 0;
await tryAll(tried, scope, (trial) => {
  const expected = expectedOf(faults.find(({ name }) => name === trial.name) as ProvingFault);
  const noticed = [...new Set(trial.notices.map(({ id }) => id))].sort();
  const isProven = trial.error === undefined && noticed.join() === expected.join();
  failed += isProven ? 0 : 1;
  if (!isProven || (isTalkative && noticed.length > 0)) {
    console.log(describe(trial, expected, isProven));
  }
});
console.log(`${tried.length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

function expectedOf({ noticedBy }: ProvingFault): string[] {
  return noticedBy.filter((id) => among.includes(id)).toSorted();
}

function describe({ name, notices, error }: Trial, expected: readonly string[], isProven: boolean): string {
  const silent = expected.filter((id) => !notices.some((notice) => notice.id === id));
  const said = notices.map(({ id, api, verdict, reason }) => {
    const surplus = expected.includes(id) ? "" : " (not among those that must notice it)";
    return `  ${id} ${api ?? ""} ${verdict}${surplus}: ${reason.replaceAll("\n", "\n    ")}`;
  });
  return [
    `${isProven ? "noticed" : "NOT PROVEN"}: ${name}`,
    ...said,
    ...silent.map((id) => `  ${id} did not notice it`),
    ...(error === undefined ? [] : [`  could not be tried: ${error}`]),
  ].join("\n");
}

/** Hands the faults out to one process for each core. */
async function tryAll(
  queue: readonly ProvingFault[],
  ofProvers: Scope,
  take: (trial: Trial) => void,
): Promise<void> {
  const left = queue.map(({ name }) => name);
  const provers = Array.from({ length: Math.min(availableParallelism(), left.length) }, async () => {
    const prover = fork(fileURLToPath(new URL("./prover.ts", import.meta.url)), [JSON.stringify(ofProvers)]);
    await new Promise<void>((resolve, reject) => {
      prover.on("error", reject);
      prover.on("exit", () => resolve());
      prover.on("message", (message: Trial | "ready") => {
        if (message !== "ready") {
          take(message);
        }
        const next = left.shift();
        if (next === undefined) {
          prover.disconnect();
        } else {
          prover.send(next);
        }
      });
    });
  });
  await Promise.all(provers);
}
