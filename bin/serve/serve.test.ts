import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { send } from "../../fixtures/reference-server/exchange.testing.ts";
import { program, root, runCommand } from "../command.testing.ts";

let folder: string;
const started: ChildProcess[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dicomweb-conformance-serve-"));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

// One that a failed test left would go on for ever.
afterEach(() => {
  for (const serving of started.splice(0)) {
    serving.kill("SIGKILL");
  }
});

/** Runs the verb; the process, and what it says once it is ready. */
async function serve(...args: readonly string[]) {
  const serving = spawn(process.execPath, [...program, "serve", "--port", "0", ...args], { cwd: root });
  started.push(serving);
  let greeting = "";
  for await (const text of serving.stdout.setEncoding("utf8").iterator({ destroyOnReturn: false })) {
    greeting += text;
    if (greeting.includes("Ctrl-C")) {
      break;
    }
  }
  return { serving, greeting };
}

test("serve makes the reference server break a rule, and a run against it sees that", async () => {
  const name = "answers 204 where nothing was deleted";
  const listed = await runCommand(["serve", "--faults"], {});
  expect(listed.stdout).toContain(`${name}  (DELETE-007`);
  const { serving, greeting } = await serve("--fault", name);
  const url = /http:\S+\/v2/.exec(greeting)?.[0] ?? "";
  const { exitCode, stdout } = await runCommand(["judge", "--url", url, "--requirement", "DELETE-007"], {
    DICOM_REPORT_DIR: folder,
  });
  expect(greeting).toContain(`Faulty: it ${name}. DELETE-007`);
  expect(stdout).toContain("VIOLATES  DELETE-007 v2");
  expect(exitCode).toBe(1);
  serving.kill("SIGTERM");
  expect(await once(serving, "close")).toEqual([0, null]);
}, 180_000);

test("serve offers data partitions, and says where", async () => {
  const { serving, greeting } = await serve("--partitions", "--latency", "1");
  const [, url] = /(http:\S+\/v2)\/partitions\/NAME, for any NAME\n/.exec(greeting) ?? [];
  const { status, body } = await send("GET", `${url}/partitions`);
  expect([status, JSON.parse(body.toString())]).toEqual([
    200,
    [expect.objectContaining({ partitionName: "Microsoft.Default" })],
  ]);
  serving.kill("SIGTERM");
  expect(await once(serving, "close")).toEqual([0, null]);
});
