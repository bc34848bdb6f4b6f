import type { Exchange } from "../fixtures/wire/exchange.ts";
import { type RequirementText, type Result, unjudged } from "../suites/engine/result.ts";
import type { RunRecord } from "./record.ts";

/** One exchange as tests of the reporters need it. */
export const sampleExchange: Exchange = {
  request: {
    method: "POST",
    url: "http://127.0.0.1:8080/v2/studies?x=1",
    headers: [
      ["Accept", "application/dicom+json"],
      ["Content-Type", "application/json"],
    ],
    body: { size: 8, text: "it's <1>", isBinary: false, isTruncated: false },
    isAuthorized: true,
  },
  response: {
    status: 500,
    headers: [["Content-Type", "text/plain"]],
    body: { size: 4, text: "oops", isBinary: false, isTruncated: false },
  },
  startedAt: Date.UTC(2026, 0, 1),
  duration: 12,
  breaches: [],
  notes: [],
};

/** A conforming result of a must, changed in what a test of the reporters is about. */
export function resultWith(changes: Partial<Result>): Result {
  const conforms = { verdict: "conforms", reason: undefined } as const;
  return { ...unjudged(requirement, "v2", conforms), duration: 1_500, ...changes };
}

const requirement: RequirementText = {
  id: "STORE-001",
  title: "one instance is stored",
  suite: "store",
  request: "Store-single-instance",
  level: "must",
  profile: "azure",
  api: ["v2"],
  clauses: [{ text: "PS3.18 10.5", url: "https://example.org/10.5" }],
};

/** A run of half a second more than two that did not conform. */
export function recordOf(results: readonly Result[]): RunRecord {
  return {
    version: "0.0.0",
    target: "http://127.0.0.1:8080/v2",
    profile: "azure",
    isStrict: false,
    reportDir: "report",
    startedAt: new Date(Date.UTC(2026, 0, 1)),
    duration: 2_500,
    results,
    outcome: { exitCode: 1, sentence: "Does not conform." },
  };
}
