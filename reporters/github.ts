import { appendFile } from "node:fs/promises";
import { quoted } from "../fixtures/wire/quote.ts";
import { type Result, verdicts } from "../suites/engine/result.ts";
import { groupByCause } from "./cause.ts";
import { plain } from "./comparison/comparison-markdown.ts";
import type { RunRecord } from "./record.ts";
import { countOf, groupsInOrder } from "./scorecard.ts";

/** GitHub shows no more of a step. */
const mostAnnotations = 10;
/** Defects that the summary tells of; GitHub drops one of more than 1 MiB. */
const mostDefects = 50;
/** Characters of what was expected or received. */
const mostWords = 600;

/** Variables of a job of GitHub Actions. */
export type JobVariables = Readonly<Partial<Record<"GITHUB_ACTIONS" | "GITHUB_STEP_SUMMARY", string>>>;

/**
 * In a job of GitHub Actions: annotations for what fails the run, and a job summary.
 * @param print takes a line of the log
 */
export async function tellGitHub(
  record: RunRecord,
  print: (line: string) => void,
  { GITHUB_ACTIONS, GITHUB_STEP_SUMMARY }: JobVariables = process.env,
): Promise<void> {
  if (GITHUB_ACTIONS !== "true") {
    return;
  }
  for (const line of annotationsOf(record)) {
    print(line);
  }
  if (GITHUB_STEP_SUMMARY) {
    await appendFile(GITHUB_STEP_SUMMARY, summaryOf(record));
  }
}

/** An error as the log of a job names it, with what the message holds escaped. */
export function annotation(title: string, message: string): string {
  const escaped = (text: string) =>
    quoted(text).replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
  return `::error title=${escaped(title).replaceAll(":", "%3A").replaceAll(",", "%2C")}::${escaped(message)}`;
}

/** One for each defect that fails the run; where nothing is violated, one for why it fails all the same. */
function annotationsOf({ results, isStrict, outcome }: RunRecord): string[] {
  if (outcome.exitCode === 0) {
    return [];
  }
  const defects = defectsOf(results, isStrict);
  if (defects.length === 0) {
    return [annotation("DICOMweb conformance", outcome.sentence)];
  }
  const shown = defects.length > mostAnnotations ? mostAnnotations - 1 : defects.length;
  const rest = defects.length - shown;
  return [
    ...defects.slice(0, shown).map((members) => annotation(namesOf(members), messageOf(members))),
    ...(rest > 0 ? [annotation(`${rest} more defects`, "The job summary and the report have them.")] : []),
  ];
}

/** What is not known of a service already, by its causes. */
function defectsOf(results: readonly Result[], isStrict: boolean): readonly (readonly Result[])[] {
  const failing = results.filter(
    ({ verdict, known }) =>
      known === undefined && (verdict === "violates" || (isStrict && verdict === "warns")),
  );
  return groupByCause(failing);
}

function namesOf(members: readonly Result[]): string {
  const [first, ...others] = members.map(({ id, api }) => [id, api].filter(Boolean).join(" "));
  return others.length > 2 ? `${first} and ${others.length} others` : [first, ...others].join(" and ");
}

function messageOf([first]: readonly Result[]): string {
  const found = first?.discrepancies.flatMap(({ expected, received }) => [
    `expected ${quoted(expected, mostWords)}`,
    `received ${quoted(received, mostWords)}`,
  ]);
  const clauses = first?.clauses.map(({ text, url }) => `${text}: ${url}`);
  return [first?.title, ...(found ?? []), ...(clauses ?? [])].join("\n");
}

/** In Markdown: how it ended, counts by suite, and each new defect with what was expected and what came. */
function summaryOf(record: RunRecord): string {
  const { results, isStrict, outcome, target, profile, duration } = record;
  const defects = defectsOf(results, isStrict);
  const rest = defects.length - mostDefects;
  const lines = [
    `## ${plain(outcome.sentence)}`,
    "",
    plain(`${target}, profile ${profile}, ${(duration / 1000).toFixed(1)} s`),
    "",
    ...countsOf(results),
    ...defects.slice(0, mostDefects).flatMap(defectLines),
    ...(rest > 0 ? ["", `${rest} more defects are in the report.`] : []),
    "",
  ];
  return `${lines.join("\n")}\n`;
}

function countsOf(results: readonly Result[]): string[] {
  const row = (cells: readonly (string | number)[]) => `| ${cells.join(" | ")} |`;
  const counts = (name: string, members: readonly Result[]) =>
    row([name, ...verdicts.map((verdict) => countOf(members, verdict) || "")]);
  return [
    row(["suite", ...verdicts]),
    row(["---", ...verdicts.map(() => "--:")]),
    ...groupsInOrder(results).map(([name, members]) => counts(name, members)),
    counts("**total**", results),
  ];
}

function defectLines(members: readonly Result[]): string[] {
  const [first] = members;
  const found = first?.discrepancies.flatMap(({ expected, received }) => [
    `expected  ${quoted(expected, mostWords)}`,
    `received  ${quoted(received, mostWords)}`,
  ]);
  const text = found?.join("\n") || quoted(first?.reason ?? "", mostWords);
  const clauses = first?.clauses.map((clause) => `[${plain(clause.text)}](${clause.url})`) ?? [];
  return [
    "",
    `### ${namesOf(members)}: ${plain(first?.title ?? "")}`,
    "",
    ...fenced(text),
    "",
    clauses.join(", "),
  ];
}

/** As it is, whatever a service wrote into it. */
function fenced(text: string): string[] {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return [fence, text, fence];
}
