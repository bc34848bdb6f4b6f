import { describe, expect, test } from "vitest";
import { type Baseline, baselineOf, review } from "./baseline.ts";
import { readBaseline } from "./baseline-file.ts";
import { gate } from "./gate.ts";
import { resultWith } from "./sample-result.testing.ts";

const ids = ["STORE-001", "STORE-002"];
const violated = resultWith({ verdict: "violates", reason: "expected 200, received 500" });
const baseline = (...known: Baseline["known"]): Baseline => ({ known });
const options = { isStrict: false, faults: [] };

function outcomeOf(known: Baseline, results = [violated], selected = ids) {
  const { results: marked, outdated } = review(known, results, selected);
  return gate(marked, { ...options, baseline: { file: "known.json", outdated } });
}

describe("a run held against a baseline", () => {
  test("passes with a violation that is known, and says so", () => {
    const known = baseline({ id: "STORE-001", verdict: "violates", reason: "vendor issue 12" });
    expect(review(known, [violated], ids).results[0]?.known).toBe("vendor issue 12");
    expect(outcomeOf(known)).toEqual({
      exitCode: 0,
      sentence: "Conforms: 1 requirement(s) judged, none violated, beside 1 known deviation(s).",
    });
  });

  test("fails with a violation that is new", () => {
    const other = resultWith({ id: "STORE-002", verdict: "violates" });
    const { exitCode, sentence } = outcomeOf(baseline({ id: "STORE-001", verdict: "violates" }), [
      violated,
      other,
    ]);
    expect([exitCode, sentence]).toEqual([
      1,
      "Does not conform: 1 violation(s) of what the service must do, beside 1 known deviation(s).",
    ]);
  });

  test("fails where what could not be judged is violated now", () => {
    expect(outcomeOf(baseline({ id: "STORE-001", verdict: "inconclusive" })).exitCode).toBe(1);
  });

  test("passes with what is known not to be judged", () => {
    const open = resultWith({ verdict: "inconclusive" });
    const judged = resultWith({ id: "STORE-002" });
    expect(outcomeOf(baseline({ id: "STORE-001", verdict: "inconclusive" }), [open, judged]).exitCode).toBe(
      0,
    );
  });

  test("knows a version that it names, and no other", () => {
    const known = baseline({ id: "STORE-001", api: "v1", verdict: "violates" });
    expect(outcomeOf(known, [resultWith({ ...violated, api: "v1" })]).exitCode).toBe(0);
    expect(outcomeOf(known, [violated, resultWith({ ...violated, api: "v1" })]).exitCode).toBe(1);
  });

  test.each([
    ["conforms", 'STORE-001 conforms now: remove it, or say why it shows "sometimes"'],
    ["skipped", 'STORE-001 is skipped now (no such feature): remove it, or say why it shows "sometimes"'],
    ["warns", 'STORE-001 is "warns" now: correct it, or say why it shows "sometimes"'],
  ] as const)("fails with an entry whose requirement %s, and proposes the edit", (verdict, edit) => {
    const known = baseline({ id: "STORE-001", verdict: "violates" });
    const result = resultWith({ verdict, reason: verdict === "skipped" ? "no such feature" : "x" });
    expect(review(known, [result], ids).outdated).toEqual([edit]);
    expect(outcomeOf(known, [result]).exitCode).toBe(1);
  });

  test("fails with an entry that matches nothing", () => {
    const known = baseline({ id: "STORE-001", api: "v1", verdict: "violates" });
    expect(review(known, [resultWith({})], ids).outdated).toEqual([
      "STORE-001 v1 matches nothing that was judged: remove it",
    ]);
  });

  test("leaves an entry alone that is excluded, and counts both", () => {
    const known = baseline(
      { id: "STORE-001", verdict: "violates" },
      { id: "STORE-002", verdict: "violates" },
    );
    const excluded = resultWith({
      id: "STORE-002",
      verdict: "skipped",
      reason: "excluded: x",
      excluded: "x",
    });
    const judged = [violated, resultWith({ id: "STORE-003" }), excluded, { ...excluded, api: "v1" } as const];
    expect(outcomeOf(known, judged, ["STORE-001", "STORE-003"])).toEqual({
      exitCode: 0,
      sentence:
        "Conforms: 2 requirement(s) judged, none violated, beside 1 known deviation(s) and 1 excluded requirement(s).",
    });
  });

  test("accepts an entry that shows sometimes, and one that could not be judged this time", () => {
    const sometimes = baseline({ id: "STORE-001", verdict: "violates", sometimes: "a race of two stores" });
    expect(outcomeOf(sometimes, [resultWith({})]).exitCode).toBe(0);
    const known = baseline({ id: "STORE-001", verdict: "violates" });
    expect(review(known, [resultWith({ verdict: "inconclusive" })], ids).outdated).toEqual([]);
  });

  test("leaves entries alone that were not selected", () => {
    expect(
      outcomeOf(baseline({ id: "STORE-002", verdict: "violates" }), [resultWith({})], ["STORE-001"]).exitCode,
    ).toBe(0);
  });
});

