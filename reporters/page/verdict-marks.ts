import type { Verdict } from "../../suites/engine/result.ts";

const marks: Readonly<Record<Verdict, string>> = {
  conforms: "✓",
  violates: "✗",
  warns: "!",
  "not supported": "–",
  skipped: "–",
  inconclusive: "?",
};

/** A sign beside the word, so that nobody has to tell colours apart. */
export function markOf(verdict: Verdict): string {
  return marks[verdict];
}

/** Its class in the style sheet. */
export function classOf(verdict: Verdict): string {
  return verdict.replace(" ", "-");
}
