import { type Exchange, type HeaderList, headerOf, type RecordedBody } from "../fixtures/wire/exchange.ts";

/** Unknown, by HAR 1.2. */
const unknown = -1;

/**
 * Exchanges as an HTTP archive (HAR 1.2), which the developer tools of browsers open. Bodies are there as far as the
 * record keeps them, credentials not at all.
 */
export function harOf(exchanges: readonly Exchange[], version: string) {
  return {
    log: {
      version: "1.2",
      creator: { name: "dicomweb-conformance", version },
      entries: exchanges.map(entryOf),
    },
  };
}

function entryOf(exchange: Exchange) {
  const { startedAt, duration, failure, notes } = exchange;
  const comment = [failure, ...notes].filter((text) => text !== undefined).join("; ");
  return {
    startedDateTime: new Date(startedAt).toISOString(),
    time: duration,
    request: requestOf(exchange.request),
    response: responseOf(exchange.response, failure),
    cache: {},
    timings: { send: 0, wait: duration, receive: 0 },
    ...(comment === "" ? {} : { comment }),
  };
}

function requestOf({ method, url, headers, body }: Exchange["request"]) {
  const parameters = URL.canParse(url) ? [...new URL(url).searchParams] : [];
  return {
    method,
    url,
    httpVersion: "HTTP/1.1",
    cookies: [],
    headers: pairs(headers),
    queryString: pairs(parameters),
    headersSize: unknown,
    bodySize: body?.size ?? 0,
    ...(body === undefined
      ? {}
      : { postData: { mimeType: typeOf(headers), text: body.text, comment: extentOf(body) } }),
  };
}

/** One without status stands for a response that did not come. */
function responseOf(response: Exchange["response"], failure = "") {
  const { status, headers, body } = response ?? { status: 0, headers: [], body: noBody };
  return {
    status,
    statusText: failure,
    httpVersion: "HTTP/1.1",
    cookies: [],
    headers: pairs(headers),
    content: { size: body.size, mimeType: typeOf(headers), ...contentOf(body) },
    redirectURL: headerOf(headers, "Location") ?? "",
    headersSize: unknown,
    bodySize: body.size,
  };
}

const noBody: RecordedBody = { size: 0, text: "", isBinary: false, isTruncated: false };

function contentOf(body: RecordedBody) {
  const { picture, text } = body;
  return picture === undefined
    ? { text, comment: extentOf(body) }
    : { text: picture.base64, encoding: "base64", comment: "all of it" };
}

function extentOf({ isBinary, isTruncated, isDump }: RecordedBody): string {
  if (isDump) {
    return "its attributes, in place of its bytes";
  }
  return [isTruncated ? "the first bytes" : "all of it", isBinary ? "in hexadecimal" : "as text"].join(", ");
}

function typeOf(headers: HeaderList): string {
  return headerOf(headers, "Content-Type") ?? "";
}

function pairs(list: Iterable<readonly [string, string]>) {
  return Array.from(list, ([name, value]) => ({ name, value }));
}
