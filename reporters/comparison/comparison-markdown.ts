import { quoted } from "../../fixtures/wire/quote.ts";
import { type Comparison, sentenceOf } from "./comparison.ts";
import { aboutRun, onlyIn, reasonsOf } from "./comparison-text.ts";

/** For a job summary or a pull request. */
export function comparisonMarkdown(comparison: Comparison): string {
  const { runs, differences, partial } = comparison;
  const head = ["Requirement", ...runs.map(({ letter }) => letter), "What the service must do"];
  const rows = differences.map((difference) => {
    const reasons = reasonsOf(runs, difference).map(({ letter, reason }) => `${letter}: ${reason}`);
    const verdicts = difference.judged.map((one) => one?.verdict ?? "–");
    return [difference.name, ...verdicts, [difference.title, ...reasons].map(plain).join("<br>")];
  });
  const lines = [
    plain(sentenceOf(comparison)),
    "",
    ...runs.map((run) => `- **${run.letter}** ${plain(`${run.path}: ${aboutRun(run)}. ${run.outcome}`)}`),
    ...(rows.length > 0 ? ["", row(head), row(head.map(() => "---")), ...rows.map(row)] : []),
    ...[...partial].flatMap(([letters, names]) => ["", plain(onlyIn(letters, names))]),
    "",
  ];
  return lines.join("\n");
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

/** As Markdown: text that is neither markup nor the end of a cell. */
export function plain(text: string): string {
  return quoted(text, Number.POSITIVE_INFINITY)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(/[\\`*_[\]|#@]/g, "\\$&");
}
