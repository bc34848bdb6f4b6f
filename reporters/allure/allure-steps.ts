import { Status } from "allure-js-commons";
import type { RuntimeMessage } from "allure-js-commons/sdk";
import type { Exchange } from "../../fixtures/wire/exchange.ts";
import type { Result } from "../../suites/engine/result.ts";
import { exchangeAttachment, exchangeSummary } from "./allure-exchange.ts";

type Step = Result["steps"][number];

/** A story as Allure shows it: each step with its status codes, its picture, and in full the exchanges where it broke. */
export function stepMessages({ steps, exchanges, decisive }: Result): RuntimeMessage[] {
  return steps.flatMap((step) => {
    const own = exchanges.slice(step.first, step.end);
    const start = own[0]?.startedAt ?? 0;
    const stop = own.reduce((end, { startedAt, duration }) => Math.max(end, startedAt + duration), start);
    const evidence = step.isDone
      ? exchangeSummary(own)
      : own.map((exchange) => exchangeAttachment(exchange, exchanges.indexOf(exchange) === decisive));
    return [
      { type: "step_start", data: { name: `${step.name}: ${statusesOf(own)}`, start } },
      ...evidence,
      ...pictureOf(step),
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

function pictureOf({ name, picture }: Step): RuntimeMessage[] {
  if (picture === undefined) {
    return [];
  }
  const { mediaType, base64 } = picture;
  const fileExtension = mediaType === "image/png" ? ".png" : ".jpg";
  const data = { name, content: base64, encoding: "base64" as const, contentType: mediaType, fileExtension };
  return [{ type: "attachment_content", data }];
}
