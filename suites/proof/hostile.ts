import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { start } from "./hostile/command.ts";
import { type Ended, honestSeconds, type Kind, maxTimeOn, usualSeconds } from "./hostile/kind.ts";
import { honestKind, kinds } from "./hostile/kinds.testing.ts";
import { objectionsTo } from "./hostile/objections.ts";
import { lastSentenceOf, type Tried, tableOf } from "./hostile/table.ts";

/** Points the real command at hostile services, full disks and the like, and holds each run to how it must end. */
const { kind: chosen, all: isThorough } = new Command("hostile")
  .description(
    "Runs the command against every kind of hostile service. Each must end as it must, and nothing leaks.",
  )
  .option(
    "--kind <name>",
    "only the kinds whose names match this regular expression; of one alone, all that it said",
  )
  .option("--all", "also the kinds that differ little from another one: takes twice as long", false)
  .parse()
  .opts<{ kind?: string; all: boolean }>();

const tried = kinds.filter(
  ({ name, isRare = false }) =>
    new RegExp(chosen ?? "").test(name) && (isThorough || chosen !== undefined || !isRare),
);
if (tried.length === 0) {
  console.error(`There is no such kind. There are:\n${kinds.map(({ name }) => `  ${name}`).join("\n")}`);
  process.exit(2);
}

const widest = Math.max(...tried.map(({ name }) => name.length));
const startedAt = Date.now();
const outcomes = new Map<Kind, Tried>();
const failing = () => [...outcomes.values()].filter(({ objections }) => objections.length > 0);
// First and alone: the others are held to its memory, and given more time where it took more.
const honest = await tryOne(honestKind, { memory: undefined, slowness: 4 });
const measure = {
  memory: honest.peakMemory,
  slowness: Math.max(1, (2 * honest.duration) / 1_000 / honestSeconds),
};
const queue = [...tried];
await Promise.all(
  Array.from({ length: availableParallelism() + 1 }, async () => {
    for (let kind = queue.shift(); kind !== undefined; kind = queue.shift()) {
      await tryOne(kind, measure);
    }
  }),
);
// Where several runs share a machine, one may miss its time for no fault of its own: alone it has to make it.
for (const { kind } of failing()) {
  console.log(`once more, alone: ${kind.name}`);
  await tryOne(kind, measure);
}
const seconds = Math.round((Date.now() - startedAt) / 1_000);
const failed = failing().length;
console.log(tableOf([honestKind, ...tried].flatMap((kind) => outcomes.get(kind) ?? [])));
console.log(`${outcomes.size - failed} passed, ${failed} failed, in ${seconds} s`);
process.exitCode = failed > 0 ? 1 : 0;

/** What an honest run took. */
interface Measure {
  readonly memory: number | undefined;
  readonly slowness: number;
}

async function tryOne(kind: Kind, { memory, slowness }: Measure): Promise<Ended> {
  const folder = await mkdtemp(join(tmpdir(), "dicomweb-hostile-"));
  const reportDir = join(folder, "report");
  const limit = 2 * (kind.seconds ?? usualSeconds) * 1_000 * slowness;
  let signal = (_: NodeJS.Signals) => {};
  const flagsAt = (url: string, flags: readonly string[]) => [
    "--url",
    url,
    "--report-dir",
    reportDir,
    ...flags,
  ];
  let url = "";
  const scene = await kind.open({
    folder,
    reportDir,
    signal: (name) => signal(name),
    runBeside: (flags) => start(flagsAt(url, flags), { limit }).ended,
  });
  url = scene.url;
  try {
    const maxTime = maxTimeOn(kind, slowness);
    const flags = [...kind.flags, ...(maxTime === undefined ? [] : ["--max-time", String(maxTime)])];
    const command = start(flagsAt(url, flags), {
      limit,
      environment: scene.environment,
      shell: kind.shell,
    });
    signal = command.signal;
    const ended = await command.ended;
    const circumstances = { reportDir, diedAt: scene.diedAt?.(), honestMemory: memory, slowness };
    const objections = [...objectionsTo(kind, ended, circumstances), ...((await scene.objections?.()) ?? [])];
    outcomes.set(kind, { kind, ended, objections });
    print(kind, ended, objections, circumstances.diedAt);
    return ended;
  } finally {
    await scene.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function print(kind: Kind, ended: Ended, objections: readonly string[], diedAt: number | undefined): void {
  const { exitCode = "-", duration, peakMemory } = ended;
  const afterDeath =
    diedAt === undefined ? "" : `${((ended.concludedAt - diedAt) / 1_000).toFixed(1)} s after it died: `;
  const cells = [
    objections.length > 0 ? "FAILED" : "passed",
    kind.name.padEnd(widest),
    String(exitCode),
    `${(duration / 1_000).toFixed(1)} s`.padStart(7),
    `${peakMemory ?? "?"} MiB`.padStart(8),
    `${afterDeath}${lastSentenceOf(ended)}`,
  ];
  console.log([cells.join("  "), ...objections.map((text) => `        ${text}`)].join("\n"));
  if (tried.length === 1) {
    console.log(`${ended.stdout}${ended.stderr}`.slice(0, 20_000).replaceAll(/(?!\n)\p{Cc}/gu, "\ufffd"));
  }
}
