import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Fault } from "../../fixtures/reference-server/fault.ts";
import { startReferenceServer } from "../../fixtures/reference-server/server.ts";
import { runCommand } from "../command.testing.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dicomweb-conformance-concurrency-"));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** How many requests of a run a service that is far away had before it at once, at most. */
async function mostAtOnce(concurrency: number): Promise<number> {
  let [waiting, most] = [0, 0];
  const counting: Fault = {
    name: "counts",
    arrival: () => {
      waiting += 1;
      most = Math.max(most, waiting);
      return {};
    },
    answer: () => {
      waiting -= 1;
    },
  };
  const server = await startReferenceServer({ faults: [counting], latency: 100 });
  const args = [
    ...["--url", `${server.url}/v2`, "--concurrency", String(concurrency)],
    ...["001", "002", "003", "004", "005", "006"].flatMap((number) => ["--requirement", `DELETE-${number}`]),
  ];
  const { exitCode, stderr } = await runCommand(args, { DICOM_REPORT_DIR: folder });
  await server.close();
  expect([exitCode, stderr]).toEqual([0, ""]);
  return most;
}

test("a run sends one request at a time where one check is to run at once", async () => {
  expect(await mostAtOnce(1)).toBe(1);
}, 180_000);

test("a run has as many requests side by side as it is allowed, and no more", async () => {
  expect(await mostAtOnce(5)).toBe(5);
}, 180_000);
