import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { recordOf, resultWith } from "../../reporters/sample-result.testing.ts";
import { verdictsJson } from "../../reporters/verdicts-json.ts";
import { runCommand } from "../command.testing.ts";

let folder: string;
let one: string;
let other: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "compare-"));
  one = join(folder, "one.json");
  other = join(folder, "report");
  await writeFile(one, verdictsJson(recordOf([resultWith({})])));
  await mkdir(other);
  await writeFile(join(other, "verdicts.json"), verdictsJson(recordOf([resultWith({ verdict: "warns" })])));
});

afterAll(() => rm(folder, { recursive: true }));

const compare = (...args: string[]) => runCommand(["compare", ...args], {});

test("what differs is printed, and written as a page where that is asked for", async () => {
  const page = join(folder, "page.html");
  const { exitCode, stdout } = await compare(one, other, "--html", page);
  expect(stdout).toMatch(/^STORE-001 {2}conforms {2}warns {2}one instance is stored$/m);
  expect(stdout).toContain("A and B differ in 1 of 1 requirement(s).");
  expect(exitCode).toBe(1);
  expect(await readFile(page, "utf8")).toContain("A and B differ in 1 of 1 requirement(s).");
  expect((await compare(one, other, "--markdown")).stdout).toContain("| STORE-001 | conforms | warns |");
  expect((await compare(one, one)).exitCode).toBe(0);
});

test.each([
  ["one alone", (): string[] => [one], /^Name two verdicts\.json or more/],
  ["one that is not there", () => [one, join(folder, "none.json")], /^The verdicts cannot be read: ENOENT/],
  [
    "a file of something else",
    () => [one, "package.json"],
    /^package\.json is no verdicts\.json of this suite/,
  ],
  [
    "one of another schema",
    () => [one, join(folder, "future.json")],
    /future\.json has schema 2, and this version reads 1/,
  ],
])("%s is refused in one sentence", async (_, paths, sentence) => {
  const future = (await readFile(one, "utf8")).replace('"schema": 1', '"schema": 2');
  await writeFile(join(folder, "future.json"), future);
  const { exitCode, stdout, stderr } = await compare(...paths());
  expect([exitCode, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(sentence);
  expect(stderr.trim().split("\n")).toHaveLength(1);
});