describe("a baseline that is written", () => {
  test("makes the run pass, names the clause, and leaves out what every run has anew", () => {
    const result = resultWith({ verdict: "violates", reason: "expected 2.25.123456 of CONF-a1b2c3\nmore" });
    const written = baselineOf([result, resultWith({ id: "STORE-002" })], baseline(), ids, false);
    expect(written.known).toEqual([
      {
        id: "STORE-001",
        api: "v2",
        verdict: "violates",
        title: "one instance is stored",
        clause: "PS3.18 10.5",
        seen: "expected 2.25.… of CONF-…",
      },
    ]);
    expect(outcomeOf(written, [result]).exitCode).toBe(0);
  });

  test("keeps the words of people, and what was not judged; drops what is mended", () => {
    const before: Baseline = {
      target: "a server",
      known: [
        { id: "STORE-001", verdict: "violates", reason: "vendor issue 12" },
        { id: "STORE-002", verdict: "violates" },
        { id: "WIRE-001", verdict: "warns" },
      ],
    };
    const written = baselineOf([violated, resultWith({ id: "STORE-002" })], before, ids, false);
    expect(written.target).toBe("a server");
    expect(written.known.map(({ id, reason }) => [id, reason])).toEqual([
      ["STORE-001", "vendor issue 12"],
      ["WIRE-001", undefined],
    ]);
  });

  test("names warnings only where they fail the run", () => {
    const warned = resultWith({ level: "should", verdict: "warns" });
    expect(baselineOf([warned], baseline(), ids, false).known).toEqual([]);
    expect(baselineOf([warned], baseline(), ids, true).known).toHaveLength(1);
  });
});

describe("a baseline file", () => {
  const entry = (members: object) =>
    JSON.stringify({ known: [{ id: "STORE-001", verdict: "violates", ...members }] });

  test("is read with what it does not need to have", () => {
    const text = JSON.stringify({
      target: "a server",
      known: [{ id: "STORE-001", verdict: "warns", reason: "x" }],
    });
    expect(readBaseline(text, ids)).toEqual(JSON.parse(text));
  });

  test.each([
    ["{", /^is no JSON: /],
    ["[]", /^does not hold a JSON object$/],
    ["{}", /^has no list "known"/],
    [entry({ id: undefined }), /^has no "id" in entry 1/],
    [entry({ id: "STORE-999" }), /^names STORE-999, which no requirement is called/],
    [entry({ verdict: "conforms" }), /^says in entry 1 of "known" \(STORE-001\) no "verdict"/],
    [entry({ api: "v3" }), /no "api" that exists: v1 or v2/],
    [entry({ sometimes: " " }), /^has an empty "sometimes"/],
    [
      JSON.stringify({
        known: [
          { id: "STORE-001", verdict: "warns" },
          { id: "STORE-001", api: "v1", verdict: "violates" },
        ],
      }),
      /^names STORE-001 and then STORE-001 v1, which contradict each other/,
    ],
  ])("%s is refused with a sentence", (text, sentence) => {
    expect(() => readBaseline(text, ids)).toThrow(sentence);
  });
});
