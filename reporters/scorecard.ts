import { curlOf } from "../fixtures/wire/exchange.ts";
import { quoted } from "../fixtures/wire/quote.ts";
import { decisiveExchangeOf, type Result, type Verdict, verdicts } from "../suites/engine/result.ts";
import { groupBy, groupOf } from "./grouping.ts";
import { insecureWarning, type RunRecord } from "./record.ts";

const shownLeftovers = 10;
/** A token that ends, or Ctrl-C, leaves hundreds for one reason: they would push the rest off the screen. */
const mostWithOneReason = 4;

/** What a person reads at the end of a run: counts per suite, then everything that is not as it should be. */
export function scorecard(record: RunRecord): string {
  const { results, target, profile, duration, outcome } = record;
  const lines = [
    "",
    `${target}, profile ${profile}, ${(duration / 1000).toFixed(1)} s`,
    ...(record.isInsecure ? ["", insecureWarning.toUpperCase()] : []),
    "",
    countTable(results),
    ...detailed(results, "violates"),
    ...detailed(results, "warns"),
    ...brief(results, "inconclusive"),
    ...brief(results, "not supported"),
    ...brief(results, "skipped"),
    ...notes(results),
    ...leftovers(results),
    "",
    outcome.sentence,
    ...(record.isInsecure ? [insecureWarning] : []),
    "",
  ];
  return quoted(lines.join("\n"), Number.POSITIVE_INFINITY);
}

function countTable(results: readonly Result[]): string {
  const groups = [...groupBy(results, groupOf)].sort(([a], [b]) =>
    versionLast(a).localeCompare(versionLast(b)),
  );
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

/** v1 of all suites first, then v2. */
function versionLast(group: string): string {
  const [suite = "", api = ""] = group.split(" ");
  return `${api} ${suite}`;
}

function countOf(results: readonly Result[], verdict: Verdict): number {
  return results.filter((result) => result.verdict === verdict).length;
}

function detailed(results: readonly Result[], verdict: Verdict): string[] {
  return results.filter((result) => result.verdict === verdict).flatMap(detail);
}

/** Expected, received, where it is written, and how to repeat it. */
function detail(result: Result): string[] {
  const exchange = decisiveExchangeOf(result);
  const found = result.discrepancies.flatMap(({ expected, received }) => [
    `  expected  ${expected}`,
    `  received  ${received}`,
  ]);
  return [
    "",
    `${result.verdict.toUpperCase()}  ${headline(result)}`,
    ...found,
    ...result.clauses.flatMap(({ text, url }) => [`  clause    ${text}`, `            ${url}`]),
    ...(exchange ? [`  repeat    ${curlOf(exchange)}`] : []),
  ];
}

function brief(results: readonly Result[], verdict: Verdict): string[] {
  const matching = results.filter((result) => result.verdict === verdict);
  const lines = [...groupBy(matching, ({ reason }) => reason?.split("\n")[0] ?? "")].flatMap(
    ([reason, members]) =>
      members.length > mostWithOneReason
        ? [`  ${members.length} requirements, which the report names: ${reason}`]
        : members.map((result) => `  ${headline(result)}: ${reason}`),
  );
  return matching.length > 0 ? ["", `${verdict.toUpperCase()}`, ...lines] : [];
}

function notes(results: readonly Result[]): string[] {
  const noted = results.filter((result) => result.verdict === "conforms" && result.notes.length > 0);
  const lines = noted.map((result) => `  ${result.id} ${result.api ?? ""}: ${result.notes.join("; ")}`);
  return lines.length > 0 ? ["", "CONFORMS, WITH A NOTE", ...lines] : [];
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

function headline({ id, api, title }: Result): string {
  return [id, api, title].filter(Boolean).join(" ");
}
