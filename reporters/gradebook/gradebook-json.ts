import { UsageError } from "../../fixtures/targets/usage-error.ts";
import { type GradeVerdict, gradeVerdicts, verdictOf } from "../../suites/grade/grade.ts";
import { insecureWarning } from "../record.ts";
import { type Earlier, type Gradebook, gradingOutcome } from "./gradebook.ts";

const format = 1;

/** For machines, and for a later grading; without the pictures themselves. */
export function gradebookJson({ version, gradedAt, grades, isInsecure }: Gradebook): string {
  const { exitCode, sentence } = gradingOutcome(grades);
  const students = grades.map((grade) => ({
    ...grade,
    verdict: verdictOf(grade),
    criteria: grade.criteria.map(({ pictures, ...criterion }) => ({
      ...criterion,
      pictures: pictures.map(({ caption }) => caption),
    })),
  }));
  const warning = isInsecure ? insecureWarning : undefined;
  const book = { format, version, gradedAt, warning, exitCode, sentence, students };
  return `${JSON.stringify(book, null, 2)}\n`;
}

/**
 * Reads what an earlier grading wrote, as far as a comparison needs it.
 * @param file for the sentence about what is wrong with it
 * @throws UsageError
 */
export function readEarlier(text: string, file: string): Earlier {
  const book = parsed(text) as { format?: unknown; gradedAt?: unknown; students?: unknown } | undefined;
  if (book?.format !== format || typeof book.gradedAt !== "string" || !Array.isArray(book.students)) {
    throw new UsageError(
      `${file} is no gradebook.json of this command: --since takes one of an earlier grading.`,
    );
  }
  const students = (book.students as EarlierStudent[]).map(({ student, criteria }) => {
    const verdicts = Array.isArray(criteria) ? criteria.filter(isJudged) : [];
    return [String(student), new Map(verdicts.map(({ id, verdict }) => [id, verdict]))] as const;
  });
  return { gradedAt: book.gradedAt, students: new Map(students) };
}

interface EarlierStudent {
  readonly student?: unknown;
  readonly criteria?: unknown;
}

function isJudged(value: unknown): value is { readonly id: string; readonly verdict: GradeVerdict } {
  const { id, verdict } = (value ?? {}) as { id?: unknown; verdict?: unknown };
  return typeof id === "string" && gradeVerdicts.some((each) => each === verdict);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
