import type { Endpoint } from "../fixtures/client/service.ts";
import { applies } from "../suites/judge.ts";
import type { Requirement } from "../suites/requirement.ts";

/** What would run, for a person. */
export function listForPeople(requirements: readonly Requirement[], endpoints: readonly Endpoint[]): string {
  const lines = planned(requirements, endpoints).map(({ id, level, suite, api, title, skipped }) => {
    const reason = skipped ? ` (skipped: ${skipped})` : "";
    return `${id.padEnd(15)} ${level.padEnd(6)} ${api.join(" ").padEnd(5)} ${suite.padEnd(19)} ${title}${reason}`;
  });
  return [...lines, `${lines.length} requirements`].join("\n");
}

/** What would run, for machines: an array of objects. */
export function listForMachines(
  requirements: readonly Requirement[],
  endpoints: readonly Endpoint[],
): string {
  return JSON.stringify(planned(requirements, endpoints), undefined, 2);
}

function planned(requirements: readonly Requirement[], endpoints: readonly Endpoint[]) {
  return requirements
    .map(({ check: _, clauses, ...text }) => ({
      ...text,
      api: text.api.filter((api) =>
        endpoints.some((endpoint) => endpoint.api === api || endpoint.api === undefined),
      ),
      clause: clauses.map((clause) => clause.text).join("; "),
    }))
    .filter((_, index) => {
      const requirement = requirements[index];
      return requirement && endpoints.some((endpoint) => applies(requirement, endpoint));
    });
}
