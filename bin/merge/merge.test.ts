import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ReferenceServer, startReferenceServer } from "../../fixtures/reference-server/server.ts";
import { withoutIdentity } from "../../reporters/cause.ts";
import { loadFaults } from "../../suites/proof/fault.ts";
import { type Ended, runCommand } from "../command.testing.ts";

const token = "a-token-that-nobody-may-find";

let folder: string;
let server: ReferenceServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "merge-"));
  const faults = (await loadFaults()).filter(({ noticedBy }) => noticedBy[0] === "DELETE-006").slice(0, 1);
  server = await startReferenceServer({ faults });
});

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

function command(reportDir: string, ...args: string[]): Promise<Ended> {
  return runCommand(args, { DICOM_REPORT_DIR: join(folder, reportDir), DICOM_BEARER_TOKEN: token });
}

function judge(reportDir: string, ...args: string[]): Promise<Ended> {
  const suites = ["delete", "wire"].flatMap((suite) => ["--suite", suite]);
  return command(reportDir, "--url", `${server.url}/v2`, ...suites, ...args);
}

/** What verdicts.json says, without what differs from one run to the next: identity, time, and how often it asked. */
async function verdicts(reportDir: string): Promise<unknown> {
  const text = await readFile(join(folder, reportDir, "verdicts.json"), "utf8");
  const changing = ["startedAt", "durationMilliseconds", "exchanges", "decisiveExchange"];
  return JSON.parse(withoutIdentity(text), (name, value) => (changing.includes(name) ? undefined : value));
}

/** The cases of junit.xml, each with what it ended in. */
async function cases(reportDir: string): Promise<string[]> {
  const text = await readFile(join(folder, reportDir, "junit.xml"), "utf8");
  return [...text.matchAll(/<testcase [^>]*?\bname="([^"]+)"|<(failure|error|skipped)\b/g)].map(
    ([, name, ending]) => name ?? ending ?? "",
  );
}

/** Bodies that the scripts in `repeat/` send, and those of them that are not there. */
async function bodies(reportDir: string): Promise<{ sent: string[]; absent: string[] }> {
  const repeat = join(folder, reportDir, "repeat");
  const scripts = (await readdir(repeat)).filter((name) => name.endsWith(".sh"));
  const texts = await Promise.all(scripts.map((name) => readFile(join(repeat, name), "utf8")));
  const sent = texts.flatMap((text) =>
    [...text.matchAll(/@(\.\.\/bodies\/[\w.-]+)/g)].map(([, path = ""]) => path),
  );
  return { sent, absent: sent.filter((path) => !existsSync(join(repeat, path))) };
}

test("a run that was split comes to the same as one that was not", async () => {
  const whole = await judge("whole");
  const shards = [await judge("one", "--shard", "1/2"), await judge("two", "--shard", "2/2")];
  expect(shards.map(({ exitCode }) => exitCode)).toContain(1);
  for (const [index, { stdout }] of shards.entries()) {
    expect(stdout).toContain(`profile azure, shard ${index + 1} of 2, `);
    expect(stdout).toMatch(
      new RegExp(`^Shard ${index + 1} of 2, not the whole run\\. (Conforms|Does not)`, "m"),
    );
    expect(stdout).not.toContain("wire v2");
  }

  const merged = await command("merged", "merge", join(folder, "two"), join(folder, "one"));
  expect(merged.stderr).toBe("");
  expect(merged.exitCode).toBe(whole.exitCode);
  expect(await verdicts("merged")).toEqual(await verdicts("whole"));
  expect(await cases("merged")).toEqual(await cases("whole"));
  const { sent, absent } = await bodies("merged");
  expect(sent.length).toBeGreaterThan(0);
  expect(absent).toEqual([]);
  expect(await readFile(join(folder, "merged", "verdicts.json"), "utf8")).toContain('"WIRE-001"');
  const record = gunzipSync(await readFile(join(folder, "one", "shard.jsonl.gz"))).toString();
  expect(record).toContain('"isAuthorized":true');
  expect(record).not.toContain(token);
  expect(await readFile(join(folder, "merged", "index.html"), "utf8")).toContain("</html>");

  const missing = await command("missing", "merge", join(folder, "one"));
  expect([missing.exitCode, missing.stdout]).toEqual([2, ""]);
  expect(missing.stderr).toBe("Of the 2 shards is missing: 2/2. Name its report folder as well.\n");
}, 600_000);

test("a shard with nothing to do is no failure", async () => {
  const args = ["--requirement", "DELETE-006", "--url", `${server.url}/v2`, "--shard"];
  const { exitCode, stdout } = await command("nothing", ...args, "2/2");
  expect(stdout).toContain("Shard 2 of 2, not the whole run. Nothing in it was to be judged.");
  expect(exitCode).toBe(0);
}, 300_000);

test.each([
  [["--shard", "3/2"], /It is a number and how many there are, such as 2\/4; at most 99/],
  [["--shard", "1/2", "--durations", "package.json"], /package\.json is no verdicts\.json of this suite/],
  [["--durations", "package.json"], /--durations says how a run is split: it goes with --shard/],
  [["--shard", "1/2", "--write-baseline", "known.json"], /give --write-baseline and --history to merge/],
])("%s is refused before anything is sent", async (args, sentence) => {
  const { exitCode, stderr } = await command("refused", "--url", "http://127.0.0.1:9/v2", ...args);
  expect(stderr).toMatch(sentence);
  expect(exitCode).toBe(2);
});
