import { countOf, type Grade, type GradedCriterion, type GradeVerdict } from "../../suites/grade/grade.ts";
import { groupBy } from "../grouping.ts";
import { html, type Markup } from "../page/markup.ts";
import { page } from "../page/page.ts";
import { insecureWarning } from "../record.ts";
import { changesOf, type Gradebook, gradingOutcome } from "./gradebook.ts";
import { gradebookStyle } from "./gradebook-style.ts";
import { studentSection } from "./student-section.ts";
import { classOf, markOf, since, verdictWord } from "./verdict-marks.ts";

/** A grade with its place in the page. */
interface Row {
  readonly grade: Grade;
  /** Id of its section. */
  readonly anchor: string;
}

/** Pictures in a cell of the table. */
const mostThumbnails = 3;

/** One page that needs nothing else: a row per student, a column per criterion; what was seen is behind each cell. */
export function gradebookHtml(book: Gradebook): string {
  const rows = book.grades.map((grade, index): Row => ({ grade, anchor: `s${index + 1}` }));
  const tables = [...groupBy(rows, ({ grade }) => grade.challenge.title)].map(([title, members]) =>
    challengeTable(title, members, book),
  );
  return page(
    `Gradebook, ${dateOf(book.gradedAt)}`,
    gradebookStyle,
    html`${header(book)}
<main>
${tables}
</main>
${rows.map(({ grade, anchor }) => studentSection(grade, anchor, changesOf(grade, book.since), book.since))}`,
  );
}

function header({ grades, gradedAt, since: earlier, version, isInsecure }: Gradebook): Markup {
  const hasPictures = grades.some(({ criteria }) => criteria.some(({ pictures }) => pictures.length > 0));
  const care = html`<p class="care">The pictures on this page may show people: keep it as you keep their images. <code>--no-pictures</code> leaves them out.</p>`;
  const compared = earlier && html` What has changed since ${dateOf(earlier.gradedAt)} is marked.`;
  return html`<header>
<h1>Gradebook</h1>
${hasPictures ? care : undefined}
${isInsecure ? html`<p class="care">${insecureWarning}</p>` : undefined}
<p class="outcome">${gradingOutcome(grades).sentence}</p>
<p class="about">${dateOf(gradedAt)}, dicomweb-conformance ${version}.${compared} Select a cell to see what was seen, what to ask, and what comes next.</p>
</header>`;
}

function challengeTable(title: string, rows: readonly Row[], book: Gradebook): Markup {
  const criteria = rows[0]?.grade.criteria ?? [];
  const groups = [...groupBy(criteria, ({ success }) => success)];
  return html`<div class="table"><table>
<caption>${title}</caption>
<thead>
<tr><th rowspan="2" scope="col">Student</th>${groups.map(([success, members]) => html`<th class="success" colspan="${members.length}" scope="colgroup">${success}</th>`)}</tr>
<tr>${criteria.map(({ id, title: meaning }) => html`<th scope="col" title="${meaning}">${id.replaceAll("-", " ")}</th>`)}</tr>
</thead>
<tbody>
${rows.map((row) => studentRow(row, book))}
</tbody>
</table></div>`;
}

function studentRow({ grade, anchor }: Row, { since: earlier }: Gradebook): Markup {
  const changes = changesOf(grade, earlier);
  return html`<tr><th scope="row"><a href="#${anchor}">${grade.student}</a><small>${summaryOf(grade)}</small></th>${grade.criteria.map(
    (criterion, index) =>
      cell(criterion, `${anchor}-${index + 1}`, changes.find(({ id }) => id === criterion.id)?.before),
  )}</tr>
`;
}

function cell(
  { verdict, title, pictures }: GradedCriterion,
  anchor: string,
  before: GradeVerdict | undefined,
): Markup {
  const thumbnails = pictures
    .slice(0, mostThumbnails)
    .map(({ caption, jpeg }) => html`<img src="data:image/jpeg;base64,${jpeg}" alt="${caption}">`);
  return html`<td class="${classOf(verdict)}"><a href="#${anchor}" title="${title}"><span class="verdict">${markOf(verdict)} ${verdictWord(verdict)}</span>${before && since(before)}${thumbnails.length > 0 ? html`<span class="thumbnails">${thumbnails}</span>` : undefined}</a></td>`;
}

function summaryOf(grade: Grade): string {
  const parts = (["not met", "not seen", "ask"] as const)
    .map((verdict) => ({ verdict, count: countOf(grade, verdict) }))
    .filter(({ count }) => count > 0)
    .map(({ verdict, count }) => `${count} ${verdictWord(verdict)}`);
  return parts.join(", ") || "all met";
}

function dateOf(instant: string): string {
  return `${instant.slice(0, 16).replace("T", " ")} UTC`;
}
