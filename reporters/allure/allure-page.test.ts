import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { recordOf, resultWith, sampleExchange } from "../sample-result.testing.ts";
import { verdictWords, writeAllureResults } from "./allure.ts";
import { generateAllureReport } from "./allure-report.ts";

let folder: string;
let page: string;
/** The program of the page, as a browser runs it. */
let program: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "allure-page-test-"));
  const results = [
    resultWith({ verdict: "warns", reason: "late", exchanges: [sampleExchange], decisive: 0 }),
    resultWith({ id: "STORE-002", verdict: "skipped", reason: "not secured" }),
  ];
  const [written, file] = [join(folder, "results"), join(folder, "allure.html")];
  writeAllureResults(recordOf(results), written);
  await generateAllureReport(written, file, { words: verdictWords });
  page = await readFile(file, "utf8");
  const [, code = ""] = /src="data:text\/javascript;base64,([A-Za-z0-9+/=]+)"/.exec(page) ?? [];
  program = Buffer.from(code, "base64").toString("utf8");
}, 300_000);

afterAll(() => rm(folder, { recursive: true }));

describe("the page that Allure made", () => {
  test("loads nothing from outside", () => {
    expect(page).not.toMatch(/googletagmanager|<(script|link|img)\b[^>]*\b(src|href)="(https?:)?\/\//);
  });

  test("has the words of the verdicts: a warning is not broken", () => {
    const statuses = `{"statuses":${JSON.stringify(verdictWords).slice(0, -1)},"total":"total"`;
    expect(program.includes(statuses)).toBe(true);
    expect(program.includes('"broken":"broken"')).toBe(false);
  });

  test("hides the ring and what is empty, by names that this version of Allure has", () => {
    const [style = ""] = /<style>.*?display: none.*?<\/style>/.exec(page) ?? [];
    const ids = [...style.matchAll(/data-testid="(nav-tab-|test-result-tab-)?(\w+)(-filter)?"/g)];
    expect(ids.map(([, , id]) => id)).toEqual(
      expect.arrayContaining(["qualityGate", "globalAttachments", "history"]),
    );
    for (const piece of ids.flatMap(([, ...pieces]) => pieces.filter(Boolean))) {
      expect(program.includes(piece), piece).toBe(true);
    }
    expect(style).toContain('[aria-label^="Success rate"]');
    expect(program.includes('"Success rate: ')).toBe(true);
  });
});
