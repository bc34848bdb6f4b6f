import { Command } from "commander";
import { loadRequirements } from "../engine/load.ts";
import { loadFaults, type ProvingFault } from "./fault.ts";
import { type Ground, judgedAt, nameOf, perspectives, serverKindOf } from "./ground.ts";
import type { Answer } from "./prover.ts";
import { Provers } from "./provers.ts";
import { compareWithLedger, writeLedger } from "./unproven.ts";

/** Proves that each fault of the reference server is noticed by exactly the requirements that it names. */
const { fault, requirement, suite, named, update } = new Command("prove")
  .description(
    "Judges servers that have one fault each, by every requirement that the fault can reach, in each version and profile.",
  )
  .option("--fault <name>", "only this fault, with what each requirement says")
  .option("--requirement <id>", "only this requirement, with what it says")
  .option("--suite <name>", "only the requirements of this suite, and the faults that they must notice")
  .option("--named", "only by the requirements that must notice the fault, which is quicker", false)
  .option("--update", "write down which lines of the checks no fault makes accuse", false)
  .parse()
  .opts<{ fault?: string; requirement?: string; suite?: string; named: boolean; update: boolean }>();

const [requirements, faults] = [await loadRequirements(), await loadFaults()];
const among = requirements.filter(
  (each) => each.id === (requirement ?? each.id) && each.suite === (suite ?? each.suite),
);
const ids = new Set(among.map(({ id }) => id));
const tried = faults.filter(
  ({ name, noticedBy }) =>
    name === (fault ?? name) && (requirement !== undefined || noticedBy.some((id) => ids.has(id))),
);
if (tried.length === 0 || among.length === 0) {
  console.error(
    "There is no such fault, requirement or suite; names and ids are as suites/README.md has them.",
  );
  process.exit(2);
}

/** A fault, where it is tried, and by whom. */
interface Trial {
  readonly ground: Ground;
  readonly fault: string;
  readonly judged: readonly string[];
}

const isTalkative = fault !== undefined || requirement !== undefined;
const provers = new Provers();
const failed = new Set<string>();
const proven = new Set<string>();
try {
  const reached = named ? new Map<string, Set<string>>() : await findReach();
  const trials = tried.flatMap((each) => trialsOf(each, reached));
  await provers.askAll(trials, 1, (trial, answer) => conclude(trial, answer));
  const judged = trials.reduce((sum, trial) => sum + trial.judged.length, 0);
  console.log(
    `${new Set(trials.map(({ fault: name }) => name)).size - failed.size} faults passed, ${failed.size} failed; ${judged} judgements at ${trials.length} faulty servers`,
  );
} finally {
  provers.end();
}
const isWhole = [fault, requirement, suite].every((each) => each === undefined) && !named;
process.exitCode = failed.size > 0 || (isWhole && !hasRightLedger()) ? 1 : 0;

/** Whether exactly those lines of the checks accused the server that are said to. */
function hasRightLedger(): boolean {
  if (update) {
    writeLedger(proven);
  }
  const differences = compareWithLedger(proven);
  console.log([...differences, `${proven.size} lines of checks accused a faulty server`].join("\n"));
  return differences.length === 0;
}

/** Ids of the requirements that each fault can reach, by fault and ground. */
async function findReach(): Promise<Map<string, Set<string>>> {
  const servers = new Set(tried.map((each) => serverKindOf(each, requirements)));
  const questions = [...servers].flatMap((server) =>
    perspectives.flatMap((perspective) =>
      judgedAt(perspective, among).map(({ id }) => ({
        ground: { ...perspective, server },
        requirement: id,
      })),
    ),
  );
  const reached = new Map<string, Set<string>>();
  await provers.askAll(questions, 12, ({ ground, requirement: id }, { reaching = [], error }) => {
    if (error !== undefined) {
      throw new Error(`${id} could not be judged at the honest server: ${error}`);
    }
    for (const name of reaching) {
      const key = `${name} ${nameOf(ground)}`;
      reached.set(key, (reached.get(key) ?? new Set()).add(id));
    }
  });
  return reached;
}

function trialsOf(each: ProvingFault, reached: ReadonlyMap<string, ReadonlySet<string>>): Trial[] {
  const server = serverKindOf(each, requirements);
  return perspectives
    .map((perspective) => ({
      ground: { ...perspective, server },
      fault: each.name,
      judged: judgedAt(perspective, among)
        .map(({ id }) => id)
        .filter(
          (id) => each.noticedBy.includes(id) || reached.get(`${each.name} ${nameOf(perspective)}`)?.has(id),
        ),
    }))
    .filter(({ judged }) => judged.length > 0);
}

function conclude(trial: Trial, answer: Answer): void {
  const { error, trial: { notices, sites } = { notices: [], sites: [] } } = answer;
  for (const site of sites) {
    proven.add(site);
  }
  const { noticedBy } = faults.find(({ name }) => name === trial.fault) as ProvingFault;
  const expected = noticedBy.filter((id) => trial.judged.includes(id));
  const silent = expected.filter((id) => !notices.some((notice) => notice.id === id));
  const surplus = notices.filter(({ id }) => !expected.includes(id));
  const isProven = error === undefined && silent.length === 0 && surplus.length === 0;
  if (!isProven) {
    failed.add(trial.fault);
  }
  if (!isProven || (isTalkative && notices.length > 0)) {
    const told = isTalkative || error !== undefined ? notices : surplus;
    const lines = [
      `${isProven ? "noticed" : "NOT PROVEN"}, ${nameOf(trial.ground)}: ${trial.fault}`,
      ...told.map(
        (notice) =>
          `  ${notice.id} ${notice.verdict}${surplus.includes(notice) ? " (not among those that must notice it)" : ""}: ${notice.reason.replaceAll("\n", "\n    ")}`,
      ),
      ...silent.map((id) => `  ${id} did not notice it`),
      ...(error === undefined ? [] : [`  could not be tried: ${error}`]),
    ];
    console.log(lines.join("\n"));
  }
}
