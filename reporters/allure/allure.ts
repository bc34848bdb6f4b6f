import {
  type Label,
  LabelName,
  type Link,
  LinkType,
  Severity,
  Status,
  type TestResult,
} from "allure-js-commons";
import type { RuntimeMessage } from "allure-js-commons/sdk";
import type { Level, Result, Verdict } from "../../suites/engine/result.ts";
import { nameOf } from "../baseline.ts";
import { type Change, dateOf } from "../history/changes.ts";
import { insecureWarning, type RunRecord } from "../record.ts";
import { descriptionOf } from "./allure-description.ts";
import { exchangeMessages, exchangeSummary } from "./allure-exchange.ts";
import { attachServiceLogs } from "./allure-logs.ts";
import type { StatusWords } from "./allure-page.ts";
import { pictureMessages } from "./allure-pictures.ts";
import { stepMessages } from "./allure-steps.ts";
import { ResultWriter, removeLabels } from "./result-writer.ts";

/**
 * Writes what a run has judged for the Allure command. Allure is a view, never the verdict: results come to it whole,
 * when all is judged. Violations carry every exchange in full, the rest a line for each.
 */
export function writeAllureResults(
  { results, target, profile, version, shard, isInsecure, changes = [], serviceLogs = [] }: RunRecord,
  resultsDir: string,
): void {
  const environmentInfo = {
    Target: target,
    Profile: profile,
    Version: version,
    ...(shard ? { Shard: `${shard.number} of ${shard.count}, not the whole run` } : {}),
    ...(isInsecure ? { Warning: insecureWarning } : {}),
  };
  const writer = new ResultWriter({ resultsDir, environmentInfo, finish: applyVerdict });
  for (const result of results.map((each) => withChange(each, changes))) {
    writer.add({
      name: [result.id, result.api].filter(Boolean).join(" "),
      filepath: `suites/${result.suite}`,
      messages: messagesFor(result),
      startTime: result.exchanges[0]?.startedAt,
      duration: result.duration,
    });
  }
  attachServiceLogs(serviceLogs, resultsDir);
}

/** The result with a note of what it was before, where that has changed. */
function withChange(result: Result, changes: readonly Change[]): Result {
  const change = changes.find((each) => nameOf(each) === nameOf(result));
  return change === undefined
    ? result
    : {
        ...result,
        notes: [`${change.kind} since ${dateOf(change.since)}, "${change.before}" then`, ...result.notes],
      };
}

const severity: Readonly<Record<Level, Severity>> = {
  must: Severity.CRITICAL,
  should: Severity.NORMAL,
  may: Severity.MINOR,
};

/** Three things a reader must tell apart have three colours: the service, this run, and what does not apply. */
export const status: Readonly<Record<Verdict, Status>> = {
  conforms: Status.PASSED,
  violates: Status.FAILED,
  warns: Status.BROKEN,
  "not supported": Status.SKIPPED,
  skipped: Status.SKIPPED,
  inconclusive: "unknown" as Status,
};

/** What the page calls them; what is not supported has a category of its own. */
export const verdictWords: StatusWords = {
  passed: "conforms",
  failed: "violates",
  broken: "warns",
  skipped: "skipped",
  unknown: "inconclusive",
};

const verdictLabel = "verdict";
const reasonLabel = "reason";
const knownLabel = "known deviation";

function messagesFor(result: Result): RuntimeMessage[] {
  if (result.steps.length > 0) {
    return [{ type: "metadata", data: metadataOf(result) }, ...stepMessages(result)];
  }
  const attached = result.verdict === "violates" || result.verdict === "warns";
  return [
    { type: "metadata", data: metadataOf(result) },
    ...(attached
      ? exchangeMessages(result.exchanges, result.decisive)
      : [...exchangeSummary(result.exchanges), ...pictureMessages(result.exchanges)]),
  ];
}

function metadataOf(result: Result) {
  const { id, title, suite, request, level, profile, api, verdict, reason, clauses } = result;
  const labels: Label[] = [
    { name: LabelName.EPIC, value: suite },
    { name: LabelName.FEATURE, value: request },
    { name: LabelName.STORY, value: `${id} ${title}` },
    { name: LabelName.SEVERITY, value: severity[level] },
    { name: "level", value: level },
    { name: "profile", value: profile },
    { name: verdictLabel, value: verdict },
    ...(api ? [{ name: "api", value: api }] : []),
    ...(result.known === undefined ? [] : [{ name: knownLabel, value: result.known }]),
    ...(reason ? [{ name: reasonLabel, value: reason }] : []),
  ];
  const links: Link[] = clauses.map(({ text, url }) => ({ name: text, url, type: LinkType.DEFAULT }));
  return {
    displayName: `${id} ${title}`,
    testCaseId: nameOf(result),
    labels,
    links,
    descriptionHtml: descriptionOf(result),
  };
}

/** Gives the written result the status of its verdict, and the reason that allure-vitest drops. */
function applyVerdict(test: TestResult): void {
  const verdict = test.labels.find(({ name }) => name === verdictLabel)?.value as Verdict | undefined;
  if (verdict === undefined) {
    return;
  }
  test.status = status[verdict];
  const reason = test.labels.find(({ name }) => name === reasonLabel)?.value;
  const known = test.labels.find(({ name }) => name === knownLabel)?.value;
  const prefix = known === undefined ? "" : `known (${known}), `;
  test.statusDetails = reason ? { message: `${prefix}${verdict}: ${reason}` } : {};
  removeLabels(test, reasonLabel);
}
