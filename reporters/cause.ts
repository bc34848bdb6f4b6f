import type { Exchange } from "../fixtures/wire/exchange.ts";
import { decisiveExchangeOf, type Result } from "../suites/engine/result.ts";
import { groupBy } from "./grouping.ts";

/** Requirements that one defect violates: the same was received of the same kind of resource. */
export function groupByCause(results: readonly Result[]): readonly (readonly Result[])[] {
  return [...groupBy(results, causeOf).values()];
}

/** What every run has anew: a text without it can be compared with that of another run. */
export function withoutIdentity(text: string): string {
  return text.replaceAll(/\b2\.25\.\d+/g, "2.25.…").replaceAll(/CONF-\w+/g, "CONF-…");
}

/** The resource that an exchange was about, such as "metadata" or "search", as a reader calls it. */
export function resourceOf({ request: { method, url } }: Exchange): string {
  const path = new URL(url).pathname;
  if (method !== "GET") {
    return `${method} ${/\/(studies|extendedquerytags)\b/.exec(path)?.[1] ?? path}`;
  }
  const [, service] = /\/(changefeed|extendedquerytags|operations)\b/.exec(path) ?? [];
  const [, part] = /\/(metadata|rendered|thumbnail|frames|bulkdata)\b/.exec(path) ?? [];
  return service ?? part ?? (/\/(studies|series|instances)$/.test(path) ? "search" : "retrieve");
}

function causeOf(result: Result): string {
  const exchange = decisiveExchangeOf(result);
  const found = result.discrepancies.map(
    ({ expected, received }) => `${lastPart(expected)} -> ${comparable(received)}`,
  );
  return found.length === 0 || exchange === undefined
    ? `${result.id} ${result.api}`
    : [resourceOf(exchange), ...new Set(found)].sort().join("\n");
}

/** Without the row of a table that it stands in, and without what a server says beside its status. */
function comparable(received: string): string {
  return withoutIdentity(/^\d{3}\b/.exec(received)?.[0] ?? received);
}

function lastPart(expected: string): string {
  return withoutIdentity(expected.slice(expected.lastIndexOf(": ") + 1).trim());
}
