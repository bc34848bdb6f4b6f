import { quoted } from "../../fixtures/wire/quote.ts";
import { countOf, type Grade, type GradedCriterion, gradeVerdicts } from "../../suites/grade/grade.ts";
import { type Change, changesOf, type Earlier } from "./gradebook.ts";

const width = Math.max(...gradeVerdicts.map(({ length }) => length));
const indent = " ".repeat(width + 4);

/** What a coach reads of one student: each criterion, what was seen, what to ask, and what to do next. */
export function verdictText(grade: Grade, since: Earlier | undefined): string {
  const { student, url, challenge, criteria } = grade;
  const name = student === url ? url : `${student}, ${url}`;
  const lines = [
    "",
    challenge.title,
    name,
    "",
    ...criteria.flatMap(criterionLines),
    ...changeLines(changesOf(grade, since), since),
    "",
  ];
  return quoted(lines.join("\n"), Number.POSITIVE_INFINITY);
}

function criterionLines({ verdict, title, finding, next, questions }: GradedCriterion): string[] {
  return [
    `${verdict.toUpperCase().padEnd(width)}  ${title}`,
    `${indent}${finding}`,
    ...(next === undefined ? [] : [`${indent}next: ${next}`]),
    ...questions.flatMap(({ question, answer }) => [
      `${indent}ask: ${question}`,
      `${indent}     → ${answer}`,
    ]),
  ];
}

function changeLines(changes: readonly Change[], since: Earlier | undefined): string[] {
  if (since === undefined) {
    return [];
  }
  const lines = changes.map(({ id, before, now }) => `  ${id}: ${before} → ${now}`);
  return ["", `Since ${since.gradedAt}:`, ...(lines.length > 0 ? lines : ["  nothing has changed"])];
}

/** What a coach reads of each student of a class, as they come. @param nameWidth of the longest name */
export function classLine(grade: Grade, since: Earlier | undefined, nameWidth: number): string {
  const counts = gradeVerdicts
    .map((verdict) => ({ verdict, count: countOf(grade, verdict) }))
    .filter(({ count }) => count > 0)
    .map(({ verdict, count }) => `${count} ${verdict}`);
  const unmet = grade.criteria.filter(({ verdict }) => verdict === "not met").map(({ id }) => id);
  const unseen = grade.criteria.find(({ verdict }) => verdict === "not seen")?.finding;
  const detail = unmet.length > 0 ? `: ${unmet.join(", ")}` : unseen === undefined ? "" : `: ${unseen}`;
  const changes = changesOf(grade, since).map(({ id, before, now }) => `${id} ${before} → ${now}`);
  const changed = changes.length > 0 ? ` [since: ${changes.join("; ")}]` : "";
  return quoted(`${grade.student.padEnd(nameWidth)}  ${counts.join(", ")}${detail}${changed}`);
}
