import { join } from "node:path";
import { curlOf } from "../fixtures/wire/curl.ts";
import { quoted } from "../fixtures/wire/quote.ts";
import {
  brokenStepOf,
  decisiveExchangeOf,
  neverReached,
  type Result,
  type Verdict,
  verdicts,
} from "../suites/engine/result.ts";
import { nameOf } from "./baseline.ts";
import { groupByCause, resourceOf } from "./cause.ts";
import { groupBy, groupOf } from "./grouping.ts";
import { type Change, changesByDate } from "./history/changes.ts";
import { insecureWarning, type RunRecord } from "./record.ts";
import { repeatable, scriptFileOf } from "./repeat.ts";

const shownLeftovers = 10;
/** A token that ends, or Ctrl-C, leaves hundreds for one reason: they would push the rest off the screen. */
const mostWithOneReason = 4;

/**
 * What a person reads at the end of a run: counts per suite, then everything that is not as it should be.
 * @param showsNotes whether each note on what conforms is asked for, and not only how many there are
 */
export function scorecard(record: RunRecord, showsNotes = false): string {
  const { results, target, profile, shard, duration, outcome } = record;
  const lines = [
    "",
    `${target}, profile ${profile}, ${shard ? `shard ${shard.number} of ${shard.count}, ` : ""}${(duration / 1000).toFixed(1)} s`,
    ...(record.isInsecure ? ["", insecureWarning.toUpperCase()] : []),
    "",
    countTable(results),
    ...detailed(record, "violates"),
    ...detailed(record, "warns"),
    ...neverJudged(results),
    ...brief(
      "INCONCLUSIVE",
      newsOf(results, "inconclusive").filter((result) => !isMissing(result)),
    ),
    ...brief("NOT SUPPORTED", newsOf(results, "not supported")),
    ...brief("SKIPPED", newsOf(results, "skipped")),
    ...brief(
      "EXCLUDED",
      results.filter(({ excluded }) => excluded !== undefined),
    ),
    ...notes(results, showsNotes),
    ...known(results),
    ...changed(record, "new"),
    ...changed(record, "mended"),
    ...outdated(record),
    ...leftovers(results),
    "",
    `${outcome.sentence} ${targetSentence(record)}`,
    ...(record.isInsecure ? [insecureWarning] : []),
    "",
  ];
  return quoted(lines.join("\n"), Number.POSITIVE_INFINITY);
}

/** What was judged: a verdict about another service than was meant must not pass for one about it. */
function targetSentence(record: RunRecord): string {
  const { target, profile } = record;
  return `Target: ${[target, versionsOf(record), `profile ${profile}`].filter(Boolean).join(", ")}.`;
}

/** "v1 and v2", or that the service has no versions. */
export function versionsOf({ results }: RunRecord): string {
  return [...new Set(results.map(({ api }) => api ?? "no API version"))].sort().join(" and ");
}

function countTable(results: readonly Result[]): string {
  const groups = groupsInOrder(results);
  const width = Math.max(5, ...groups.map(([name]) => name.length));
  const row = (name: string, cells: readonly (string | number)[]) =>
    [
      name.padEnd(width),
      ...cells.map((cell, index) => String(cell || ".").padStart(verdicts[index]?.length ?? 0)),
    ].join("  ");
  return [
    row("suite", verdicts),
    ...groups.map(([name, members]) =>
      row(
        name,
        verdicts.map((verdict) => countOf(members, verdict)),
      ),
    ),
    row(
      "total",
      verdicts.map((verdict) => countOf(results, verdict)),
    ),
  ].join("\n");
}

/** Results by suite and version: v1 of all suites first, then v2. */
export function groupsInOrder(results: readonly Result[]): [name: string, members: Result[]][] {
  return [...groupBy(results, groupOf)].sort(([a], [b]) => versionLast(a).localeCompare(versionLast(b)));
}

function versionLast(group: string): string {
  const [suite = "", api = ""] = group.split(" ");
  return `${api} ${suite}`;
}

export function countOf(results: readonly Result[], verdict: Verdict): number {
  return results.filter((result) => result.verdict === verdict).length;
}

function detailed({ results, reportDir }: RunRecord, verdict: Verdict): string[] {
  return groupByCause(newsOf(results, verdict)).flatMap((members) => detail(members, reportDir));
}

/** Expected, received, where it is written, and how to repeat it: once for all that one defect violates. */
function detail(members: readonly Result[], reportDir: string): string[] {
  const [first] = members;
  if (first === undefined) {
    return [];
  }
  const exchange = decisiveExchangeOf(first);
  const step = brokenStepOf(first);
  const found = first.discrepancies.flatMap(({ expected, received }) => [
    `  expected  ${expected}`,
    `  received  ${received}`,
  ]);
  return [
    "",
    ...headlines(first.verdict.toUpperCase(), members),
    ...(step ? [`  step      ${step.name}`] : []),
    ...found,
    ...first.clauses.flatMap(({ text, url }) => [`  clause    ${text}`, `            ${url}`]),
    ...(exchange ? [`  request   ${curlOf(exchange)}`] : []),
    ...repeatable([first]).map((result) => `  repeat    sh ${join(reportDir, scriptFileOf(result))}`),
  ];
}

