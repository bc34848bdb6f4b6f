import { html, type Markup } from "../page/markup.ts";
import { page } from "../page/page.ts";
import { verdictStyle } from "../page/page-style.ts";
import { classOf } from "../page/verdict-marks.ts";
import type { JudgedRequirement } from "../verdicts-file.ts";
import { type ComparedRun, type Comparison, type Difference, sentenceOf } from "./comparison.ts";
import { aboutRun, onlyIn, reasonsOf } from "./comparison-text.ts";

const style = `${verdictStyle}
.outcome { font-size: 1.1rem; font-weight: 600; }
dl { display: grid; grid-template-columns: 2rem 1fr; gap: .4rem; overflow-wrap: anywhere; }
dt { font-weight: 600; }
dd { margin: 0; }
small { display: block; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; margin-top: 1.5rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid var(--line); }
th[scope="row"], td.verdict { white-space: nowrap; }
td.verdict { color: var(--tone); background: var(--tint); }
@media print { * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } tr { break-inside: avoid; } }
`;

/** One page that needs nothing else: a row for each difference, a column for each run. */
export function comparisonHtml(comparison: Comparison): string {
  const { runs, differences, partial } = comparison;
  const rest = [...partial].map(([letters, names]) => html`<p>${onlyIn(letters, names)}</p>`);
  return page(
    "Comparison of DICOMweb conformance",
    style,
    html`<h1>Comparison</h1>
<p class="outcome">${sentenceOf(comparison)}</p>
<dl>${runs.map((run) => html`<dt>${run.letter}</dt><dd>${aboutRun(run)}<small>${run.path}</small>${run.outcome}</dd>`)}</dl>
${differences.length > 0 ? tableOf(runs, differences) : undefined}
${rest}`,
  );
}

function tableOf(runs: readonly ComparedRun[], differences: readonly Difference[]): Markup {
  return html`<table>
<thead><tr><th scope="col">Requirement</th>${runs.map(({ letter }) => html`<th scope="col">${letter}</th>`)}<th scope="col">What the service must do</th></tr></thead>
<tbody>
${differences.map((difference) => rowOf(runs, difference))}</tbody>
</table>`;
}

function rowOf(runs: readonly ComparedRun[], difference: Difference): Markup {
  const reasons = reasonsOf(runs, difference).map(
    ({ letter, reason }) => html`<small>${letter}: ${reason}</small>`,
  );
  return html`<tr><th scope="row">${difference.name}</th>${difference.judged.map(cellOf)}<td>${difference.title}${reasons}</td></tr>
`;
}

function cellOf(judged: JudgedRequirement | undefined): Markup {
  return judged === undefined
    ? html`<td class="verdict">not judged</td>`
    : html`<td class="verdict ${classOf(judged.verdict)}">${judged.verdict}</td>`;
}
