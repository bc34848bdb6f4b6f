import { Command } from "commander";
import { loadRequirements } from "../engine/load.ts";
import { loadFaults, type ProvingFault } from "./fault.ts";
import { type Attempt, describe, Findings } from "./findings.ts";
import { type Ground, isSearched, judgedAt, nameOf, perspectives, serverKindOf } from "./ground.ts";
import { Provers } from "./provers.ts";
import {
  linesWithout,
  missingInLedger,
  provenInLedger,
  readLedger,
  sentenceOf,
  strikeFromLedger,
  writeLedger,
} from "./unproven.ts";

/** Proves that each fault of the reference server is noticed by exactly the requirements that it names. */
const {
  fault: names,
  requirement,
  suite,
  named,
  update,
} = new Command("prove")
  .description(
    "Judges servers that have one fault each, by every requirement that the fault can reach, in each version and profile.",
  )
  .option("--fault <names...>", "only these faults, with what each requirement says")
  .option("--requirement <id>", "only this requirement, with what it says")
  .option("--suite <name>", "only the requirements of this suite, and the faults that they must notice")
  .option("--named", "only by the requirements that must notice the fault, which is quicker", false)
  .option(
    "--update",
    "write down which lines of the checks no fault makes accuse; of some faults, what they have proven",
    false,
  )
  .parse()
  .opts<{ fault?: string[]; requirement?: string; suite?: string; named: boolean; update: boolean }>();

const [requirements, faults] = [await loadRequirements(), await loadFaults()];
const among = requirements.filter(
  (each) => each.id === (requirement ?? each.id) && each.suite === (suite ?? each.suite),
);
const ids = new Set(among.map(({ id }) => id));
const tried = faults.filter(
  ({ name, noticedBy }) =>
    (names?.includes(name) ?? true) && (requirement !== undefined || noticedBy.some((id) => ids.has(id))),
);
if (tried.length === 0 || among.length === 0) {
  console.error(
    "There is no such fault, requirement or suite; names and ids are as suites/README.md has them.",
  );
  process.exit(2);
}

const isTalkative = names !== undefined || requirement !== undefined;
const isWhole = [names, requirement, suite].every((each) => each === undefined);
const provers = new Provers();
const findings = new Findings();
try {
  const reached = named ? new Map<string, Set<string>>() : await findReach();
  const attempts = tried.flatMap((each) => attemptsOf(each, reached));
  await provers.askAll(attempts, 3, (attempt, { trial, error }) => findings.add(attempt, trial, error));
  const isRight = [conclude(attempts), isWhole ? hasRightLedger() : noteProven()].every(Boolean);
  process.exitCode = isRight ? 0 : 1;
} finally {
  provers.end();
}

/** Whether every fault was noticed by those that must notice it, and by nobody else. */
function conclude(attempts: readonly Attempt[]): boolean {
  let failed = 0;
  const attempted = new Set(attempts.map((attempt) => attempt.fault));
  for (const { name, noticedBy } of tried.filter((each) => attempted.has(each.name))) {
    const finding = findings.about(
      name,
      noticedBy.filter((id) => ids.has(id)),
    );
    failed += finding.isProven ? 0 : 1;
    if (!finding.isProven || (isTalkative && finding.notices.length > 0)) {
      console.log(describe(name, finding));
    }
  }
  const judged = attempts.reduce((sum, attempt) => sum + attempt.judged.length, 0);
  console.log(
    `${attempted.size - failed} faults passed, ${failed} failed; ${judged} judgements at ${attempts.length} faulty servers`,
  );
  return failed === 0;
}

/** Whether nothing is unproven but what is said to be. */
function hasRightLedger(): boolean {
  const noticing = findings.noticing();
  const perspectivesLeft = Object.fromEntries(
    perspectives.map((perspective) => {
      const judged = judgedAt(perspective, requirements).filter(({ skipped }) => skipped === undefined);
      const left = judged.filter(({ id }) => !noticing.get(nameOf(perspective))?.has(id));
      return [nameOf(perspective), left.map(({ id }) => id)];
    }),
  );
  const found = { lines: linesWithout(findings.sites), requirements: perspectivesLeft };
  if (update) {
    writeLedger(found);
  }
  const missing = missingInLedger(found);
  console.log([...provenInLedger(found), ...missing, sentenceOf(found)].join("\n"));
  return missing.length === 0;
}

/** What some of the faults have proven is proven, whatever the others do. */
function noteProven(): true {
  const lines = linesWithout(findings.sites);
  console.log(provenInLedger({ ...readLedger(), lines }).join("\n"));
  if (update) {
    strikeFromLedger(lines);
  }
  return true;
}

/** Ids of the requirements that each fault can reach, by fault and ground. */
async function findReach(): Promise<Map<string, Set<string>>> {
  const servers = new Set(tried.map((each) => serverKindOf(each, requirements)));
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
      const key = `${name} ${nameOf(ground)}`;
      reached.set(key, (reached.get(key) ?? new Set()).add(id));
    }
  });
  return reached;
}

function attemptsOf(each: ProvingFault, reached: ReadonlyMap<string, ReadonlySet<string>>): Attempt[] {
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
