import { verdicts } from "../../suites/engine/result.ts";
import { groupByCause } from "../cause.ts";
import { html, type Markup } from "../page/markup.ts";
import { page } from "../page/page.ts";
import { insecureWarning, type RunRecord } from "../record.ts";
import { countOf, groupsInOrder } from "../scorecard.ts";
import { changeSections } from "./change-sections.ts";
import { defectArticle } from "./defect-article.ts";
import { overviewStyle } from "./overview-style.ts";
import { restSections } from "./rest-sections.ts";
import { classOf, markOf } from "./verdict-marks.ts";

/** A file or folder of the report, and who wants it. */
export interface ReportPart {
  /** Path below the report folder. */
  readonly path: string;
  readonly purpose: string;
}

/** What a reader sees first: how the run ended, the counts, what is wrong once for each cause, and where the rest is. */
export function overviewHtml(record: RunRecord, parts: readonly ReportPart[]): string {
  return page(
    `${record.target}: ${record.outcome.exitCode === 0 ? "conforms" : record.outcome.sentence}`,
    overviewStyle,
    html`${header(record, parts)}
<main>
${countTable(record)}
${changeSections(record)}
${defects(record, "violates")}
${defects(record, "warns")}
${restSections(record)}
</main>`,
  );
}

const toneOfExit = { 0: "conforms", 1: "violates", 2: "inconclusive" } as const;

function header(record: RunRecord, parts: readonly ReportPart[]): Markup {
  const { outcome, target, profile, version, startedAt, duration, isStrict, isInsecure } = record;
  const date = startedAt.toISOString().slice(0, 16).replace("T", " ");
  return html`<header>
<h1 class="${toneOfExit[outcome.exitCode]}">${outcome.sentence}</h1>
<p class="about">${target}, profile ${profile}${isStrict ? ", strict" : undefined}; ${date} UTC, ${(duration / 1000).toFixed(1)} s; dicomweb-conformance ${version}</p>
${isInsecure ? html`<p class="care">${insecureWarning}</p>` : undefined}
<nav><ul>${parts.map(({ path, purpose }) => html`<li><a href="${encodeURI(path)}">${path}</a><small>${purpose}</small></li>`)}</ul></nav>
</header>`;
}

function countTable({ results }: RunRecord): Markup {
  const row = (name: string, members: RunRecord["results"]) =>
    html`<tr><th scope="row">${name}</th>${verdicts.map((verdict) => countCell(verdict, countOf(members, verdict)))}</tr>
`;
  return html`<table>
<thead><tr><th scope="col">suite</th>${verdicts.map((verdict) => html`<th scope="col">${verdict}</th>`)}</tr></thead>
<tbody>
${groupsInOrder(results).map(([name, members]) => row(name, members))}</tbody>
<tfoot>${row("total", results)}</tfoot>
</table>`;
}

function countCell(verdict: (typeof verdicts)[number], count: number): Markup {
  return count === 0 ? html`<td>·</td>` : html`<td class="seen ${classOf(verdict)}">${count}</td>`;
}

/** What is known stands in a section of its own: it fails no run. */
function defects({ results }: RunRecord, verdict: "violates" | "warns"): Markup | undefined {
  const news = results.filter((result) => result.verdict === verdict && result.known === undefined);
  const meaning =
    verdict === "violates"
      ? "what the service must do, and does not"
      : "what it should do; this fails no run, unless it is strict";
  return news.length === 0
    ? undefined
    : html`<section class="${classOf(verdict)}">
<h2>${markOf(verdict)} ${verdict}: ${meaning}</h2>
${groupByCause(news).map(defectArticle)}
</section>`;
}
