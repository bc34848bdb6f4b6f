import { curlOf } from "../../fixtures/wire/curl.ts";
import { decisiveExchangeOf, type Result } from "../../suites/engine/result.ts";
import { html, type Markup } from "../page/markup.ts";
import { repeatable, scriptFileOf } from "../repeat.ts";

/** Read without scrolling, and selected whole by a click. */
const commandStyle = "white-space: pre-wrap; overflow-wrap: anywhere; user-select: all";

/** What Allure shows of a requirement beside its verdict: level, clause, notes, and how to see it again. HTML. */
export function descriptionOf(result: Result): string {
  const { level, profile, clauses, known, notes } = result;
  const exchange = decisiveExchangeOf(result);
  const [script] = repeatable([result]);
  return html`<p><strong>${level}</strong>, profile ${profile}. Written in ${listOf(clauses)}.</p>
${known === undefined ? undefined : html`<p>Known deviation, fails no run: ${known}.</p>`}
${notes.map((note) => html`<p>Note: ${note}.</p>`)}
${exchange && html`<p>Repeat it (a click selects all of it):</p><pre style="${commandStyle}">${curlOf(exchange)}</pre>`}
${script && html`<p>With all that must be there: <code>sh ${scriptFileOf(script)}</code>, in the folder of this report.</p>`}
`.text.trim();
}

function listOf(clauses: Result["clauses"]): Markup {
  return html`${clauses.map(({ text, url }, index) => html`${index > 0 ? ", " : ""}<a href="${url}">${text}</a>`)}`;
}
