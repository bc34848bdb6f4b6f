import { excerpt } from "../../fixtures/wire/quote.ts";
import type { Result, Verdict } from "../../suites/engine/result.ts";
import { groupBy } from "../grouping.ts";
import { html, type Markup } from "../page/markup.ts";
import { classOf, markOf } from "../page/verdict-marks.ts";
import type { RunRecord } from "../record.ts";
import { newsOf, reasonOf, requirementsOf } from "../scorecard.ts";

/** What was not judged and why, what a baseline knows, what was tolerated, and what is left in the service. */
export function restSections({ results, baseline }: RunRecord): Markup {
  const known = results.filter((result) => result.known !== undefined);
  const noted = results.filter(({ verdict, notes }) => verdict === "conforms" && notes.length > 0);
  return html`
${unjudged(results, "inconclusive", "it could not be judged; never counted as a pass")}
${unjudged(results, "not supported", "what a service may do without")}
${unjudged(results, "skipped", "does not apply, or was not asked for")}
${section(
  "known",
  "excluded: not judged, as it was asked for",
  byReason(
    results.filter(({ excluded }) => excluded !== undefined),
    (result) => reasonOf(result),
  ),
)}
${section(
  "known",
  "known deviations, which fail no run",
  byReason(known, (result) => `${result.verdict}, ${result.known}`),
)}
${section("known", `out of date in ${baseline?.file}`, (baseline?.outdated ?? []).map(item))}
${folded(
  "conforms, with a note",
  byReason(noted, ({ notes }) => notes.join("; ")),
)}
${section(
  "inconclusive",
  "left behind in the service: clean-up tries again",
  results.flatMap(({ leftovers }) => leftovers.map(item)),
)}`;
}

function unjudged(results: readonly Result[], verdict: Verdict, meaning: string): Markup | undefined {
  const members = newsOf(results, verdict);
  return section(
    classOf(verdict),
    `${markOf(verdict)} ${verdict}: ${meaning}`,
    byReason(members, (result) => reasonOf(result)),
  );
}

/** Each reason once, with the requirements behind it. */
function byReason(results: readonly Result[], reason: (result: Result) => string): Markup[] {
  return [...groupBy(results, reason)].map(
    ([why, members]) =>
      html`<li><details><summary>${requirementsOf(members).length} × ${excerpt(why, 400)}</summary><ul>${requirementsOf(members).map(item)}</ul></details></li>
`,
  );
}

function item(text: string): Markup {
  return html`<li>${text}</li>
`;
}

function section(tone: string, title: string, items: readonly Markup[]): Markup | undefined {
  return items.length === 0
    ? undefined
    : html`<section class="${tone}">
<h2>${title}</h2>
<ul>
${items}</ul>
</section>`;
}

function folded(title: string, items: readonly Markup[]): Markup | undefined {
  return items.length === 0
    ? undefined
    : html`<details><summary>${items.length} × ${title}</summary><ul>
${items}</ul></details>`;
}
