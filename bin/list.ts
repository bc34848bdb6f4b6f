import type { Endpoint } from "../fixtures/client/endpoint.ts";
import { applies } from "../suites/engine/judge.ts";
import type { RequirementText } from "../suites/engine/result.ts";

/** What would run, for a person. */
export function listForPeople(
  requirements: readonly RequirementText[],
  endpoints: readonly Endpoint[],
): string {
  const lines = planned(requirements, endpoints).map(({ id, level, suite, api, title, skipped }) => {
    const reason = skipped ? ` (skipped: ${skipped})` : "";
    return `${id.padEnd(15)} ${level.padEnd(6)} ${api.join(" ").padEnd(5)} ${suite.padEnd(19)} ${title}${reason}`;
  });
  return [...lines, lines.length === 1 ? "1 requirement" : `${lines.length} requirements`].join("\n");
}

/** What would run, for machines: an array of objects. */
export function listForMachines(
  requirements: readonly RequirementText[],
  endpoints: readonly Endpoint[],
): string {
  return JSON.stringify(planned(requirements, endpoints), undefined, 2);
}

function planned(requirements: readonly RequirementText[], endpoints: readonly Endpoint[]) {
  return requirements
    .filter((requirement) => endpoints.some((endpoint) => applies(requirement, endpoint)))
    .map(({ id, title, suite, request, level, profile, api, clauses, skipped }) => ({
      id,
      title,
      suite,
      request,
      level,
      profile,
      api: api.filter((version) => endpoints.some((endpoint) => (endpoint.api ?? version) === version)),
      clause: clauses.map((clause) => clause.text).join("; "),
      skipped,
    }));
}
