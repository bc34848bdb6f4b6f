import { Command } from "commander";
import { loadRequirements } from "../engine/load.ts";
import { namedAttempts, strictAttempts } from "./attempts.ts";
import { loadFaults, type ProvingFault } from "./fault.ts";
import { type Attempt, describe, type Finding, Findings } from "./findings.ts";
import { judgedAt, nameOf, perspectives, type ServerKind, serverKindOf } from "./ground.ts";
import { Provers } from "./provers.ts";
import {
  linesWithout,
  missingInLedger,
  provenInLedger,
  readLedger,
  sentenceOf,
  strikeFromLedger,
  suitesBehindLedger,
  type Unproven,
  writeLedger,
} from "./unproven.ts";

/** Proves that each fault of the reference server is noticed by exactly the requirements that it names. */
const {
  fault: names,
  requirement: chosen,
  suite,
  named,
  update,
} = new Command("prove")
  .description(
    "Judges servers that have one fault each, by every requirement that the fault can reach, in each version and profile.",
  )
  .option("--fault <names...>", "only these faults, with what each requirement says")
  .option("--requirement <ids...>", "only these requirements, with what they say")
  .option("--suite <name>", "only the requirements of this suite, and the faults that they must notice")
  .option("--named", "only by the requirements that must notice the fault, which is quicker", false)
  .option(
    "--update",
    "write down which lines of the checks no fault makes accuse; of some faults, what they have proven",
    false,
  )
  .parse()
  .opts<{ fault?: string[]; requirement?: string[]; suite?: string; named: boolean; update: boolean }>();

const [requirements, faults] = [await loadRequirements(), await loadFaults()];
const among = requirements.filter(
  (each) => (chosen?.includes(each.id) ?? true) && each.suite === (suite ?? each.suite),
);
const ids = new Set(among.map(({ id }) => id));
const tried = faults.filter(
  ({ name, noticedBy }) =>
    (names?.includes(name) ?? true) && (chosen !== undefined || noticedBy.some((id) => ids.has(id))),
);
if (tried.length === 0 || among.length === 0) {
  console.error(
    "There is no such fault, requirement or suite; names and ids are as suites/README.md has them.",
  );
  process.exit(2);
}

const isTalkative = names !== undefined || chosen !== undefined;
const isWhole = [names, chosen, suite].every((each) => each === undefined);
const provers = new Provers();
const findings = new Findings();
try {
  const plan = { faults: tried, among, kindOf };
  const attempts = named ? namedAttempts(plan) : await strictAttempts(plan, provers);
  await makeAll(attempts, 3);
  await makeAll(secondTries(attempts), 1);
  const isRight = [conclude(attempts), isWhole ? hasRightLedger() : noteProven()].every(Boolean);
  process.exitCode = isRight ? 0 : 1;
} finally {
  provers.end();
}

/** @param atOnce attempts of one process at the same time */
async function makeAll(attempts: readonly Attempt[], atOnce: number) {
  await provers.askAll(attempts, atOnce, (attempt, { trial, error }) => findings.add(attempt, trial, error));
}

/**
 * What would fail the proof, to be tried once more with less beside it: others may have cost a check its time, or led it
 * past a line.
 */
function secondTries(attempts: readonly Attempt[]): Attempt[] {
  const unclear = tried.filter((each) => !findingAbout(each).isProven).map(({ name }) => name);
  const suites = isWhole && !update ? suitesBehindLedger(unproven()) : [];
  if (unclear.length > 0 || suites.length > 0) {
    console.log(
      ["tried again:", ...unclear, ...suites.map((each) => `what ${each} must notice`)].join("\n  "),
    );
  }
  findings.forget(unclear);
  const others = {
    faults: tried.filter(({ name }) => !unclear.includes(name)),
    among: requirements.filter((each) => suites.includes(each.suite)),
    kindOf,
  };
  return [...attempts.filter((attempt) => unclear.includes(attempt.fault)), ...namedAttempts(others)];
}

function kindOf(each: ProvingFault): ServerKind {
  return serverKindOf(each, requirements);
}

function findingAbout({ name, noticedBy }: ProvingFault): Finding {
  return findings.about(
    name,
    noticedBy.filter((id) => ids.has(id)),
  );
}

/** Whether every fault was noticed by those that must notice it, and by nobody else. */
function conclude(attempts: readonly Attempt[]): boolean {
  let failed = 0;
  const attempted = new Set(attempts.map((attempt) => attempt.fault));
  for (const each of tried.filter(({ name }) => attempted.has(name))) {
    const finding = findingAbout(each);
    failed += finding.isProven ? 0 : 1;
    if (!finding.isProven || (isTalkative && finding.notices.length > 0)) {
      console.log(describe(each.name, finding));
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
  const found = unproven();
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
  for (const line of provenInLedger({ ...readLedger(), lines })) {
    console.log(line);
  }
  if (update) {
    strikeFromLedger(lines);
  }
  return true;
}

function unproven(): Unproven {
  const noticing = findings.noticing();
  const perspectivesLeft = Object.fromEntries(
    perspectives.map((perspective) => {
      const judged = judgedAt(perspective, requirements).filter(({ skipped }) => skipped === undefined);
      const left = judged.filter(({ id }) => !noticing.get(nameOf(perspective))?.has(id));
      return [nameOf(perspective), left.map(({ id }) => id)];
    }),
  );
  return { lines: linesWithout(findings.sites), requirements: perspectivesLeft };
}
