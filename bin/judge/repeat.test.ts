import { execFile, execFileSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ReferenceServer, startReferenceServer } from "../../fixtures/reference-server/server.ts";
import { loadFaults } from "../../suites/proof/fault.ts";
import { runCommand } from "../command.testing.ts";

/** Requirements of several families, and what the service that breaks them answers to the request that proves it. */
const broken: Readonly<Record<string, RegExp>> = {
  "DELETE-006": /^HTTP\/1\.1 404 .*The specified study cannot be found/ms,
  "RETRIEVE-037": /^HTTP\/1\.1 200 .*multipart\/related; type="application\/octet-stream"/ms,
  "SEARCH-030": /^HTTP\/1\.1 200 .*"Value":\["ACC12345"\]/ms,
  "STORE-013": /^HTTP\/1\.1 202 .*\/studies\/2\.25\.1"/ms,
  "STORE-061": /^HTTP\/1\.1 200 .*DICM/ms,
  "TAGS-023": /^HTTP\/1\.1 202 .*\/operations\//ms,
};

let server: ReferenceServer;
let folder: string;

beforeAll(async () => {
  const faults = await loadFaults();
  const chosen = Object.keys(broken).map((id) => faults.find(({ noticedBy }) => noticedBy[0] === id));
  server = await startReferenceServer({ faults: chosen.filter((fault) => fault !== undefined) });
  folder = await mkdtemp(join(tmpdir(), "repeat-"));
  const ids = Object.keys(broken).flatMap((id) => ["--requirement", id]);
  const ended = await runCommand(["--url", `${server.url}/v2`, ...ids], { DICOM_REPORT_DIR: folder });
  expect(ended.exitCode, ended.stdout).toBe(1);
}, 120_000);

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

/** Number of studies that the service holds. */
async function studies(): Promise<number> {
  const response = await fetch(`${server.url}/v2/studies?limit=200`);
  return response.status === 204 ? 0 : ((await response.json()) as unknown[]).length;
}

function hasCurl(): boolean {
  try {
    return execFileSync("curl", ["--version"]).length > 0;
  } catch {
    return false;
  }
}

describe.skipIf(!hasCurl())(
  "a violation can be repeated by a script (skipped where curl is not there)",
  () => {
    test.each(Object.entries(broken))(
      "%s: it shows the wrong answer, and leaves nothing",
      async (id, answer) => {
        const before = await studies();
        const script = join(folder, "repeat", `${id}-v2.sh`);
        const { stdout, stderr } = await promisify(execFile)("sh", [script], { encoding: "latin1" });
        expect(stderr).toBe("");
        expect(stdout).toMatch(answer);
        expect(await studies()).toBe(before);
      },
    );
  },
);

test("every violation has a script and an HTTP archive, and nothing else has", async () => {
  const files = Object.keys(broken).flatMap((id) => [`${id}-v2.har`, `${id}-v2.sh`]);
  expect((await readdir(join(folder, "repeat"))).filter((file) => !file.endsWith(".answer"))).toEqual(files);
  const { log } = JSON.parse(await readFile(join(folder, "repeat", "DELETE-006-v2.har"), "utf8"));
  expect(log).toMatchObject({ version: "1.2", creator: { name: "dicomweb-conformance" } });
  expect(log.entries.at(-1)).toMatchObject({
    request: { method: "GET", httpVersion: "HTTP/1.1" },
    response: { status: 404, content: { text: expect.stringContaining("cannot be found") } },
  });
});
