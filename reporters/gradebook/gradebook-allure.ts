import { type Label, LabelName, Status, type TestResult } from "allure-js-commons";
import type { RuntimeMessage } from "allure-js-commons/sdk";
import type { Grade, GradedCriterion, GradeVerdict } from "../../suites/grade/grade.ts";
import type { StatusWords } from "../allure/allure-page.ts";
import { ResultWriter, removeLabels } from "../allure/result-writer.ts";
import { insecureWarning } from "../record.ts";
import type { Gradebook } from "./gradebook.ts";

const status: Readonly<Record<GradeVerdict, Status>> = {
  met: Status.PASSED,
  "not met": Status.FAILED,
  ask: "unknown" as Status,
  "not seen": Status.BROKEN,
};

/** What the page calls them. */
export const gradeWords: StatusWords = {
  passed: "met",
  failed: "not met",
  broken: "not seen",
  skipped: "skipped",
  unknown: "to ask",
};

const [verdictLabel, findingLabel] = ["verdict", "finding"];

/** Writes a result for each criterion, an epic for each student. */
export function writeGradebookResults(
  { grades, version, gradedAt, isInsecure }: Gradebook,
  resultsDir: string,
): void {
  const environmentInfo = {
    Graded: gradedAt,
    Students: String(grades.length),
    Version: version,
    ...(isInsecure ? { Warning: insecureWarning } : {}),
  };
  const writer = new ResultWriter({ resultsDir, environmentInfo, finish: applyVerdict });
  for (const grade of grades) {
    for (const criterion of grade.criteria) {
      writer.add({
        name: `${grade.student}: ${criterion.title}`,
        filepath: `suites/grade/${grade.challenge.name}`,
        messages: messagesFor(grade, criterion),
        startTime: Date.parse(grade.startedAt),
        duration: grade.duration,
      });
    }
  }
}

function messagesFor(grade: Grade, criterion: GradedCriterion): RuntimeMessage[] {
  const { id, title, success, verdict, finding, next } = criterion;
  const labels: Label[] = [
    { name: LabelName.EPIC, value: grade.student },
    { name: LabelName.FEATURE, value: success },
    { name: LabelName.STORY, value: title },
    { name: verdictLabel, value: verdict },
    { name: findingLabel, value: next === undefined ? finding : `${finding}\nNext: ${next}` },
  ];
  const description = [
    ...criterion.questions.map(({ question, answer }) => `Ask: ${question}\n\nAnswer: ${answer}`),
    ...criterion.facts.map(({ name, value }) => `${name}: ${value}`),
  ].join("\n\n");
  const pictures = criterion.pictures.map(({ caption, jpeg }): RuntimeMessage => {
    const data = { name: caption, content: jpeg, encoding: "base64" as const, contentType: "image/jpeg" };
    return { type: "attachment_content", data: { ...data, fileExtension: ".jpg" } };
  });
  const testCaseId = `${grade.student} ${id}`;
  return [{ type: "metadata", data: { displayName: title, testCaseId, labels, description } }, ...pictures];
}

function applyVerdict(test: TestResult): void {
  const labelled = (label: string) => test.labels.find(({ name }) => name === label)?.value;
  test.status = status[labelled(verdictLabel) as GradeVerdict];
  test.statusDetails = { message: labelled(findingLabel) ?? "" };
  removeLabels(test, findingLabel);
}
