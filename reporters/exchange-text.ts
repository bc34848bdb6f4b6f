import type { Exchange, HeaderList, RecordedBody } from "../fixtures/wire/exchange.ts";
import { quoted } from "../fixtures/wire/quote.ts";

/** Characters: a report of hundreds of violations must stay one that tools open. */
const longest = 6_000;

/** Request and response as plain text, without credentials, for reports that have no viewer of their own. */
export function exchangeText({ request, response, failure }: Exchange): string {
  const lines = [
    `> ${request.method} ${request.url}`,
    ...partsOf(">", request.headers, request.body),
    ...(response === undefined
      ? [`< ${failure ?? "no response"}`]
      : [`< ${response.status}`, ...partsOf("<", response.headers, response.body)]),
  ];
  return quoted(lines.join("\n"), longest);
}

function partsOf(mark: string, headers: HeaderList, body: RecordedBody | undefined): string[] {
  const lines = headers.map(([name, value]) => `${mark} ${name}: ${value}`);
  return body === undefined || body.size === 0 ? lines : [...lines, mark, ...shownOf(body, longest / 3)];
}

function shownOf({ size, text, isBinary, isTruncated }: RecordedBody, most: number): string[] {
  const shown = text.replaceAll("\r\n", "\n").slice(0, most);
  const isWhole = !isTruncated && text.length <= most;
  return [
    shown,
    ...(isWhole ? [] : [`… (the begin of ${size} bytes${isBinary ? ", in hexadecimal digits" : ""})`]),
  ];
}
