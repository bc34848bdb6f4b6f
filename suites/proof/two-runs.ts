import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { Service } from "../../fixtures/client/service.ts";
import { Transport } from "../../fixtures/client/transport/transport.ts";
import { startReferenceServer } from "../../fixtures/reference-server/server.ts";
import type { Verdict } from "../engine/result.ts";

/** Proves that runs on one service at the same time do not disturb each other, and leave nothing behind. */
const { suite, api, times } = new Command("two-runs")
  .description("Starts the reference server, and a run for each version named, all of them at once.")
  .option("--suite <name>", "only this suite; repeatable", append, [])
  .option("--api <versions>", "the version of each run", "v2,v2")
  .option("--times <number>", "how often, each time with a server of its own", Number, 1)
  .parse()
  .opts<{ suite: readonly string[]; api: string; times: number }>();

const program = fileURLToPath(new URL("../../bin/dicomweb-conformance.ts", import.meta.url));

interface Finding {
  readonly id: string;
  readonly verdict: Verdict;
  readonly reason: string | null;
}

interface Run {
  readonly api: string;
  readonly exitCode: number | null;
  readonly seconds: number;
  readonly verdicts: readonly Finding[];
  readonly output: string;
}

let failed = 0;
for (let time = 1; time <= times; time += 1) {
  failed += (await proveOnce(time)) ? 0 : 1;
}
console.log(`${times - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

async function proveOnce(time: number): Promise<boolean> {
  const server = await startReferenceServer();
  const folder = await mkdtemp(join(tmpdir(), "dicomweb-two-runs-"));
  try {
    const runs = await Promise.all(
      api.split(",").map((version, index) => conformanceRun(server.url, version, join(folder, `${index}`))),
    );
    const left = await remains(server.url);
    for (const run of runs) {
      console.log(describe(time, run));
    }
    for (const resource of left) {
      console.log(`  left in the service: ${resource}`);
    }
    return left.length === 0 && runs.every(({ exitCode }) => exitCode === 0);
  } finally {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A run as a person starts it, in a process of its own. */
async function conformanceRun(server: string, version: string, folder: string): Promise<Run> {
  const startedAt = performance.now();
  const named = suite.flatMap((name) => ["--suite", name]);
  const url = `${server}/${version}`;
  const parameters = ["--import", "tsx", program, "--url", url, "--report-dir", folder, ...named];
  const child = spawn(process.execPath, parameters, { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  const seconds = (performance.now() - startedAt) / 1_000;
  const verdicts = await readFile(join(folder, "verdicts.json"), "utf8").then(
    (report) => (JSON.parse(report) as { readonly verdicts: readonly Finding[] }).verdicts,
    () => [],
  );
  return { api: version, exitCode, seconds, verdicts, output };
}

/** Tags and studies that nobody took away again. */
async function remains(server: string): Promise<string[]> {
  const transport = new Transport({ timeout: 10_000 });
  try {
    const endpoint = { baseUrl: `${server}/v2`, api: "v2", profile: "azure" } as const;
    const service = new Service(endpoint, transport, { patience: 0 });
    const tags = await service.get("/extendedquerytags", "application/json");
    const studies = await service.search("/studies");
    return [
      ...(tags.text === "[]" ? [] : [tags.text]),
      ...(studies.status === 204 ? [] : [`${studies.dicomJson.datasets.length} studies`]),
    ];
  } finally {
    await transport.close();
  }
}

/** One line of figures, and one for each verdict that another run may have caused. */
function describe(time: number, { api: version, exitCode, seconds, verdicts, output }: Run): string {
  const of = (...wanted: readonly Verdict[]) => verdicts.filter(({ verdict }) => wanted.includes(verdict));
  const [bad, open, skipped] = [of("violates", "warns"), of("inconclusive"), of("skipped")];
  const figures = [
    `${of("conforms").length} conform`,
    `${of("violates").length} violated`,
    `${of("warns").length} warn`,
    `${open.length} inconclusive`,
    `${skipped.length} skipped`,
    `${seconds.toFixed(0)} s`,
  ];
  const told = [...bad, ...open, ...skipped].map(
    ({ id, verdict, reason }) => `  ${id} ${verdict}: ${(reason ?? "").replaceAll("\n", "\n    ")}`,
  );
  const silent = verdicts.length === 0 ? [output] : [];
  return [`${time}. ${version}, exit code ${exitCode}: ${figures.join(", ")}`, ...told, ...silent].join("\n");
}

function append(value: string, previous: readonly string[]): readonly string[] {
  return [...previous, value];
}
