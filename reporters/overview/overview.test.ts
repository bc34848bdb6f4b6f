import { expect, test } from "vitest";
import { insecureWarning } from "../record.ts";
import { recordOf, resultWith, sampleExchange } from "../sample-result.testing.ts";
import { overviewHtml } from "./overview.ts";

const violation = {
  verdict: "violates",
  reason: "expected status 200; received 500",
  discrepancies: [{ expected: "status 200", received: '500 "<script>alert(1)</script>"' }],
  exchanges: [sampleExchange],
  decisive: 0,
} as const;

const record = {
  ...recordOf([
    resultWith({ ...violation, id: "STORE-001", api: "v1" }),
    resultWith({ ...violation, id: "STORE-001" }),
    resultWith({ ...violation, id: "STORE-002", title: "it says <no> & more" }),
    resultWith({ id: "SEARCH-001", suite: "search", level: "should", verdict: "warns", reason: "late" }),
    resultWith({ id: "SEARCH-002", suite: "search", verdict: "inconclusive", reason: "no response" }),
    resultWith({ id: "SEARCH-003", suite: "search", verdict: "skipped", reason: "no token" }),
    resultWith({
      id: "SEARCH-004",
      suite: "search",
      notes: ["answered 400: fair"],
      leftovers: ["study 2.25.1"],
    }),
    resultWith({ ...violation, id: "SEARCH-005", suite: "search", known: "ticket 7" }),
  ]),
  outcome: { exitCode: 1, sentence: "Does not conform: 3 violation(s)." } as const,
};
const parts = [{ path: "allure.html", purpose: "each requirement" }];
const page = overviewHtml(record, parts);

/** What a person reads: without tags, each row of a table or list on a line. */
function textOf(html: string): string {
  return html
    .slice(html.indexOf("<body>"))
    .replaceAll(/<\/t[hd]>/g, " ")
    .replaceAll(/<[^>]+>/g, "");
}

test("the sentence of the verdict comes first, then the counts in the words of the scorecard", () => {
  const text = textOf(page).trim();
  expect(text).toMatch(/^Does not conform: 3 violation\(s\)\.\n/);
  expect(text).toContain("suite conforms violates warns not supported skipped inconclusive");
  expect(text).toContain("store v1 · 1 · · · ·");
  expect(text).toContain("total 1 4 1 · 1 1");
  expect(text).not.toMatch(/%|passed|failed|broken/);
});

test("what one defect breaks is shown once, with what was expected and came, the clause, and the command", () => {
  const [, violates = ""] = page.split(/<section class="violates">/);
  const articles = violates.split("</section>")[0]?.split("<article>").slice(1);
  expect(articles).toHaveLength(1);
  const text = textOf(`<body>${articles}`);
  expect(text).toContain("2 requirements, for one reason");
  expect(text).toContain("STORE-001 v1, v2 one instance is stored");
  expect(text).toMatch(/expectedstatus 200\nreceived500/);
  expect(articles?.[0]).toContain('<a href="https://example.org/10.5">PS3.18 10.5</a>');
  expect(text).toContain("curl -i -X POST");
  expect(articles?.[0]).toContain('<a href="repeat/STORE-001-v1.sh">');
});

test("what was not judged, what is known, tolerated and left behind has its reason", () => {
  const text = textOf(page);
  expect(text).toContain("1 × no responseSEARCH-002 v2 one instance is stored");
  expect(text).toContain("1 × no token");
  expect(text).toContain("1 × violates, ticket 7SEARCH-005");
  expect(text).toContain("1 × answered 400: fair");
  expect(text).toContain("left behind in the service: clean-up tries again\n\nstudy 2.25.1");
});

test("it runs no script, loads nothing, and takes no text for tags", () => {
  expect(page).toContain("default-src 'none'");
  expect(page).not.toMatch(/<script|<no>|<(img|link)[^>]+(src|href)="http/);
});

test("it leads to what stands beside it, and says loudly that certificates were not verified", () => {
  expect(page).toContain('<a href="allure.html">allure.html</a>');
  expect(page).not.toContain(insecureWarning);
  expect(overviewHtml({ ...record, isInsecure: true }, parts)).toContain(insecureWarning);
});

test("a run that conforms is one sentence and its counts", () => {
  const outcome = { exitCode: 0, sentence: "Conforms: 1 requirement(s) judged, none violated." } as const;
  const text = textOf(overviewHtml({ ...recordOf([resultWith({})]), outcome }, parts));
  expect(text.trim()).toMatch(/^Conforms: 1 requirement/);
  expect(text).not.toMatch(/expected|not be judged|left behind/);
});
