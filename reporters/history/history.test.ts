import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Result, Verdict } from "../../suites/engine/result.ts";
import { recordOf, resultWith } from "../sample-result.testing.ts";
import { scorecard } from "../scorecard.ts";
import { changesSince, type PastRun } from "./changes.ts";
import { addToHistory, mostRuns, readHistory } from "./history-file.ts";

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "history-"));
  file = join(folder, "history.jsonl");
});

afterEach(() => rm(folder, { recursive: true }));

/** A run of that day of January in which STORE-001 v2 had a verdict. */
function past(day: number, verdict: Verdict): PastRun {
  const startedAt = new Date(Date.UTC(2026, 0, day)).toISOString();
  const verdicts = new Map([["STORE-001 v2", verdict]]);
  return {
    startedAt,
    version: "0.0.0",
    target: "t",
    profile: "azure",
    exitCode: 0,
    durationMilliseconds: 1,
    verdicts,
  };
}

const now = (verdict: Verdict, changes: Partial<Result> = {}) => [resultWith({ verdict, ...changes })];

describe("what has changed", () => {
  test.each([
    ["a violation", [past(1, "conforms"), past(2, "conforms")], "violates", "new", 2],
    ["one that was a warning", [past(1, "warns")], "violates", "new", 1],
    [
      "one that could not be judged meanwhile",
      [past(1, "conforms"), past(2, "inconclusive")],
      "violates",
      "new",
      1,
    ],
    ["what conforms again", [past(1, "conforms"), past(2, "violates")], "conforms", "mended", 2],
    ["what is not offered any more", [past(1, "warns")], "not supported", "mended", 1],
  ] as const)("names %s, since the run that last had it otherwise", (_, runs, verdict, kind, day) => {
    const since = new Date(Date.UTC(2026, 0, day)).toISOString();
    expect(changesSince(runs, now(verdict))).toMatchObject([
      { kind, verdict, since, id: "STORE-001", api: "v2" },
    ]);
  });

  test.each([
    ["violated as before", [past(1, "conforms"), past(2, "violates")], now("violates")],
    ["judged for the first time", [past(1, "skipped")], now("violates")],
    ["violated, and not judged now", [past(1, "violates")], now("inconclusive")],
    ["known in a baseline", [past(1, "conforms")], now("violates", { known: "vendor issue 12" })],
    ["judged in another version", [past(1, "conforms")], now("violates", { api: "v1" })],
  ])("leaves out what is %s", (_, runs, results) => {
    expect(changesSince(runs, results)).toEqual([]);
  });

  test("stands in the scorecard under its date", () => {
    const results = [
      resultWith({ verdict: "violates" }),
      resultWith({ id: "STORE-002", verdict: "conforms" }),
    ];
    const runs = [
      {
        ...past(2, "conforms"),
        verdicts: new Map<string, Verdict>([
          ["STORE-001 v2", "conforms"],
          ["STORE-002 v2", "warns"],
        ]),
      },
    ];
    const text = scorecard({ ...recordOf(results), changes: changesSince(runs, results) });
    expect(text).toContain(
      "\nNEW SINCE 2026-01-02 00:00 UTC\n  STORE-001 v2 one instance is stored: conforms → violates\n" +
        "\nMENDED SINCE 2026-01-02 00:00 UTC\n  STORE-002 v2 one instance is stored: warns → conforms\n",
    );
  });
});

describe("a history file", () => {
  test("is made by the first run, and keeps the verdicts of each", async () => {
    expect(await readHistory(file)).toEqual({ runs: [], broken: [] });
    await addToHistory(file, recordOf(now("violates")));
    await addToHistory(file, recordOf([...now("conforms"), resultWith({ id: "STORE-002", api: undefined })]));
    const { runs, broken } = await readHistory(file);
    expect(broken).toEqual([]);
    expect(runs.map(({ verdicts }) => [...verdicts])).toEqual([
      [["STORE-001 v2", "violates"]],
      [
        ["STORE-001 v2", "conforms"],
        ["STORE-002", "conforms"],
      ],
    ]);
    expect(runs[0]).toMatchObject({ startedAt: "2026-01-01T00:00:00.000Z", exitCode: 1, profile: "azure" });
  });

  test("with a broken line is read without it, and goes on behind it", async () => {
    await addToHistory(file, recordOf(now("conforms")));
    const [line = ""] = (await readFile(file, "utf8")).split("\n");
    const other = line.replace('"exitCode":1', '"exitCode":"one"');
    await writeFile(file, `${line}\nrubbish\n${other}\n${line.slice(0, 50)}`);
    await addToHistory(file, recordOf(now("violates")));
    const { runs, broken } = await readHistory(file);
    expect(broken).toEqual([2, 3, 4]);
    expect(runs.map(({ verdicts }) => [...verdicts.values()])).toEqual([["conforms"], ["violates"]]);
  });

  test("keeps the latest runs only", async () => {
    await addToHistory(file, recordOf(now("conforms")));
    await writeFile(file, (await readFile(file, "utf8")).repeat(mostRuns));
    await addToHistory(file, recordOf(now("violates")));
    const { runs } = await readHistory(file);
    expect(runs).toHaveLength(mostRuns);
    expect(runs.at(-1)?.verdicts.get("STORE-001 v2")).toBe("violates");
  });

  test("of something else is refused, and stays as it is", async () => {
    await writeFile(file, '{\n  "schema": 1\n}\n');
    await expect(readHistory(file)).rejects.toThrow(/history\.jsonl is no history of this suite/);
    await expect(readHistory(folder)).rejects.toThrow(/^The history cannot be read: EISDIR/);
  });
});
