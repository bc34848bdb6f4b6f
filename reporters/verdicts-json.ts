import { type Exchange, pathOf } from "../fixtures/wire/exchange.ts";
import type { Result } from "../suites/engine/result.ts";
import { insecureWarning, type RunRecord } from "./record.ts";

/** The machine's report; its schema is in the README. */
export function verdictsJson(record: RunRecord): string {
  const { version, target, profile, isStrict, startedAt, duration, outcome, results, baseline } = record;
  return `${JSON.stringify(
    {
      schema: 1,
      suite: { name: "dicomweb-conformance", version },
      target: { name: target, profile, api: [...new Set(results.map(({ api }) => api ?? null))] },
      strict: isStrict,
      ...(record.shard ? { shard: record.shard } : {}),
      ...(record.isInsecure ? { warning: insecureWarning } : {}),
      startedAt: startedAt.toISOString(),
      durationMilliseconds: duration,
      exitCode: outcome.exitCode,
      outcome: outcome.sentence,
      baseline: baseline ?? null,
      ...(record.changes
        ? { changes: record.changes.map((change) => ({ ...change, api: change.api ?? null })) }
        : {}),
      verdicts: results.map(verdictOf),
    },
    undefined,
    2,
  )}\n`;
}

function verdictOf(result: Result) {
  const { id, title, suite, request, level, profile, api, verdict, reason, clauses, notes, leftovers } =
    result;
  return {
    id,
    title,
    suite,
    request,
    level,
    profile,
    api: api ?? null,
    verdict,
    reason: reason ?? null,
    known: result.known ?? null,
    excluded: result.excluded ?? null,
    clause: clauses.map(({ text }) => text).join("; "),
    links: clauses.map(({ url }) => url),
    notes,
    leftovers,
    durationMilliseconds: result.duration,
    exchanges: result.exchanges.map(exchangeOf),
    decisiveExchange: result.decisive ?? null,
  };
}

function exchangeOf(exchange: Exchange) {
  const { request, response, failure } = exchange;
  return {
    method: request.method,
    path: pathOf(exchange),
    status: response?.status ?? null,
    failure: failure ?? null,
  };
}
