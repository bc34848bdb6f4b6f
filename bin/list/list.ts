import type { Endpoint } from "../../fixtures/client/endpoint.ts";
import { openConfigured } from "../../fixtures/targets/configured.ts";
import { excludedOf } from "../../suites/engine/exclusion.ts";
import { applies } from "../../suites/engine/judge.ts";
import { loadRequirements } from "../../suites/engine/load.ts";
import type { RequirementText } from "../../suites/engine/result.ts";
import { select } from "../../suites/engine/selection.ts";
import { wireRequirement } from "../../suites/engine/wire.ts";
import type { ListOptions } from "./command.ts";

/** Prints what would be judged; nothing is started and nothing sent. @returns the exit code */
export async function list(options: ListOptions): Promise<number> {
  const all = [...(await loadRequirements()), wireRequirement];
  const excluded = excludedOf(all, options.exclude);
  const selected = select(all, options.suite, options.requirement).map((requirement) => {
    const reason = excluded.get(requirement.id);
    return reason === undefined ? requirement : { ...requirement, skipped: `excluded: ${reason}` };
  });
  const planned = plannedAt(endpointsOf(options), selected);
  console.log(options.json ? JSON.stringify(planned, undefined, 2) : linesOf(planned).join("\n"));
  return 0;
}

function endpointsOf({ url, apiVersion, profile }: ListOptions): readonly Endpoint[] {
  if (url !== undefined) {
    return openConfigured(url, apiVersion, profile).endpoints;
  }
  const versions = apiVersion === undefined ? (["v1", "v2"] as const) : [apiVersion];
  return versions.map((api) => ({ baseUrl: "", api, profile }));
}

function plannedAt(endpoints: readonly Endpoint[], requirements: readonly RequirementText[]) {
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

function linesOf(planned: ReturnType<typeof plannedAt>): string[] {
  const lines = planned.map(({ id, level, suite, api, title, skipped }) => {
    const reason = skipped ? ` (skipped: ${skipped})` : "";
    return `${id.padEnd(15)} ${level.padEnd(6)} ${api.join(" ").padEnd(5)} ${suite.padEnd(19)} ${title}${reason}`;
  });
  return [...lines, lines.length === 1 ? "1 requirement" : `${lines.length} requirements`];
}
