import { resultOf } from "../../fixtures/matchers/store.ts";
import { excerpt } from "../../fixtures/matchers/violation.ts";
import { attribute } from "../../fixtures/wire/dicom-json.ts";
import { expect, type ServiceResponse } from "../words.ts";

/** How stack traces and paths of files look in the languages that servers are written in. */
const internals = [
  /(?:^|[\s>;])at [\w.$<>`[\]]+\.[\w.$<>`[\]]+\(/,
  /^Traceback \(most recent call last\)|^goroutine \d+|panicked at /m,
  /\.(?:cc|cpp|cs|go|java|js|kt|php|py|rb|rs|ts):/,
  /\b[A-Z]:\\\w/,
  /(?:^|[\s"'(])\/(?:app|etc|home|mnt|opt|root|src|srv|tmp|usr|var)\//m,
];

/** A refusal shows no more than a short message for a person: no result dataset, no stack trace, no path of a file. */
export function expectNoDisclosure(response: ServiceResponse): void {
  const { body, text } = response;
  const result = resultOf(response);
  const shown = [
    ["an empty body or a short message", body.length > 2_000],
    ["no stack trace and no path of a file", internals.some((pattern) => pattern.test(text))],
    ["no FailedSOPSequence", attribute(result, "FailedSOPSequence") !== undefined],
    ["no ReferencedSOPSequence", attribute(result, "ReferencedSOPSequence") !== undefined],
  ] as const;
  expect(response).toHaveNo(
    shown
      .filter(([, isShown]) => isShown)
      .map(([expected]) => ({ expected, received: `${body.length} bytes: ${excerpt(text)}` })),
  );
}
