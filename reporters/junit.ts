import { curlOf } from "../fixtures/wire/curl.ts";
import { decisiveExchangeOf, type Result } from "../suites/engine/result.ts";
import { exchangeText } from "./exchange-text.ts";
import { groupBy, groupOf } from "./grouping.ts";
import { insecureWarning, type RunRecord } from "./record.ts";

/** How a test case that did not pass is marked. */
type Mark = "failure" | "error" | "skipped";

/**
 * JUnit XML: violations are failures, what could not be judged is an error, warnings and what does not apply are
 * skipped with their reason, as is what a baseline knows; with strict, warnings are failures. Level and clause of each
 * requirement are properties of its suite, because Jenkins' schema gives a test case none.
 */
export function junitXml({ results, startedAt, duration, isStrict, isInsecure }: RunRecord): string {
  const marks = new Map(results.map((result) => [result, markOf(result, isStrict)]));
  const warning = isInsecure ? [property("warning", insecureWarning)] : [];
  const suites = [...groupBy(results, groupOf)].map(([name, members]) =>
    [
      `  <testsuite name="${escapeXml(name)}" ${countsOf(members, marks)} skipped="${countOf("skipped", members, marks)}"` +
        ` time="${seconds(sum(members))}" timestamp="${startedAt.toISOString()}">`,
      "    <properties>",
      ...warning,
      ...members.flatMap(propertiesOf),
      "    </properties>",
      ...members.map((result) => caseXml(result, marks.get(result))),
      "  </testsuite>",
    ].join("\n"),
  );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="dicomweb-conformance" ${countsOf(results, marks)} time="${seconds(duration)}">`,
    ...suites,
    "</testsuites>",
    "",
  ].join("\n");
}

type Marks = ReadonlyMap<Result, Mark | undefined>;

function countsOf(results: readonly Result[], marks: Marks): string {
  const [failures, errors] = [countOf("failure", results, marks), countOf("error", results, marks)];
  return `tests="${results.length}" failures="${failures}" errors="${errors}"`;
}

function countOf(mark: Mark, results: readonly Result[], marks: Marks): number {
  return results.filter((result) => marks.get(result) === mark).length;
}

function propertiesOf({ id, level, clauses }: Result): string[] {
  return [property(`${id}.level`, level), ...clauses.map(({ url }) => property(`${id}.clause`, url))];
}

function property(name: string, value: string): string {
  return `      <property name="${escapeXml(name)}" value="${escapeXml(value)}"/>`;
}

function caseXml(result: Result, mark: Mark | undefined): string {
  const { suite, api, id, title, duration } = result;
  const open =
    `    <testcase classname="${escapeXml([suite, api].filter(Boolean).join("."))}"` +
    ` name="${escapeXml(`${id} ${title}`)}" time="${seconds(duration)}"`;
  if (mark === undefined) {
    return `${open}/>`;
  }
  const known = result.known === undefined ? "" : `known (${result.known}): `;
  const reason = `${known}${result.verdict}: ${result.reason ?? ""}`;
  const text = [reason, ...writtenIn(result), ...(mark === "skipped" ? [] : evidenceOf(result))].join("\n");
  const attributes = `type="${result.verdict}" message="${escapeXml(reason)}"`;
  return `${open}><${mark} ${attributes}>${escapeXml(text).replaceAll("&#10;", "\n")}</${mark}></testcase>`;
}

function writtenIn({ level, clauses }: Result): string[] {
  return [`level: ${level}`, ...clauses.map(({ text, url }) => `clause: ${text}, ${url}`)];
}

/** The exchange that proves the verdict, and the command that repeats it. */
function evidenceOf(result: Result): string[] {
  const exchange = decisiveExchangeOf(result);
  return exchange === undefined ? [] : ["", exchangeText(exchange), "", curlOf(exchange)];
}

function sum(results: readonly Result[]): number {
  return results.reduce((total, { duration }) => total + duration, 0);
}

function markOf({ verdict, known }: Result, isStrict: boolean): Mark | undefined {
  if (known !== undefined) {
    return "skipped";
  }
  switch (verdict) {
    case "conforms":
      return undefined;
    case "violates":
      return "failure";
    case "inconclusive":
      return "error";
    case "warns":
      return isStrict ? "failure" : "skipped";
    default:
      return "skipped";
  }
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}

/** Escapes markup and drops the characters that XML 1.0 cannot carry. */
function escapeXml(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("\n", "&#10;");
}
