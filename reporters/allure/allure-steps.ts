import { Status } from "allure-js-commons";
import type { RuntimeMessage } from "allure-js-commons/sdk";
import type { Exchange } from "../../fixtures/wire/exchange.ts";
import type { Result } from "../../suites/engine/result.ts";
import { exchangeMessages, exchangeSummary } from "./allure-exchange.ts";
import { pictureMessages } from "./allure-pictures.ts";

/** A story as Allure shows it: each step with its status codes, its pictures, and in full the exchanges where it broke. */
export function stepMessages({ steps, exchanges, decisive }: Result): RuntimeMessage[] {
  return steps.flatMap((step) => {
    const own = exchanges.slice(step.first, step.end);
    const start = own[0]?.startedAt ?? 0;
    const stop = own.reduce((end, { startedAt, duration }) => Math.max(end, startedAt + duration), start);
    const evidence = step.isDone
      ? [...exchangeSummary(own), ...pictureMessages(own)]
      : exchangeMessages(own, decisive === undefined ? undefined : decisive - step.first);
    return [
      { type: "step_start", data: { name: `${step.name}: ${statusesOf(own)}`, start } },
      ...evidence,
      { type: "step_stop", data: { status: step.isDone ? Status.PASSED : Status.FAILED, stop } },
    ] satisfies RuntimeMessage[];
  });
}

/** Of the last exchange of each request: what came before it was waited for. */
function statusesOf(exchanges: readonly Exchange[]): string {
  const last = new Map(
    exchanges.map(({ request, response, failure }) => [
      `${request.method} ${request.url}`,
      String(response?.status ?? failure),
    ]),
  );
  return [...last.values()].join(", ");
}
