import { type Grade, verdictOf } from "../../suites/grade/grade.ts";
import { changesOf, type Gradebook } from "./gradebook.ts";

/** A row per student, a column per criterion of all challenges; RFC 4180. */
export function gradebookCsv({ grades, since }: Gradebook): string {
  const ids = [...new Set(grades.flatMap(({ criteria }) => criteria.map(({ id }) => id)))];
  const head = ["name", "url", "challenge", "verdict", ...ids, "next", "changed"];
  const rows = grades.map((grade) => [
    grade.student,
    grade.url,
    grade.challenge.name,
    verdictOf(grade),
    ...ids.map((id) => grade.criteria.find((criterion) => criterion.id === id)?.verdict ?? ""),
    nextOf(grade),
    changesOf(grade, since)
      .map(({ id, before, now }) => `${id}: ${before} → ${now}`)
      .join("; "),
  ]);
  return [head, ...rows].map((row) => `${row.map(field).join(",")}\r\n`).join("");
}

/** What the student does first. */
function nextOf({ criteria }: Grade): string {
  return criteria.find(({ next }) => next !== undefined)?.next ?? "";
}

/** A program for tables would take what begins like a formula for one, whoever wrote it. */
function field(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
