import type { GradeVerdict } from "../../suites/grade/grade.ts";
import { html, type Markup } from "../page/markup.ts";

const marks: Readonly<Record<GradeVerdict, readonly [mark: string, word: string]>> = {
  met: ["✓", "met"],
  "not met": ["✗", "not met"],
  ask: ["?", "to ask"],
  "not seen": ["–", "not seen"],
};

/** A sign beside the word, so that nobody has to tell colours apart. */
export function markOf(verdict: GradeVerdict): string {
  return marks[verdict][0];
}

export function verdictWord(verdict: GradeVerdict): string {
  return marks[verdict][1];
}

/** Its class in the style sheet. */
export function classOf(verdict: GradeVerdict): string {
  return verdict.replace(" ", "-");
}

/** What a verdict was in the earlier gradebook. */
export function since(before: GradeVerdict): Markup {
  return html`<small class="since">was ${verdictWord(before)}</small>`;
}
