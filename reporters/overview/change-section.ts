import { nameOf } from "../baseline.ts";
import { groupBy } from "../grouping.ts";
import { type Change, dateOf } from "../history/changes.ts";
import { html, type Markup } from "../page/markup.ts";
import type { RunRecord } from "../record.ts";

/** What is new or mended, by the run that it is compared with. */
export function changeSection({ changes = [] }: RunRecord, kind: Change["kind"]): Markup | undefined {
  const dated = groupBy(
    changes.filter((change) => change.kind === kind),
    ({ since }) => since,
  );
  return dated.size === 0
    ? undefined
    : html`<section class="${kind === "new" ? "violates" : "conforms"}">
${[...dated].map(
  ([since, members]) => html`<h2>${kind} since ${dateOf(since)}</h2>
<ul>
${members.map((change) => html`<li>${nameOf(change)} ${change.title}: ${change.before} → ${change.verdict}</li>\n`)}</ul>`,
)}
</section>`;
}
