import type { Result } from "../suites/engine/result.ts";
import { groupBy, groupOf } from "./grouping.ts";
import { insecureWarning, type RunRecord } from "./record.ts";

/**
 * JUnit XML: violations are failures, what could not be judged is an error, warnings and what does not apply are
 * skipped with their reason, as is what a baseline knows; with strict, warnings are failures.
 */
export function junitXml({ results, startedAt, duration, isStrict, isInsecure }: RunRecord): string {
  const suites = groupBy(results, groupOf);
  const warning = isInsecure
    ? [`    <properties><property name="warning" value="${escapeXml(insecureWarning)}"/></properties>`]
    : [];
  const body = [...suites].map(([name, members]) => suiteXml(name, members, startedAt, isStrict, warning));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="dicomweb-conformance" tests="${results.length}" time="${seconds(duration)}">`,
    ...body,
    "</testsuites>",
    "",
  ].join("\n");
}

function suiteXml(
  name: string,
  results: readonly Result[],
  startedAt: Date,
  isStrict: boolean,
  properties: readonly string[],
): string {
  const elements = results.map((result) => elementOf(result, isStrict));
  const count = (element: string) => elements.filter((candidate) => candidate === element).length;
  const time = seconds(results.reduce((sum, { duration }) => sum + duration, 0));
  return [
    `  <testsuite name="${escapeXml(name)}" tests="${results.length}" failures="${count("failure")}" errors="${count("error")}"` +
      ` skipped="${count("skipped")}" time="${time}" timestamp="${startedAt.toISOString()}">`,
    ...properties,
    ...results.map((result, index) => caseXml(result, elements[index])),
    "  </testsuite>",
  ].join("\n");
}

function caseXml(result: Result, element: string | undefined): string {
  const open =
    `    <testcase classname="${escapeXml(result.suite)}" name="${escapeXml(`${result.id} ${result.title}`)}"` +
    ` time="${seconds(result.duration)}"`;
  if (!element) {
    return `${open}/>`;
  }
  const known = result.known === undefined ? "" : `known (${result.known}): `;
  const reason = `${known}${result.verdict}: ${result.reason ?? ""}`;
  const clause = result.clauses.map(({ text }) => text).join("; ");
  return `${open}><${element} message="${escapeXml(reason)}">${escapeXml(`${reason}\n${clause}`)}</${element}></testcase>`;
}

function elementOf(
  { verdict, known }: Result,
  isStrict: boolean,
): "failure" | "error" | "skipped" | undefined {
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
