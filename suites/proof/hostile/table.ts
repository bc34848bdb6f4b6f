import type { Ended, Kind } from "./kind.ts";

/** A kind that was tried, and what is wrong with how its run ended. */
export interface Tried {
  readonly kind: Kind;
  readonly ended: Ended;
  readonly objections: readonly string[];
}

/** How each run ended, as a table in Markdown. */
export function tableOf(tried: readonly Tried[]): string {
  const rows = tried.map(({ kind, ended, objections }) => [
    kind.name,
    String(ended.exitCode ?? "killed"),
    (ended.duration / 1_000).toFixed(1),
    String(ended.peakMemory ?? "unknown"),
    [lastSentenceOf(ended), ...objections.map((objection) => `**${objection}**`)].join("; "),
  ]);
  const head = ["kind", "exit code", "seconds", "peak MiB", "what ended it"];
  const line = ["---", "---:", "---:", "---:", "---"];
  return [head, line, ...rows].map((cells) => `| ${cells.map(inCell).join(" | ")} |`).join("\n");
}

/** What ended the run. */
export function lastSentenceOf({ stdout, stderr }: Ended): string {
  const [, outcome] = /\n\n([^\n]+)\n\nReport: [^\n]*\n$/.exec(stdout) ?? [];
  const sentence = outcome ?? `${stdout}${stderr}`.trim().split("\n").at(-1) ?? "";
  const line = sentence.replaceAll(/\p{Cc}/gu, "\ufffd");
  return line.length > 150 ? `${line.slice(0, 150)}…` : line;
}

function inCell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("<", "&lt;");
}
