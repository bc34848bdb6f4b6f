import { describe, expect, test } from "vitest";
import { type Level, neverReached, type Verdict } from "../suites/engine/result.ts";
import { gate } from "./gate.ts";
import { resultWith } from "./sample-result.testing.ts";

const options = { isStrict: false, faults: [] };
const ended = { ...options, endedBecause: "Stopped before the end" };
const strict = { ...options, isStrict: true };

const leaving = resultWith({ leftovers: ["http://127.0.0.1/v2/studies/2.25.1: DELETE answered 500"] });

function of(...pairs: [Level, Verdict][]) {
  return pairs.map(([level, verdict]) => resultWith({ level, verdict }));
}

describe("the exit code", () => {
  test.each([
    ["all conform", of(["must", "conforms"]), options, 0],
    ["a must is violated", of(["must", "conforms"], ["must", "violates"]), options, 1],
    [
      "a violation beside something inconclusive",
      of(["must", "violates"], ["must", "inconclusive"]),
      options,
      1,
    ],
    ["a should is not met", of(["must", "conforms"], ["should", "warns"]), options, 0],
    ["a should is not met, strictly", of(["must", "conforms"], ["should", "warns"]), strict, 1],
    ["a must could not be judged", of(["must", "conforms"], ["must", "inconclusive"]), options, 2],
    ["a should could not be judged", of(["must", "conforms"], ["should", "inconclusive"]), options, 0],
    [
      "a should could not be judged, strictly",
      of(["must", "conforms"], ["should", "inconclusive"]),
      strict,
      2,
    ],
    ["something does not apply", of(["must", "conforms"], ["must", "skipped"]), options, 0],
    ["an option is missing", of(["must", "conforms"], ["may", "not supported"]), options, 0],
    ["everything was skipped", of(["must", "skipped"]), options, 2],
    ["nothing was selected", [], options, 2],
    ["Ctrl-C", of(["must", "conforms"]), ended, 2],
    ["Ctrl-C after a violation", of(["must", "violates"]), ended, 1],
    ["Ctrl-C, told as such", of(["must", "conforms"]), { ...ended, interruptedWith: 130 }, 130],
    [
      "Ctrl-C after a violation, told as such",
      of(["must", "violates"]),
      { ...ended, interruptedWith: 130 },
      130,
    ],
    ["something is left in the service", [leaving], options, 0],
    ["something is left in the service, strictly", [leaving], strict, 1],
    ["something is left after Ctrl-C, strictly", [leaving], { ...ended, isStrict: true }, 1],
    ["the suite itself failed", of(["must", "conforms"]), { ...options, faults: ["cannot load"] }, 2],
  ] as const)("%s", (_, results, how, exitCode) => {
    expect(gate(results, how).exitCode).toBe(exitCode);
  });

  test.each([
    [
      [leaving, leaving],
      options,
      /^Conforms: 2 .* none violated\. Warning: 2 resource\(s\) of this run are left/,
    ],
    [[leaving], ended, /^Stopped before the end: .* Warning: 1 resource\(s\) of this run are left/],
    [[leaving], strict, /^Fails strictly: .* Warning: 1 resource\(s\) of this run are left/],
  ] as const)("the sentence warns of what is left in the service", (results, how, sentence) => {
    expect(gate(results, how).sentence).toMatch(sentence);
  });

  test.each([
    ["conforms", 2, /^Stopped before the end: no violation so far, but 2 of 3 verdicts are missing\.$/],
    ["violates", 1, /^Does not conform: 1 .*\. Stopped before the end: 2 of 3 verdicts are missing\.$/],
  ] as const)(
    "the sentence of a run that ended early counts what is missing: %s",
    (verdict, exitCode, sentence) => {
      const missing = resultWith({ verdict: "inconclusive", reason: neverReached });
      const outcome = gate([resultWith({ verdict }), missing, missing], ended);
      expect(outcome.exitCode).toBe(exitCode);
      expect(outcome.sentence).toMatch(sentence);
    },
  );

  test("the sentence gives the first reason why something could not be judged", () => {
    const results = [
      resultWith({}),
      resultWith({ verdict: "inconclusive", reason: "no response within 30 s\nmore" }),
    ];
    expect(gate(results, options).sentence).toBe(
      "No violation, but 1 requirement(s) that decide could not be judged; the first reason: no response within 30 s.",
    );
  });
});
