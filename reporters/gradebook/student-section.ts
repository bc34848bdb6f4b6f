import type { Grade, GradedCriterion } from "../../suites/grade/grade.ts";
import { html, type Markup } from "../page/markup.ts";
import type { Change, Earlier } from "./gradebook.ts";
import { classOf, markOf, since, verdictWord } from "./verdict-marks.ts";

/** All that was seen of one student: a panel on the screen, pages of their own on paper. */
export function studentSection(
  grade: Grade,
  anchor: string,
  changes: readonly Change[],
  earlier: Earlier | undefined,
): Markup {
  const { student, url, challenge, startedAt, criteria } = grade;
  const isNew = earlier !== undefined && !earlier.students.has(student);
  return html`<section id="${anchor}" class="student" aria-labelledby="${anchor}-name">
<div class="title"><h2 id="${anchor}-name">${student}</h2><a class="close" href="#" title="back to the table">✕ close</a></div>
<p class="about">${challenge.title}. ${url}, looked at ${startedAt.slice(0, 16).replace("T", " ")} UTC.${isNew ? " Was not in the earlier gradebook." : ""}</p>
${criteria.map((criterion, index) =>
  criterionArticle(
    criterion,
    `${anchor}-${index + 1}`,
    changes.find(({ id }) => id === criterion.id),
  ),
)}
</section>
`;
}

function criterionArticle(criterion: GradedCriterion, anchor: string, change: Change | undefined): Markup {
  const { verdict, title, success, finding, next, questions } = criterion;
  return html`<article id="${anchor}" class="${classOf(verdict)}">
<h3><span class="verdict">${markOf(verdict)} ${verdictWord(verdict)}</span> ${title}${change && html` ${since(change.before)}`}</h3>
<p class="stands-for">${success}</p>
<p>${sentence(finding)}</p>
${next === undefined ? undefined : html`<p class="next"><b>Next:</b> ${sentence(next)}</p>`}
${questions.map(({ question, answer }) => html`<p class="question"><b>Ask:</b> ${question}<span class="answer">${answer}</span></p>`)}
${evidence(criterion)}
</article>
`;
}

function evidence({ facts, pictures }: GradedCriterion): Markup | undefined {
  const figures = pictures.map(
    ({ caption, jpeg }) =>
      html`<figure><img src="data:image/jpeg;base64,${jpeg}" alt="${caption}"><figcaption>${caption}</figcaption></figure>`,
  );
  const rows = facts.map(({ name, value }) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`);
  return figures.length + rows.length === 0
    ? undefined
    : html`<div class="evidence">${figures.length > 0 ? html`<div class="pictures">${figures}</div>` : undefined}<dl>${rows}</dl></div>`;
}

/** Findings are written without their end; a person reads sentences. */
function sentence(text: string): string {
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.?!:]$/.test(text) ? capital : `${capital}.`;
}
