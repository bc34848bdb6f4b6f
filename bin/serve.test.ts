import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { program, root, runCommand } from "./command.testing.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dicomweb-conformance-serve-"));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test("serve makes the reference server break a rule, and a run against it sees that", async () => {
  const name = "answers 204 where nothing was deleted";
  const listed = await runCommand(["serve", "--faults"], {});
  expect(listed.stdout).toContain(`${name}  (DELETE-007`);
  const serving = spawn(process.execPath, [...program, "serve", "--port", "0", "--fault", name], {
    cwd: root,
  });
  let greeting = "";
  for await (const text of serving.stdout.setEncoding("utf8").iterator({ destroyOnReturn: false })) {
    greeting += text;
    if (greeting.includes("Ctrl-C")) {
      break;
    }
  }
  const url = /http:\S+\/v2/.exec(greeting)?.[0] ?? "";
  const { exitCode, stdout } = await runCommand(["judge", "--url", url, "--requirement", "DELETE-007"], {
    DICOM_REPORT_DIR: folder,
  });
  expect(greeting).toContain(`Faulty: it ${name}. DELETE-007`);
  expect(stdout).toContain("VIOLATES  DELETE-007 v2");
  expect(exitCode).toBe(1);
  serving.kill("SIGTERM");
  expect(await once(serving, "close")).toEqual([0, null]);
});
