import { quoted } from "../../fixtures/wire/quote.ts";
import { dateOf } from "../history/changes.ts";
import { type ComparedRun, type Comparison, type Difference, sentenceOf } from "./comparison.ts";

/** Names that a line has room for. */
const shownNames = 10;

/** What a person reads at the terminal: the runs, each difference with its reasons, and what it comes to. */
export function comparisonText(comparison: Comparison): string {
  const { runs, differences, partial } = comparison;
  const lines = [
    "",
    ...runs.flatMap((run) => [`${run.letter}  ${run.path}: ${aboutRun(run)}`, `   ${run.outcome}`]),
    ...(differences.length > 0 ? ["", ...tableOf(runs, differences)] : []),
    ...(partial.size > 0 ? ["", ...[...partial].map(([letters, names]) => onlyIn(letters, names))] : []),
    "",
    sentenceOf(comparison),
    "",
  ];
  return quoted(lines.join("\n"), Number.POSITIVE_INFINITY);
}

/** The service, and when and by what it was judged. */
export function aboutRun({ target, startedAt, suite }: ComparedRun): string {
  return `${target.name}, profile ${target.profile}, ${dateOf(startedAt)}, version ${suite.version}`;
}

/** What only some of the runs judged. */
export function onlyIn(letters: string, names: readonly string[]): string {
  const rest = names.length - shownNames;
  const more = rest > 0 ? ` and ${rest} more` : "";
  return `Only in ${letters}: ${names.slice(0, shownNames).join(", ")}${more}`;
}

/** Why a run has its verdict, one line for each run that says so. */
export function reasonsOf(
  runs: readonly ComparedRun[],
  { judged }: Difference,
): readonly { readonly letter: string; readonly reason: string }[] {
  return runs.flatMap(({ letter }, index) => {
    const [reason] = judged[index]?.reason?.split("\n") ?? [];
    return reason ? [{ letter, reason }] : [];
  });
}

function tableOf(runs: readonly ComparedRun[], differences: readonly Difference[]): string[] {
  const rows = [
    ["", ...runs.map(({ letter }) => letter), ""],
    ...differences.map(({ name, judged, title }) => [
      name,
      ...judged.map((one) => one?.verdict ?? "."),
      title,
    ]),
  ];
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const written = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return written.flatMap((line, index) => {
    const difference = differences[index - 1];
    const reasons = difference === undefined ? [] : reasonsOf(runs, difference);
    return [line, ...reasons.map(({ letter, reason }) => `  ${letter}  ${reason}`)];
  });
}
