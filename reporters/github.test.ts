import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { quoted } from "../fixtures/wire/quote.ts";
import type { Result } from "../suites/engine/result.ts";
import { annotation, tellGitHub } from "./github.ts";
import { recordOf, resultWith } from "./sample-result.testing.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dicomweb-conformance-github-"));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

function violated(id: string, received = "204", changes: Partial<Result> = {}): Result {
  const discrepancies = [{ expected: "status 404", received }];
  return resultWith({ id, verdict: "violates", reason: "wrong status", discrepancies, ...changes });
}

/** What a job gets of a run with these results: lines of its log, and its summary. */
async function told(results: readonly Result[], isInJob = true) {
  const [lines, file] = [[] as string[], join(folder, `summary-${Math.random()}.md`)];
  const variables = { GITHUB_ACTIONS: String(isInJob), GITHUB_STEP_SUMMARY: file };
  await tellGitHub(recordOf(results), (line) => lines.push(line), variables);
  return { lines, summary: await readFile(file, "utf8").catch(() => "") };
}

describe("what a job of GitHub Actions is told", () => {
  test("an error for each violation that is not known, with its clause", async () => {
    const { lines } = await told([violated("STORE-001"), violated("STORE-002", "204", { known: "as ever" })]);
    expect(lines).toEqual([
      "::error title=STORE-001 v2::one instance is stored%0Aexpected status 404%0Areceived 204%0A" +
        "PS3.18 10.5: https://example.org/10.5",
    ]);
  });

  test("at most ten, of which the last names how many are not shown", async () => {
    const { lines } = await told(Array.from({ length: 12 }, (_, index) => violated(`STORE-0${index + 10}`)));
    expect(lines).toHaveLength(10);
    expect(lines.at(-1)).toBe("::error title=3 more defects::The job summary and the report have them.");
  });

  test("a summary with the outcome, counts, and what was expected and received", async () => {
    const { summary } = await told([resultWith({ id: "STORE-003" }), violated("STORE-001")]);
    expect(summary).toMatch(/^## /);
    expect(summary).toContain("| store v2 | 1 | 1 |  |  |  |  |\n| **total** | 1 | 1 |");
    expect(summary).toContain("### STORE-001 v2: one instance is stored");
    expect(summary).toContain("```\nexpected  status 404\nreceived  204\n```");
    expect(summary).toContain("[PS3.18 10.5](https://example.org/10.5)");
  });

  test("nothing elsewhere", async () => {
    expect(await told([violated("STORE-001")], false)).toEqual({ lines: [], summary: "" });
  });
});

describe("what a service says is no command and no markup", () => {
  test("in an annotation", () => {
    expect(annotation("a: b, c\n::x", "100%\r\n::warning::spoofed")).toBe(
      "::error title=a%3A b%2C c%0A\\u{3a}%3Ax::100%25␍%0A\\u{3a}:warning::spoofed",
    );
  });

  test.each([
    ["##vso[task.setvariable variable=PATH]/tmp", "\\u{23}#vso[task.setvariable variable=PATH]/tmp"],
    ["it says ##[add-mask]a", "it says \\u{23}#[add-mask]a"],
    ["one\n  ::stop-commands::x", "one\n  \\u{3a}:stop-commands::x"],
    ["a::b and ## c", "a::b and ## c"],
  ])("in a line of the log: %j", (said, shown) => {
    expect(quoted(said)).toBe(shown);
    expect(quoted(quoted(said))).toBe(shown);
  });

  test("in the summary, whose fences hold it", async () => {
    const { summary } = await told([violated("STORE-001", "```\n<script>")]);
    expect(summary).toContain("````\nexpected  status 404\nreceived  ```\n<script>\n````");
  });
});
