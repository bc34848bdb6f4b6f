import { countOf, type Grade, type GradeVerdict, verdictOf } from "../../suites/grade/grade.ts";
import type { Outcome } from "../gate.ts";

/** Everything that a grading hands to its reports. */
export interface Gradebook {
  /** Version of this suite. */
  readonly version: string;
  /** ISO 8601, UTC. */
  readonly gradedAt: string;
  readonly grades: readonly Grade[];
  /** Whether no certificate was verified. */
  readonly isInsecure?: boolean;
  /** What an earlier gradebook says, where one was given. */
  readonly since?: Earlier;
}

/** An earlier gradebook: verdicts by student and criterion. */
export interface Earlier {
  readonly gradedAt: string;
  readonly students: ReadonlyMap<string, ReadonlyMap<string, GradeVerdict>>;
}

/** A criterion whose verdict is another one than it was. */
export interface Change {
  readonly id: string;
  readonly before: GradeVerdict;
  readonly now: GradeVerdict;
}

/** What has changed for a student; nothing for one who was not in the earlier gradebook. */
export function changesOf({ student, criteria }: Grade, since: Earlier | undefined): readonly Change[] {
  const before = since?.students.get(student);
  return criteria.flatMap(({ id, verdict: now }) => {
    const earlier = before?.get(id);
    return earlier === undefined || earlier === now ? [] : [{ id, before: earlier, now }];
  });
}

/** 0: all met or to be asked. 1: something is not met. 2: nothing is, but something could not be looked at. */
export function gradingOutcome(grades: readonly Grade[]): Outcome {
  const withVerdict = (verdict: GradeVerdict) => grades.filter((grade) => verdictOf(grade) === verdict);
  const [incomplete, unseen, asked] = [withVerdict("not met"), withVerdict("not seen"), withVerdict("ask")];
  const rest = asked.length > 0 ? " Ask the questions: what they are about cannot be seen from outside." : "";
  const [only, ...others] = grades;
  if (only !== undefined && others.length === 0) {
    return outcomeOfOne(only, rest);
  }
  const unlooked = unseen.length > 0 ? `, and ${unseen.length} could not be looked at` : "";
  if (incomplete.length > 0) {
    return {
      exitCode: 1,
      sentence: `${incomplete.length} of ${grades.length} students are not done${unlooked}.${rest}`,
    };
  }
  return unseen.length > 0
    ? {
        exitCode: 2,
        sentence: `${unseen.length} of ${grades.length} students could not be looked at.${rest}`,
      }
    : { exitCode: 0, sentence: `All ${grades.length} students are done, as far as can be seen.${rest}` };
}

function outcomeOfOne(grade: Grade, rest: string): Outcome {
  const [unmet, unseen] = [countOf(grade, "not met"), countOf(grade, "not seen")];
  const of = `of ${grade.criteria.length} criteria`;
  if (unmet > 0) {
    return { exitCode: 1, sentence: `Not done: ${unmet} ${of} not met.` };
  }
  return unseen > 0
    ? { exitCode: 2, sentence: `Could not be looked at: ${unseen} ${of}, nothing against the student.` }
    : { exitCode: 0, sentence: `Done, as far as can be seen.${rest}` };
}
