import { quoted } from "../fixtures/wire/quote.ts";
import type { Result } from "../suites/engine/result.ts";
import { groupBy, groupOf } from "./grouping.ts";

const barWidth = 24;

/**
 * What a person sees while a run goes on: on a terminal a line per suite that fills, elsewhere a plain line per
 * finished suite.
 */
export class Progress {
  readonly #done = new Map<string, Result[]>();
  /** Number of requirements by group, in the order of the lines. */
  #planned: ReadonlyMap<string, number> = new Map();
  readonly #out: NodeJS.WriteStream;
  readonly #isLive: boolean;
  #drawn = 0;

  constructor(out: NodeJS.WriteStream) {
    this.#out = out;
    this.#isLive = out.isTTY && process.env.TERM !== "dumb" && !process.env.CI;
  }

  begin(planned: readonly Result[]): void {
    const groups = groupBy(planned, groupOf);
    this.#planned = new Map([...groups].map(([group, results]) => [group, results.length]));
    this.#draw();
  }

  add(result: Result): void {
    const group = groupOf(result);
    const done = [...(this.#done.get(group) ?? []), result];
    this.#done.set(group, done);
    if (this.#isLive) {
      this.#draw();
    } else if (done.length === this.#planned.get(group)) {
      this.#out.write(`${group}: ${this.#tally(group)}\n`);
    }
  }

  /** Stands above the lines that fill. */
  say(text: string): void {
    process.stderr.write(`${quoted(text.trimEnd())}\n`);
    this.#drawn = 0;
    this.#draw();
  }

  #draw(): void {
    if (!this.#isLive) {
      return;
    }
    const width = Math.max(...[...this.#planned.keys()].map((group) => group.length));
    const lines = [...this.#planned.keys()].map(
      (group) => `${group.padEnd(width)}  ${this.#bar(group)}  ${this.#tally(group)}`,
    );
    const up = this.#drawn > 0 ? `\u001b[${this.#drawn}A` : "";
    this.#out.write(`${up}${lines.map((line) => `\u001b[2K${line}\n`).join("")}`);
    this.#drawn = lines.length;
  }

  #bar(group: string): string {
    const filled = Math.round((barWidth * this.#count(group)) / (this.#planned.get(group) || 1));
    return "█".repeat(filled) + "░".repeat(barWidth - filled);
  }

  #tally(group: string): string {
    const violated = this.#done.get(group)?.filter(({ verdict }) => verdict === "violates").length ?? 0;
    const suffix = violated > 0 ? `, ${violated} violated` : "";
    return `${this.#count(group)} of ${this.#planned.get(group)}${suffix}`;
  }

  #count(group: string): number {
    return this.#done.get(group)?.length ?? 0;
  }
}