function headlines(verdict: string, members: readonly Result[]): string[] {
  const requirements = requirementsOf(members);
  return requirements.length === 1
    ? [`${verdict}  ${requirements[0]}`]
    : [
        `${verdict}  ${requirements.length} requirements, for one reason`,
        ...requirements.map((line) => `  ${line}`),
      ];
}

/** A line for each requirement; one that is violated alike in both versions is one. */
export function requirementsOf(members: readonly Result[]): string[] {
  return [...groupBy(members, ({ id }) => id).values()].map((same) => {
    const versions = same.flatMap(({ api }) => api ?? []).join(", ");
    return [same[0]?.id, versions, same[0]?.title].filter(Boolean).join(" ");
  });
}

/** What the run did not come to, suite by suite. */
function neverJudged(results: readonly Result[]): string[] {
  const lines = [...groupBy(results, groupOf)].flatMap(([group, members]) => {
    const count = members.filter(isMissing).length;
    return count === 0 ? [] : [`  ${group}: ${count} of ${members.length}`];
  });
  return lines.length > 0 ? ["", `NOT JUDGED: ${neverReached}`, ...lines] : [];
}

function isMissing({ reason }: Result): boolean {
  return reason === neverReached;
}

function brief(heading: string, members: readonly Result[]): string[] {
  const lines = [...groupBy(members, reasonOf)].flatMap(([reason, alike]) =>
    alike.length > mostWithOneReason
      ? [`  ${alike.length} requirements, which the report names: ${reason}`]
      : alike.map((result) => `  ${headline(result)}: ${reason}`),
  );
  return members.length > 0 ? ["", heading, ...lines] : [];
}

/** Those that nobody has said anything of before. */
export function newsOf(results: readonly Result[], verdict: Verdict): readonly Result[] {
  return results.filter(
    (result) => result.verdict === verdict && result.known === undefined && result.excluded === undefined,
  );
}

/** Why, in a line; of a request that got no response also what it asked for: it may be all that hangs. */
export function reasonOf({ reason, excluded, exchanges }: Result): string {
  const last = exchanges.at(-1);
  if (last?.failure?.startsWith("not sent") && reason?.includes(last.failure)) {
    return last.failure;
  }
  return last?.failure !== undefined && reason?.includes(last.failure)
    ? `${last.failure} (${resourceOf(last)})`
    : (excluded ?? reason?.split("\n")[0] ?? "");
}

function notes(results: readonly Result[], areShown: boolean): string[] {
  const noted = results.filter((result) => result.verdict === "conforms" && result.notes.length > 0);
  if (noted.length === 0) {
    return [];
  }
  return areShown
    ? [
        "",
        "CONFORMS, WITH A NOTE",
        ...noted.map((result) => `  ${nameOf(result)}: ${result.notes.join("; ")}`),
      ]
    : [
        "",
        `Notes on ${noted.length} verdict(s) that conform, such as tolerances: --notes shows them, as does the report.`,
      ];
}

/** What fails no run because a baseline names it. */
function known(results: readonly Result[]): string[] {
  const lines = results.flatMap((result) =>
    result.known === undefined ? [] : [`  ${headline(result)}: ${result.verdict}, ${result.known}`],
  );
  return lines.length > 0 ? ["", "KNOWN DEVIATIONS", ...lines] : [];
}

/** What the history says is new or mended, by the run in which it was last otherwise. */
function changed({ changes = [] }: RunRecord, kind: Change["kind"]): string[] {
  return changesByDate(changes, kind).flatMap(([date, lines]) => [
    "",
    `${kind.toUpperCase()} SINCE ${date}`,
    ...lines.map((line) => `  ${line}`),
  ]);
}

function outdated({ baseline }: RunRecord): string[] {
  return baseline === undefined || baseline.outdated.length === 0
    ? []
    : ["", `OUT OF DATE in ${baseline.file}`, ...baseline.outdated.map((edit) => `  ${edit}`)];
}

function leftovers(results: readonly Result[]): string[] {
  const left = results.flatMap((result) => result.leftovers);
  const rest = left.length - shownLeftovers;
  return left.length === 0
    ? []
    : [
        "",
        `LEFT BEHIND (${left.length}): --clean-up tries again`,
        ...left.slice(0, shownLeftovers).map((line) => `  ${line}`),
        ...(rest > 0 ? [`  and ${rest} more; all of them stand in journal.txt`] : []),
      ];
}

function headline(result: Result): string {
  return `${nameOf(result)} ${result.title}`;
}
