import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startReferenceServer } from "../fixtures/reference-server/server.ts";
import type { Ended } from "./command.testing.ts";

const patience = 240_000;
let folder: string;

/** A folder with the package in it; what the package would have compiled is taken from here. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dicomweb-conformance-library-"));
  const installed = join(folder, "node_modules", "dicomweb-conformance");
  await mkdir(installed, { recursive: true });
  await writeFile(join(installed, "package.json"), JSON.stringify({ type: "module", exports: "./index.js" }));
  const source = new URL("./library.ts", import.meta.url).href;
  await writeFile(join(installed, "index.js"), `export * from ${JSON.stringify(source)};\n`);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs a program of somebody's in that folder. */
async function runProgram(text: string): Promise<Ended> {
  const file = join(folder, "program.mjs");
  await writeFile(file, text);
  const args = ["--import", import.meta.resolve("tsx"), file];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: folder }, (error, stdout, stderr) =>
      resolve({ exitCode: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}

test("the example of README.md judges the embedded server", { timeout: patience }, async () => {
  const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
  const [, example = ""] = /<!-- example: library -->\n\n```js\n([\s\S]*?)```/.exec(readme) ?? [];
  const { exitCode, stdout, stderr } = await runProgram(example);
  expect(stderr).toBe("");
  expect(stdout).toContain("SERVICE-019 v2 conforms\n");
  expect(stdout).toMatch(/^Conforms: \d+ requirement\(s\) judged, none violated\./m);
  expect(exitCode).toBe(0);
});

test("judge hands over the record, and leaves the process as it was", { timeout: patience }, async () => {
  const fault = {
    name: "no versions",
    answer: (answer: { headers: Record<string, unknown> }) =>
      void delete answer.headers["api-supported-versions"],
  };
  const server = await startReferenceServer({ faults: [fault] });
  const { exitCode, stdout, stderr } = await runProgram(`
    import { judge } from "dicomweb-conformance";
    const state = () => JSON.stringify([
      process.exitCode ?? null, process.env, ["SIGINT", "SIGTERM", "unhandledRejection"].map((event) => process.listenerCount(event)),
    ]);
    process.on("SIGINT", () => {});
    const before = state();
    const { outcome, results } = await judge({ url: "${server.url}/v2", requirement: ["SERVICE-019"] });
    console.log(JSON.stringify({ isAsBefore: state() === before, exitCode: outcome.exitCode, verdict: results[0].verdict }));
  `);
  await server.close();
  expect(stderr).toBe("");
  expect(JSON.parse(stdout)).toEqual({ isAsBefore: true, exitCode: 1, verdict: "violates" });
  expect(exitCode).toBe(0);
});

test("judge writes reports where it is told to, and says what cannot be done", {
  timeout: patience,
}, async () => {
  const { stdout } = await runProgram(`
    import { readdir } from "node:fs/promises";
    import { judge, UsageError } from "dicomweb-conformance";
    await judge({ requirement: ["SERVICE-019"], reportDir: "report" });
    const refused = await judge({ suite: ["stowage"] }).catch((error) => error);
    const stopped = await judge({ suite: ["service"], signal: AbortSignal.abort() });
    console.log(JSON.stringify({
      report: await readdir("report"), isUsageError: refused instanceof UsageError, stopped: stopped.outcome,
    }));
  `);
  const { report, isUsageError, stopped } = JSON.parse(stdout);
  expect(report).toEqual(expect.arrayContaining(["index.html", "junit.xml", "verdicts.json"]));
  expect(report).not.toContain("journal.txt");
  expect(isUsageError).toBe(true);
  expect(stopped).toMatchObject({ exitCode: 2, sentence: expect.stringContaining("Stopped before the end") });
});
