import { spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { access, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Fault } from "../../fixtures/reference-server/fault.ts";
import { type ReferenceServer, startReferenceServer } from "../../fixtures/reference-server/server.ts";
import { program, root } from "../command.testing.ts";

let reportDir: string;
let stores: ReturnType<typeof holdingStores>;
let server: ReferenceServer;

/** A service that holds every store after the first few until they are released: a run cannot end before that. */
function holdingStores() {
  let stores = 0;
  const [held, released] = [new EventEmitter(), new EventEmitter()];
  const whenHeld = once(held, "store");
  const whenReleased = once(released, "all");
  const fault: Fault = {
    name: "holds stores",
    behaviour: {
      isDuplicate: async (key, archive) => {
        stores += 1;
        if (stores > 50) {
          held.emit("store");
          await whenReleased;
        }
        return archive.find(key) !== undefined;
      },
    },
  };
  return { fault, whenHeld, release: () => released.emit("all") };
}

/** Starts the real command, and collects what it prints. */
function begin(...flags: string[]) {
  const args = [
    ...program,
    "--url",
    `${server.url}/v2`,
    "--suite",
    "store",
    "--report-dir",
    reportDir,
    ...flags,
  ];
  const child = spawn(process.execPath, args, { cwd: root });
  const said = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream].setEncoding("utf8").on("data", (text: string) => {
      said[stream] += text;
    });
  }
  const ended = once(child, "close").then(([exitCode]) => exitCode as number | null);
  return { child, said, ended };
}

/** All of them, with verdicts and with what has none. */
async function expectReports(): Promise<void> {
  for (const report of ["index.html", "junit.xml", "allure-results", "repeat"]) {
    await access(join(reportDir, report));
  }
  const { verdicts } = JSON.parse(await readFile(join(reportDir, "verdicts.json"), "utf8"));
  const missing = { verdict: "inconclusive", reason: "the run ended before it was judged" };
  expect(verdicts).toContainEqual(expect.objectContaining(missing));
  expect(verdicts).toContainEqual(expect.objectContaining({ suite: "store", verdict: "conforms" }));
}

beforeEach(async () => {
  reportDir = await mkdtemp(join(tmpdir(), "ended-early-"));
  stores = holdingStores();
  server = await startReferenceServer({ faults: [stores.fault] });
});

afterEach(async () => {
  stores.release();
  await server.close();
  await rm(reportDir, { recursive: true });
});

test("Ctrl-C ends with what was judged so far, and with nothing left in the service", async () => {
  const { child, said, ended } = begin();
  await stores.whenHeld;
  child.kill("SIGINT");
  await expect.poll(() => said.stderr, { timeout: 120_000 }).toMatch(/Finishing the checks that run/);
  stores.release();
  expect(await ended).toBe(130);
  expect(said.stdout).toMatch(/NOT JUDGED: the run ended before it was judged\n {2}store v2: \d+ of \d+\n/);
  expect(said.stdout).toMatch(
    /Stopped before the end: no violation so far, but \d+ of \d+ verdicts are missing\./,
  );
  await expectReports();
  await expect(access(join(reportDir, "journal.txt"))).rejects.toThrow("ENOENT");
  expect((await fetch(`${server.url}/v2/studies?limit=1`)).status).toBe(204);
}, 180_000);

test("a second Ctrl-C ends at once", async () => {
  const { child, said, ended } = begin();
  await stores.whenHeld;
  child.kill("SIGINT");
  await expect.poll(() => said.stderr, { timeout: 120_000 }).toMatch(/Finishing the checks that run/);
  child.kill("SIGINT");
  expect(await ended).toBe(130);
  expect(said.stdout).not.toContain("Stopped before the end");
}, 180_000);

test("a service that dies ends it with every report, and with exit code 2 where nothing is violated", async () => {
  const { said, ended } = begin("--timeout", "2");
  await stores.whenHeld;
  stores.release();
  await server.close();
  expect(await ended).toBe(2);
  expect(said.stdout).toMatch(
    /^The service has stopped answering: no violation so far, but \d+ of \d+ verdicts/m,
  );
  await expectReports();
}, 180_000);
