import { createHash, randomUUID } from "node:crypto";
import type { Status } from "allure-js-commons";
import type { Verdict } from "../../suites/engine/result.ts";
import type { PastRun } from "../history/changes.ts";

/** More would make the page large: it repeats them for each requirement. */
const shownRuns = 10;

/**
 * The latest runs of the past as the history file of the Allure command has them, one in a line; its chart and the
 * history of each requirement come from there.
 * @param statuses of Allure for the verdicts
 */
export function allureHistory(past: readonly PastRun[], statuses: Readonly<Record<Verdict, Status>>): string {
  return past
    .slice(-shownRuns)
    .map((run) => `${JSON.stringify(dataPoint(run, statuses))}\n`)
    .join("");
}

function dataPoint({ startedAt, version, verdicts }: PastRun, statuses: Readonly<Record<Verdict, Status>>) {
  const start = Date.parse(startedAt);
  const testResults = [...verdicts].map(([name, verdict]) => {
    const [, environment] = name.split(" ");
    const historyId = historyIdOf(name);
    const result = { id: randomUUID(), name, historyId, status: statuses[verdict], environment };
    return [historyId, { ...result, start, stop: start, duration: 0, labels: [], url: "", reportLinks: [] }];
  });
  return {
    ...{ uuid: randomUUID(), name: `dicomweb-conformance ${version}`, timestamp: start },
    ...{ knownTestCaseIds: [], testResults: Object.fromEntries(testResults), metrics: {}, url: "" },
  };
}

/** As Allure makes it of the id of a test case, and of parameters, which a requirement has not. */
function historyIdOf(testCaseId: string): string {
  return [testCaseId, ""].map((text) => createHash("md5").update(text).digest("hex")).join(".");
}
