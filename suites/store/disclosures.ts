import { resultOf } from "../../fixtures/matchers/store.ts";
import { type Discrepancy, excerpt } from "../../fixtures/matchers/violation.ts";
import type { ServiceResponse } from "../words.ts";

/** How stack traces and paths of files look in the languages that servers are written in. */
const internals = [
  /(?:^|[\s>;])at [\w.$<>`[\]]+\.[\w.$<>`[\]]+\(/,
  /^Traceback \(most recent call last\)|^goroutine \d+|panicked at /m,
  /\.(?:cc|cpp|cs|go|java|js|kt|php|py|rb|rs|ts):/,
  /\b[A-Z]:\\\w/,
  /(?:^|[\s"'(])\/(?:app|etc|home|mnt|opt|root|src|srv|tmp|usr|var)\//m,
];

/** What a refusal shows beyond a short message for a person: a result dataset, a stack trace, the path of a file. */
export function disclosures(response: ServiceResponse): Discrepancy[] {
  const { body, text } = response;
  const result = resultOf(response);
  const shown = [
    ["an empty body or a short message", body.length > 2_000],
    ["no stack trace and no path of a file", internals.some((pattern) => pattern.test(text))],
    ["no FailedSOPSequence", result?.["00081198"] !== undefined],
    ["no ReferencedSOPSequence", result?.["00081199"] !== undefined],
  ] as const;
  return shown
    .filter(([, isShown]) => isShown)
    .map(([expected]) => ({ expected, received: `${body.length} bytes: ${excerpt(text)}` }));
}
