/**
 * - `met`: seen in the service
 * - `not met`: seen not to be so; `next` says what the student does about it
 * - `ask`: cannot be seen from outside; the student is asked, and the right answer stands beside the question
 * - `not seen`: could not be looked at, and says nothing about the student
 */
export type GradeVerdict = "met" | "not met" | "ask" | "not seen";

export const gradeVerdicts: readonly GradeVerdict[] = ["met", "not met", "ask", "not seen"];

/** One fact that was seen, such as "search: found". */
export interface Fact {
  readonly name: string;
  readonly value: string;
}

export interface Question {
  readonly question: string;
  /** The right answer, by what the service says now. */
  readonly answer: string;
}

/** A rendered image, made small; it may show people. */
export interface Picture {
  readonly caption: string;
  /** JPEG, in base64. */
  readonly jpeg: string;
}

/** What came of looking at one criterion. */
export interface Finding {
  readonly verdict: GradeVerdict;
  /** What was seen, in a sentence without its full stop. */
  readonly finding: string;
  /** The next thing for the student to do, in a sentence without its full stop. */
  readonly next?: string;
  readonly facts?: readonly Fact[];
  readonly questions?: readonly Question[];
  readonly pictures?: readonly Picture[];
}

export interface GradedCriterion extends Required<Omit<Finding, "next">> {
  readonly id: string;
  readonly title: string;
  /** The success criterion of the challenge that it stands for. */
  readonly success: string;
  readonly next?: string;
}

/** What one student left in a service, looked at once. */
export interface Grade {
  readonly student: string;
  readonly url: string;
  readonly challenge: { readonly name: string; readonly title: string };
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** Milliseconds. */
  readonly duration: number;
  readonly criteria: readonly GradedCriterion[];
}

export function countOf({ criteria }: Grade, verdict: GradeVerdict): number {
  return criteria.filter((criterion) => criterion.verdict === verdict).length;
}

/** The worst of the verdicts: `not met` before `not seen`, which comes before `ask`. */
export function verdictOf(grade: Grade): GradeVerdict {
  const worst = (["not met", "not seen", "ask"] as const).find((verdict) => countOf(grade, verdict) > 0);
  return worst ?? "met";
}
