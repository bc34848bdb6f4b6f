import type { Endpoint } from "../../fixtures/client/endpoint.ts";
import { holdsDicomJson } from "../../fixtures/client/service-response.ts";
import { acceptedBreaches, receivedOf } from "../../fixtures/matchers/breaches.ts";
import type { Breach } from "../../fixtures/wire/breach.ts";
import { type Exchange, headerOf, pathOf } from "../../fixtures/wire/exchange.ts";
import { ps3_18, rfc } from "./clause.ts";
import type { RequirementText, Result } from "./result.ts";

/** The one requirement that no check of its own judges: it looks at everything that passed. */
export const wireRequirement: RequirementText = {
  id: "WIRE-001",
  title:
    "every DICOM JSON and every multipart body that passed in the run is well formed, whichever check asked for it",
  suite: "wire",
  request: "(every request)",
  level: "must",
  profile: "dicomweb",
  api: ["v1", "v2"],
  clauses: [ps3_18("F.2"), rfc(2046, "5.1.1")],
};

const shown = 10;
/** Bodies that must have passed before silence says that they are well formed. */
const fewest = 5;

/** Judges the bodies of all exchanges of one endpoint. */
export function judgeWire(
  results: readonly Result[],
  { api, profile }: Pick<Endpoint, "api" | "profile">,
): Result {
  const exchanges = results.filter((result) => result.api === api).flatMap((result) => result.exchanges);
  const accepted = acceptedBreaches[profile];
  const breaching = exchanges.flatMap((exchange) =>
    exchange.breaches.filter(({ kind }) => !(kind in accepted)).map((breach) => ({ exchange, breach })),
  );
  const notes = exchanges
    .flatMap(({ breaches }) => breaches.map(({ kind }) => accepted[kind]))
    .filter((note) => note !== undefined);
  const discrepancies = breaching
    .slice(0, shown)
    .map(({ exchange, breach }) => discrepancyOf(exchange, breach));
  const judged = exchanges.filter(isJudged).length;
  const verdict = breaching.length > 0 ? "violates" : judged < fewest ? "inconclusive" : "conforms";
  return {
    ...wireRequirement,
    api,
    verdict,
    reason:
      verdict === "conforms"
        ? undefined
        : discrepancies
            .map(({ expected, received }) => `expected ${expected}; received ${received}`)
            .join("\n") ||
          `it looks at the bodies that the other requirements receive: ${judged} came, of ${fewest} that it needs`,
    discrepancies,
    notes: [...new Set(notes)],
    exchanges: [...new Set(breaching.map(({ exchange }) => exchange))].slice(0, shown),
    decisive: breaching.length > 0 ? 0 : undefined,
    steps: [],
    created: [],
    leftovers: [],
    duration: 0,
  };
}

function discrepancyOf(exchange: Exchange, breach: Breach) {
  const [path] = pathOf(exchange).split("?");
  return {
    expected: `${breach.expected} (${breach.clause})`,
    received: `${receivedOf(breach)}, in the answer to ${exchange.request.method} ${path}`,
  };
}

/** Whether a response has a body of the kinds that are looked at. */
function isJudged({ response }: Exchange): boolean {
  if (response === undefined || response.status >= 300 || response.body.size === 0) {
    return false;
  }
  const type = headerOf(response.headers, "Content-Type") ?? "";
  return /^(multipart\/related|application\/dicom\+json)\b/i.test(type) || holdsDicomJson(response.body.text);
}
