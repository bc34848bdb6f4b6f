import type { RuntimeMessage } from "allure-js-commons/sdk";
import { curlOf } from "../../fixtures/wire/curl.ts";
import { type Exchange, type HeaderList, pathOf, type RecordedBody } from "../../fixtures/wire/exchange.ts";
import { comparisonMessages, storedMessages } from "./allure-pictures.ts";

const exchangeType = "application/vnd.allure.http+json";

/** All exchanges in full, and before them what a picture should have been, and what was stored looks like. @param decisive index of the one that proves the verdict */
export function exchangeMessages(
  exchanges: readonly Exchange[],
  decisive: number | undefined,
): RuntimeMessage[] {
  return [
    ...comparisonMessages(exchanges),
    ...storedMessages(exchanges),
    ...exchanges.map((exchange, index) => exchangeAttachment(exchange, index === decisive)),
  ];
}

/** One exchange for Allure's own viewer; the Authorization header is shown as redacted. */
export function exchangeAttachment(exchange: Exchange, isDecisive: boolean): RuntimeMessage {
  const { request, response, failure, startedAt, duration } = exchange;
  const authorization = request.isAuthorized ? [{ name: "Authorization", value: "__ALLURE_REDACTED__" }] : [];
  const content = {
    schemaVersion: 1,
    request: {
      method: request.method,
      url: request.url,
      headers: [...authorization, ...headersOf(request.headers)],
      body: request.body && bodyOf(request.body, request.headers),
    },
    response: response && {
      status: response.status,
      headers: headersOf(response.headers),
      body: bodyOf(response.body, response.headers),
    },
    error: failure === undefined ? undefined : { message: failure },
    start: startedAt,
    stop: startedAt + duration,
  };
  const name = `${isDecisive ? "decisive: " : ""}${lineOf(exchange)}`;
  return attachment(name, JSON.stringify(content), exchangeType, ".httpexchange");
}

/** A line for each exchange, and the command that repeats it. */
export function exchangeSummary(exchanges: readonly Exchange[]): RuntimeMessage[] {
  const lines = exchanges.flatMap((exchange) => [lineOf(exchange), `  ${curlOf(exchange)}`]);
  return lines.length > 0 ? [attachment("exchanges", lines.join("\n"), "text/plain", ".txt")] : [];
}

function attachment(
  name: string,
  content: string,
  contentType: string,
  fileExtension: string,
): RuntimeMessage {
  const data = { name, content, encoding: "utf8" as const, contentType, fileExtension };
  return { type: "attachment_content", data };
}

function lineOf(exchange: Exchange): string {
  const { request, response, failure } = exchange;
  return `${request.method} ${shortened(pathOf(exchange))} → ${response?.status ?? failure}`;
}

/** A path that is read at a glance; the exchange itself has its UIDs whole. */
function shortened(path: string): string {
  return path.replaceAll(/\b(2\.25\.\d{4})\d{6,}/g, "$1…");
}

function headersOf(headers: HeaderList) {
  return headers.map(([name, value]) => ({ name, value }));
}

function bodyOf(body: RecordedBody, headers: HeaderList) {
  const { size, text, isBinary, isTruncated, isDump = false, picture } = body;
  if (picture !== undefined) {
    return { contentType: picture.mediaType, encoding: "base64", value: picture.base64, size };
  }
  const type = headers.find(([name]) => name.toLowerCase() === "content-type")?.[1];
  return {
    contentType: isBinary ? "text/plain" : type,
    encoding: "utf8",
    value: isBinary && !isDump ? `${type ?? "binary"}, first bytes: ${text}` : text,
    size,
    truncated: isTruncated && !isDump,
  };
}
