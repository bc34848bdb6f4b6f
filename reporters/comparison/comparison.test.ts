import { describe, expect, test } from "vitest";
import type { Verdict } from "../../suites/engine/result.ts";
import { recordOf, resultWith } from "../sample-result.testing.ts";
import type { VerdictsFile } from "../verdicts-file.ts";
import { verdictsJson } from "../verdicts-json.ts";
import { compare, isSame, sentenceOf } from "./comparison.ts";
import { comparisonHtml } from "./comparison-html.ts";
import { comparisonMarkdown } from "./comparison-markdown.ts";
import { comparisonText } from "./comparison-text.ts";

type Judged = readonly [id: string, api: "v1" | "v2" | undefined, verdict: Verdict, reason?: string];

function runOf(letter: string, ...judged: readonly Judged[]) {
  const results = judged.map(([id, api, verdict, reason]) =>
    resultWith({ id, api, verdict, reason, title: "says <no> | nothing" }),
  );
  const file = JSON.parse(verdictsJson(recordOf(results))) as VerdictsFile;
  return { ...file, letter, path: `${letter.toLowerCase()}.json` };
}

const reason = "expected status 200; received 500";
const yesterday = runOf(
  "A",
  ["STORE-001", "v1", "conforms"],
  ["STORE-001", "v2", "conforms"],
  ["STORE-002", "v2", "conforms"],
);
const today = runOf(
  "B",
  ["STORE-001", "v1", "conforms"],
  ["STORE-001", "v2", "violates", reason],
  ["STORE-003", "v2", "conforms"],
);

describe("two runs of a service", () => {
  const comparison = compare([yesterday, today]);

  test("differ where a verdict does, in each version, and where only one has it", () => {
    expect(comparison.differences.map(({ name }) => name)).toEqual(["STORE-001 v2"]);
    expect(Object.fromEntries(comparison.partial)).toEqual({ A: ["STORE-002 v2"], B: ["STORE-003 v2"] });
    expect(sentenceOf(comparison)).toBe(
      "A and B differ in 1 of 2 requirement(s); 2 more are not in all of them.",
    );
  });

  test("are the same where nothing does", () => {
    const same = compare([yesterday, { ...yesterday, letter: "B" }]);
    expect(isSame(same)).toBe(true);
    expect(sentenceOf(same)).toBe("A and B are the same: 3 requirement(s).");
  });

  test("are told as text, with the reason", () => {
    expect(comparisonText(comparison)).toContain(
      [
        "              A         B",
        "STORE-001 v2  conforms  violates  says <no> | nothing",
        `  B  ${reason}`,
        "",
        "Only in A: STORE-002 v2",
        "Only in B: STORE-003 v2",
      ].join("\n"),
    );
  });

  test("are told as Markdown and HTML, where text is no markup", () => {
    expect(comparisonMarkdown(comparison)).toContain(
      `| STORE-001 v2 | conforms | violates | says &lt;no> \\| nothing<br>B: ${reason} |`,
    );
    const page = comparisonHtml(comparison);
    expect(page).toContain('<td class="verdict violates">violates</td>');
    expect(page).toContain("says &lt;no&gt; | nothing");
    expect(page).not.toMatch(/<script|src=|href=/);
  });
});

describe("services side by side", () => {
  const orthanc = runOf("A", ["STORE-001", undefined, "violates", reason]);

  test("are held against each other whichever one version they have", () => {
    const [one, other] = [
      runOf("B", ["STORE-001", "v1", "violates"]),
      runOf("C", ["STORE-001", "v2", "conforms"]),
    ];
    const comparison = compare([orthanc, one, other]);
    expect(comparison.partial.size).toBe(0);
    expect(comparison.differences).toMatchObject([
      {
        name: "STORE-001",
        judged: [{ verdict: "violates" }, { verdict: "violates" }, { verdict: "conforms" }],
      },
    ]);
  });

  test("and one without versions against each version of another", () => {
    const both = runOf("B", ["STORE-001", "v1", "violates"], ["STORE-001", "v2", "conforms"]);
    const comparison = compare([orthanc, both]);
    expect(comparison.compared).toBe(2);
    expect(comparison.partial.size).toBe(0);
    expect(comparison.differences.map(({ name }) => name)).toEqual(["STORE-001 v2"]);
  });
});
