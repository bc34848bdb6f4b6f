import { type Change, changesByDate } from "../history/changes.ts";
import { html, type Markup } from "../page/markup.ts";
import type { RunRecord } from "../record.ts";

/** What is new or mended, by the run that it is compared with. */
export function changeSection({ changes = [] }: RunRecord, kind: Change["kind"]): Markup | undefined {
  const dated = changesByDate(changes, kind);
  return dated.length === 0
    ? undefined
    : html`<section class="${kind === "new" ? "violates" : "conforms"}">
${dated.map(
  ([date, lines]) => html`<h2>${kind} since ${date}</h2>
<ul>
${lines.map((line) => html`<li>${line}</li>\n`)}</ul>`,
)}
</section>`;
}
