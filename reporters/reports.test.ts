import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { curlOf } from "../fixtures/wire/curl.ts";
import type { Exchange } from "../fixtures/wire/exchange.ts";
import { exchangeAttachment } from "./allure/allure-exchange.ts";
import { junitXml } from "./junit.ts";
import { insecureWarning } from "./record.ts";
import { recordOf, resultWith, sampleExchange } from "./sample-result.testing.ts";
import { scorecard } from "./scorecard.ts";
import { verdictsJson } from "./verdicts-json.ts";

const violation = resultWith({
  id: "STORE-002",
  title: "it says <no> & \u0007",
  verdict: "violates",
  reason: "expected status 200; received 500",
  discrepancies: [{ expected: "status 200", received: "500" }],
  exchanges: [sampleExchange],
  decisive: 0,
});

const record = recordOf([
  resultWith({ api: "v1" }),
  violation,
  resultWith({ id: "SEARCH-001", suite: "search", level: "should", verdict: "warns", reason: "late" }),
  resultWith({ id: "SEARCH-002", suite: "search", verdict: "inconclusive", reason: "no response" }),
  resultWith({ id: "SEARCH-003", suite: "search", verdict: "skipped", reason: "no token" }),
  resultWith({
    id: "SEARCH-004",
    suite: "search",
    notes: ["answered 400 instead of 404: fair"],
    leftovers: ["study 2.25.1"],
  }),
  resultWith({
    id: "SEARCH-005",
    suite: "search",
    verdict: "skipped",
    reason: "excluded: vendor issue 12",
    excluded: "vendor issue 12",
  }),
]);

describe("the scorecard", () => {
  const text = scorecard(record);

  test("counts the verdicts of each suite and version", () => {
    expect(text).toMatch(/store v1\s+1\s+\.\s+\.\s+\.\s+\.\s+\.\n/);
    expect(text).toMatch(/search v2\s+1\s+\.\s+1\s+\.\s+2\s+1\n/);
    expect(text).toMatch(/total\s+2\s+1\s+1\s+\.\s+2\s+1\n/);
  });

  test("shows for a violation what was expected, received, where it is written, and how to repeat it", () => {
    expect(text).toContain(
      [
        "VIOLATES  STORE-002 v2 it says <no> & ␇",
        "  expected  status 200",
        "  received  500",
        "  clause    PS3.18 10.5",
        "            https://example.org/10.5",
        `  request   ${curlOf(sampleExchange)}`,
        "  repeat    sh report/repeat/STORE-002-v2.sh",
      ].join("\n"),
    );
  });

  test("names what could not be judged, what was skipped, tolerated and left behind", () => {
    expect(text).toContain("INCONCLUSIVE\n  SEARCH-002 v2 one instance is stored: no response");
    expect(text).toContain("SKIPPED\n  SEARCH-003 v2 one instance is stored: no token\n\n");
    expect(text).toContain("EXCLUDED\n  SEARCH-005 v2 one instance is stored: vendor issue 12\n\n");
    expect(text).not.toContain("answered 400 instead of 404");
    expect(text).toContain("Notes on 1 verdict(s) that conform, such as tolerances: --notes shows them");
    expect(scorecard(record, true)).toContain("SEARCH-004 v2: answered 400 instead of 404: fair");
    expect(text).toContain("LEFT BEHIND (1): --clean-up tries again\n  study 2.25.1");
  });
});

test("the last sentence names what was judged, in which versions", () => {
  const { target } = record;
  expect(scorecard(record)).toContain(`\nDoes not conform. Target: ${target}, v1 and v2, profile azure.\n`);
  const unversioned = recordOf([resultWith({ api: undefined, notes: ["fair"] })]);
  expect(scorecard(unversioned, true)).toContain("\n  STORE-001: fair\n");
  expect(scorecard(unversioned)).toContain(`Target: ${target}, no API version, profile azure.`);
});

test("the curl line can be pasted into a shell and leaves the token to the reader", () => {
  expect(curlOf(sampleExchange)).toBe(
    `curl -i -X POST -H "Authorization: Bearer $DICOM_BEARER_TOKEN" -H 'Accept: application/dicom+json'` +
      ` -H 'Content-Type: application/json' --data-binary 'it'\\''s <1>' 'http://127.0.0.1:8080/v2/studies?x=1'`,
  );
});

