import type { TestResult } from "allure-js-commons";
import type { RuntimeMessage } from "allure-js-commons/sdk";
import AllureVitestReporter from "allure-vitest/reporter";
import type { RunnerTask } from "vitest";
import type { Vitest } from "vitest/node";

export interface WriterOptions {
  readonly resultsDir: string;
  /** What the front page says of the run. */
  readonly environmentInfo: Readonly<Record<string, string>>;
  /** Changes a result before it is written. */
  readonly finish: (test: TestResult) => void;
}

/** One result as Allure is told it. */
export interface WrittenResult {
  readonly name: string;
  /** A path below the project, by which Allure tells results with one name from each other. */
  readonly filepath: string;
  readonly messages: readonly RuntimeMessage[];
  /** Milliseconds since 1970. */
  readonly startTime: number | undefined;
  /** Milliseconds. */
  readonly duration: number;
}

/** Writes results for the Allure command, all of them whole and none of them from a test. */
export class ResultWriter extends AllureVitestReporter {
  constructor({ resultsDir, environmentInfo, finish }: WriterOptions) {
    const listeners = [{ beforeTestResultWrite: finish }];
    super({ resultsDir, environmentInfo, reportMatchers: false, listeners });
    // Without projects: no test talks to Allure, which would watch every comparison.
    this.onInit({ projects: [] } as unknown as Vitest);
  }

  add({ name, filepath, messages, startTime, duration }: WrittenResult): void {
    const task = {
      type: "test",
      name,
      mode: "run",
      file: { filepath },
      meta: { allureRuntimeMessages: messages },
      result: { state: "pass", startTime, duration },
    };
    this.handleTask(task as unknown as RunnerTask);
  }
}

/** What allure-vitest says of the machine and itself; none of it concerns the service. */
const foreignLabels = ["framework", "language", "host", "thread", "package"];

/** Takes away the labels of allure-vitest, and those that were only a means to an end. */
export function removeLabels(test: TestResult, ...others: readonly string[]): void {
  test.labels = test.labels.filter(({ name }) => ![...foreignLabels, ...others].includes(name));
}
