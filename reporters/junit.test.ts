import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { convertJUnitToCTRFReport } from "junit-to-ctrf";
import { parse } from "junit2json";
import { afterAll, describe, expect, test } from "vitest";
import { validateXML } from "xmllint-wasm";
import { curlOf } from "../fixtures/wire/curl.ts";
import { junitXml } from "./junit.ts";
import { recordOf, resultWith, sampleExchange } from "./sample-result.testing.ts";

const violation = resultWith({
  id: "STORE-002",
  title: 'it says <no> & "more" \u0007',
  verdict: "violates",
  reason: "expected status 200; received 500\nexpected a < b; received ]]> & more",
  exchanges: [sampleExchange],
  decisive: 0,
});
const record = recordOf([
  resultWith({ api: "v1" }),
  violation,
  { ...violation, id: "STORE-003", known: "vendor issue 12" },
  resultWith({ id: "SEARCH-001", suite: "search", level: "should", verdict: "warns", reason: "late" }),
  resultWith({ id: "SEARCH-002", suite: "search", verdict: "inconclusive", reason: "no response" }),
  resultWith({ id: "SEARCH-003", suite: "search", verdict: "skipped", reason: "excluded: x", excluded: "x" }),
  resultWith({
    id: "SERVICE-001",
    suite: "service",
    api: undefined,
    verdict: "not supported",
    reason: "none",
  }),
]);
const xml = junitXml(record);
const folder = mkdtempSync(join(tmpdir(), "junit-test-"));
const schema = readFileSync(new URL("./junit.testing.xsd", import.meta.url), "utf8");

afterAll(() => rm(folder, { recursive: true }));

/** What libxml2 has against a file, by the schema. */
async function objectionsTo(text: string): Promise<readonly string[]> {
  const { errors } = await validateXML({
    xml: [{ fileName: "junit.xml", contents: text }],
    schema: [schema],
  });
  return errors.map(({ message }) => message);
}

describe("junit.xml is as the schema of Jenkins says", () => {
  test.each([
    ["with everything in it", record],
    ["strictly judged, without certificates", { ...record, isStrict: true, isInsecure: true }],
    ["without a result", recordOf([])],
  ])("%s", async (_, judged) => {
    expect(await objectionsTo(junitXml(judged))).toEqual([]);
  });

  test("which notices a file that is not", async () => {
    expect(await objectionsTo(xml.replace('classname="store.v2"', 'version="v2"'))).toHaveLength(1);
  });
});

describe("a reader of junit.xml", () => {
  const read = async () => {
    const suites = await parse(xml);
    if (suites === null || suites === undefined || !("testsuite" in suites)) {
      throw new Error("junit2json found no suites");
    }
    return suites;
  };
  const convert = async () => {
    const file = join(folder, "junit.xml");
    writeFileSync(file, xml);
    const report = await convertJUnitToCTRFReport(file);
    if (report === null) {
      throw new Error("junit-to-ctrf found no tests");
    }
    return report.results;
  };

  test("counts as the run did: junit2json", async () => {
    const { testsuite = [], ...totals } = await read();
    expect(totals).toMatchObject({ tests: 7, failures: 1, errors: 1 });
    expect(
      testsuite.map(({ name, tests, failures, errors, skipped }) => [name, tests, failures, errors, skipped]),
    ).toEqual([
      ["store v1", 1, 0, 0, 0],
      ["store v2", 2, 1, 0, 1],
      ["search v2", 3, 0, 1, 2],
      ["service", 1, 0, 0, 1],
    ]);
  });

  test("counts as the run did: junit-to-ctrf", async () => {
    const { summary, tests } = await convert();
    expect(summary).toMatchObject({ tests: 7, passed: 1, failed: 2, skipped: 4 });
    expect(tests.map(({ status }) => status)).toEqual([
      "passed",
      "failed",
      "skipped",
      "skipped",
      "failed",
      "skipped",
      "skipped",
    ]);
  });

  test("finds the version in the class, and level and clause in the properties", async () => {
    const { testsuite = [] } = await read();
    const classes = testsuite.flatMap(({ testcase = [] }) => testcase.map(({ classname }) => classname));
    expect([...new Set(classes)]).toEqual(["store.v1", "store.v2", "search.v2", "service"]);
    expect(testsuite[2]?.properties?.slice(0, 2)).toEqual([
      { name: "SEARCH-001.level", value: "should" },
      { name: "SEARCH-001.clause", value: "https://example.org/10.5" },
    ]);
  });

  test("shows the reason, the clause, the exchange and the command of a violation: both the same", async () => {
    const [ofFirst] = (await read()).testsuite?.[1]?.testcase?.[0]?.failure ?? [];
    const ofSecond = (await convert()).tests[1];
    expect(ofSecond?.name).toBe('STORE-002 it says <no> & "more" \ufffd');
    expect(ofFirst?.message).toBe(`violates: ${violation.reason}`);
    expect(ofSecond?.message).toBe(ofFirst?.message);
    expect(ofSecond?.trace).toBe(ofFirst?.inner);
    expect(ofFirst?.inner).toBe(
      [
        `violates: ${violation.reason}`,
        "level: must",
        "clause: PS3.18 10.5, https://example.org/10.5",
        "",
        "> POST http://127.0.0.1:8080/v2/studies?x=1",
        "> Accept: application/dicom+json",
        "> Content-Type: application/json",
        ">",
        "it's <1>",
        "< 500",
        "< Content-Type: text/plain",
        "<",
        "oops",
        "",
        curlOf(sampleExchange),
      ].join("\n"),
    );
  });
});

test("a body of megabytes is shown by its begin", () => {
  const { request, response } = sampleExchange;
  const body = { size: 9_000_000, text: "x".repeat(6_000), isBinary: false, isTruncated: true };
  const long = { ...sampleExchange, request, response: response && { ...response, body } };
  const text = junitXml(recordOf([{ ...violation, exchanges: [long] }]));
  expect(text).toContain("… (the begin of 9000000 bytes)");
  expect(text.length).toBeLessThan(8_000);
});
