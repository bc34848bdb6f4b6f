import { verdicts } from "../../suites/engine/result.ts";
import { groupByCause } from "../cause.ts";
import { dateOf } from "../history/changes.ts";
import { html, type Markup } from "../page/markup.ts";
import { page } from "../page/page.ts";
import { classOf, markOf } from "../page/verdict-marks.ts";
import { insecureWarning, type RunRecord } from "../record.ts";
import { countOf, groupsInOrder, newsOf, versionsOf } from "../scorecard.ts";
import { changeSection } from "./change-section.ts";
import { defectArticle } from "./defect-article.ts";
import { overviewStyle } from "./overview-style.ts";
import { restSections } from "./rest-sections.ts";

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
${changeSection(record, "new")}
${changeSection(record, "mended")}
${defects(record, "violates")}
${defects(record, "warns")}
${restSections(record)}
</main>`,
  );
}

/** A run that a signal ended has its code, whatever it had found. */
function toneOf({ outcome, results }: RunRecord) {
  if (outcome.exitCode === 0) {
    return "conforms";
  }
  const isFailed = outcome.exitCode === 1 || newsOf(results, "violates").length > 0;
  return isFailed ? "violates" : "inconclusive";
}

function header(record: RunRecord, parts: readonly ReportPart[]): Markup {
  const { outcome, target, profile, shard, version, startedAt, duration, isStrict, isInsecure } = record;
  const facts = [
    `${target}, ${versionsOf(record)}, profile ${profile}${isStrict ? ", strict" : ""}`,
    ...(shard ? [`shard ${shard.number} of ${shard.count}`] : []),
    `${dateOf(startedAt.toISOString())}, ${(duration / 1000).toFixed(1)} s`,
    `dicomweb-conformance ${version}`,
  ];
  return html`<header>
<h1 class="${toneOf(record)}">${outcome.sentence}</h1>
<p class="about">${facts.join("; ")}</p>
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
