import type { Reporter, TestCase } from "vitest/node";
import { quoted } from "../../fixtures/wire/quote.ts";
import type { Result } from "./result.ts";

/** Takes the results out of the Vitest run as they come. */
export class ResultCollector implements Reporter {
  readonly results: Result[] = [];
  /** Faults of the suite itself: files that could not be loaded, errors outside any check. */
  readonly faults: string[] = [];

  constructor(
    private readonly onResult: (result: Result) => void,
    private readonly onWords: (text: string) => void,
  ) {}

  /** What a worker tells the person, such as why it waits. */
  onUserConsoleLog({ content }: { content: string }): void {
    this.onWords(content);
  }

  onTestCaseResult(testCase: TestCase): void {
    const { result } = testCase.meta();
    if (result) {
      this.results.push(result);
      this.onResult(result);
    }
  }

  onTestRunEnd(...[modules, errors]: Parameters<NonNullable<Reporter["onTestRunEnd"]>>): void {
    const failed = modules.flatMap((module) =>
      module.errors().map(({ message }) => `${module.relativeModuleId}: ${message}`),
    );
    this.faults.push(
      ...failed.map((fault) => quoted(fault)),
      ...errors.map(({ message }) => quoted(message)),
    );
  }
}
