import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Fault } from "../fixtures/reference-server/fault.ts";
import { type ReferenceServer, startReferenceServer } from "../fixtures/reference-server/server.ts";
import { runCommand } from "./command.testing.ts";

let folder: string;
let server: ReferenceServer;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "dicomweb-conformance-partitions-"));
});

afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

async function start(hasPartitions: boolean, ...faults: Fault[]): Promise<void> {
  server = await startReferenceServer({ hasPartitions, faults });
}

function judge(path: string, ...args: readonly string[]) {
  return runCommand(["--url", server.url + path, ...args], { DICOM_REPORT_DIR: folder });
}

describe("a service that has data partitions", () => {
  test.each(["--strict", "--keep"])(
    "is judged in one that its first store makes, %s",
    async (flag) => {
      await start(true);
      const { exitCode, stderr } = await judge("/v2/partitions/P1", "--requirement", "STORE-001", flag);
      expect([exitCode, stderr]).toEqual([0, ""]);
    },
    180_000,
  );

  test("wants one to be named, and the sentence names those that are there", async () => {
    await start(true);
    const { exitCode, stderr } = await judge("/v2");
    expect(stderr).toBe(
      `${server.url}/v2 has data partitions, and --url has to name one: write ${server.url}/v2/partitions/NAME;` +
        " there are Microsoft.Default.\n",
    );
    expect(exitCode).toBe(2);
  });

  test("is not judged in one that no store makes", async () => {
    const refusing: Fault = {
      name: "refuses stores",
      answer: (answer, { method }) => {
        answer.status = method === "POST" ? 409 : answer.status;
      },
      behaviour: { storePartition: (_, partitions) => partitions.open("elsewhere") },
    };
    await start(true, refusing);
    const { exitCode, stderr } = await judge("/v2/partitions/P1");
    expect(stderr).toMatch(/\/v2\/partitions\/P1 does not exist, and a store did not make it/);
    expect(exitCode).toBe(2);
  });
});

test("a service without data partitions is not judged in one", async () => {
  await start(false);
  const { exitCode, stderr } = await judge("/v2/partitions/P1");
  expect(stderr).toBe(`${server.url}/v2 has no data partitions: leave /partitions/P1 out of --url.\n`);
  expect(exitCode).toBe(2);
});
