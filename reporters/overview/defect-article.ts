import { curlOf } from "../../fixtures/wire/curl.ts";
import type { Exchange } from "../../fixtures/wire/exchange.ts";
import { excerpt } from "../../fixtures/wire/quote.ts";
import { brokenStepOf, decisiveExchangeOf, type Result } from "../../suites/engine/result.ts";
import { html, type Markup } from "../page/markup.ts";
import { repeatable, scriptFileOf } from "../repeat.ts";
import { requirementsOf } from "../scorecard.ts";

/** What a person compares; Allure has the rest. */
const mostDiscrepancies = 8;
const longestText = 600;

/** One defect: the requirements that it breaks, what was expected and came, where it is written, and how to see it again. */
export function defectArticle(members: readonly Result[]): Markup {
  const [first] = members;
  const requirements = requirementsOf(members);
  return html`<article>
${
  requirements.length === 1
    ? html`<h3>${requirements[0]}</h3>`
    : html`<h3>${requirements.length} requirements, for one reason</h3>
<ul>${requirements.map((line) => html`<li>${line}</li>`)}</ul>`
}
${first && evidenceOf(first)}
</article>
`;
}

function evidenceOf(result: Result): Markup {
  const exchange = decisiveExchangeOf(result);
  const step = brokenStepOf(result);
  return html`<dl>
${step && row("step", step.name)}
${discrepanciesOf(result)}
${result.clauses.map(({ text, url }) => row("written in", html`<a href="${url}">${text}</a>`))}
${exchange && row("request", html`<pre title="A click selects all of it">${curlOf(exchange)}</pre>`)}
${repeatable([result]).map((shown) => row("repeat", html`<a href="${scriptFileOf(shown)}">${scriptFileOf(shown)}</a>`))}
</dl>
${exchange && pictureOf(exchange)}`;
}

/** What the picture should have been beside what it is, or what was rendered. */
function pictureOf({ comparison, response }: Exchange): Markup | undefined {
  const picture = comparison ?? response?.body.picture;
  const caption = comparison ? "expected, received, and the difference" : "received";
  return (
    picture &&
    html`<figure><img src="data:${picture.mediaType};base64,${picture.base64}" alt="${caption}"><figcaption>${caption}</figcaption></figure>`
  );
}

function discrepanciesOf({ discrepancies }: Result): Markup[] {
  const more = discrepancies.length - mostDiscrepancies;
  return [
    ...discrepancies
      .slice(0, mostDiscrepancies)
      .flatMap(({ expected, received }) => [
        row("expected", excerpt(expected, longestText)),
        row("received", excerpt(received, longestText)),
      ]),
    ...(more > 0 ? [row("", `and ${more} more`)] : []),
  ];
}

function row(name: string, value: string | Markup): Markup {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>
`;
}