test("verdicts.json names every verdict with its exchanges", () => {
  const json = JSON.parse(verdictsJson(record));
  expect(json).toMatchObject({ schema: 1, exitCode: 1, target: { name: record.target, api: ["v1", "v2"] } });
  expect(json.verdicts[1]).toMatchObject({
    id: "STORE-002",
    verdict: "violates",
    reason: "expected status 200; received 500",
    clause: "PS3.18 10.5",
    durationMilliseconds: 1_500,
    exchanges: [{ method: "POST", path: "/v2/studies?x=1", status: 500 }],
    decisiveExchange: 0,
  });
  expect(json.verdicts.at(-1)).toMatchObject({ verdict: "skipped", excluded: "vendor issue 12" });
});

describe("junit.xml", () => {
  const xml = junitXml(record);

  test("tells violations, what could not be judged, and the rest apart", () => {
    expect(xml).toContain('<testsuite name="store v2" tests="1" failures="1" errors="0" skipped="0"');
    expect(xml).toContain('<testsuite name="search v2" tests="5" failures="0" errors="1" skipped="3"');
  });

  test("with strict, a warning is a failure", () => {
    expect(junitXml({ ...record, isStrict: true })).toContain('name="search v2" tests="5" failures="1"');
  });

  test("escapes markup and drops what XML cannot carry", () => {
    expect(xml).toContain("it says &lt;no&gt; &amp; \ufffd");
    expect(xml).not.toContain("\u0007");
  });
});

test("an exchange in Allure shows the Authorization header as redacted", () => {
  const message = exchangeAttachment(sampleExchange, true);
  if (message.type !== "attachment_content") {
    throw new Error(`unexpected message ${message.type}`);
  }
  expect(message.data.name).toBe("decisive: POST /v2/studies?x=1 → 500");
  const content = JSON.parse(message.data.content);
  expect(content.request.headers[0]).toEqual({ name: "Authorization", value: "__ALLURE_REDACTED__" });
  expect(content.response).toMatchObject({ status: 500, body: { value: "oops", size: 4 } });
});

describe("verdicts.json", () => {
  const schemaFile = new URL("./verdicts.schema.json", import.meta.url);
  const isValid = new Ajv({
    allErrors: true,
    formats: { uri: URL.canParse, "date-time": isInstant },
  }).compile(JSON.parse(readFileSync(schemaFile, "utf8")));

  test("is as its schema says", () => {
    isValid(JSON.parse(verdictsJson(record)));
    expect(isValid.errors).toBeNull();
  });

  test.each([
    ["an unknown verdict", (json: string) => json.replace('"violates"', '"fails"')],
    ["a missing member", (json: string) => json.replace('"decisiveExchange": 0', '"other": 0')],
    ["a time that is none", (json: string) => json.replace("2026-01-01T", "yesterday")],
  ])("with %s is not", (_, spoil) => {
    expect(isValid(JSON.parse(spoil(verdictsJson(record))))).toBe(false);
  });
});

function isInstant(text: string): boolean {
  return !Number.isNaN(Date.parse(text));
}

test("every report says loudly that certificates were not verified", () => {
  const insecure = { ...record, isInsecure: true };
  expect(scorecard(insecure)).toContain(`\n\n${insecureWarning.toUpperCase()}\n\n`);
  expect(scorecard(insecure)).toContain(`\n${insecureWarning}\n`);
  expect(junitXml(insecure)).toContain(`<property name="warning" value="${insecureWarning}"/>`);
  expect(JSON.parse(verdictsJson(insecure))).toHaveProperty("warning", insecureWarning);
  for (const report of [scorecard(record), junitXml(record), verdictsJson(record)]) {
    expect(report.toLowerCase()).not.toContain("insecure");
  }
});

test("the command that repeats a request has the reader's own credentials, whichever they are", () => {
  const curlWith = (request: Partial<Exchange["request"]>) =>
    curlOf({ ...sampleExchange, request: { ...sampleExchange.request, ...request } });
  expect(curlWith({ scheme: "Bearer" })).toContain('-H "Authorization: Bearer $DICOM_BEARER_TOKEN"');
  expect(curlWith({ scheme: "Basic" })).toContain('-u "$DICOM_USERNAME:$DICOM_PASSWORD"');
  expect(curlWith({ scheme: "Basic" })).not.toContain("Authorization");
  expect(curlWith({ isAuthorized: false, secretHeaders: ["X-Api-Key"] })).toContain(
    '-H "X-Api-Key: $X_API_KEY"',
  );
});
