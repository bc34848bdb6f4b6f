import type { RequirementText } from "../engine/result.ts";
import type { ProvingFault } from "./fault.ts";
import { sentenceOf, type Unproven } from "./unproven.ts";

/** The table of all requirements by suite, as Markdown; each with the faults that prove that it can fail. */
export function coverageTable(
  requirements: readonly RequirementText[],
  faults: readonly ProvingFault[],
  unproven: Unproven,
): string {
  const suites = [...new Set(requirements.map(({ suite }) => suite))];
  const judged = requirements.filter(({ skipped }) => skipped === undefined);
  return [
    "# What is checked",
    "",
    "Made from the code by `npm run document`; a test fails when it is stale.",
    "",
    `${judged.length} requirements are judged, ${requirements.length - judged.length} are listed with the reason why not;` +
      ` ${faults.length} faults of the reference server prove that they can fail.`,
    "",
    sentenceOf(unproven),
    "",
    "## What is not judged, and why",
    "",
    "| id | what the service does | why it is not judged |",
    "| --- | --- | --- |",
    ...requirements
      .filter(({ skipped }) => skipped !== undefined)
      .map(({ id, title, skipped = "" }) => `| ${id} | ${escapeCell(title)} | ${escapeCell(skipped)} |`),
    "",
    "No requirement is about these yet, nor about who may use them: thumbnails, bulk data by URI, data partitions beyond" +
      " store and delete, workitems (UPS-RS), bulk update, export, DICOMcast, and what only the managed service has (events, quotas, expiry, customer-managed keys).",
    ...suites.flatMap((suite) =>
      sectionOf(
        suite,
        requirements.filter((requirement) => requirement.suite === suite),
        faults,
      ),
    ),
    "",
  ].join("\n");
}

function sectionOf(
  suite: string,
  requirements: readonly RequirementText[],
  faults: readonly ProvingFault[],
): string[] {
  const sorted = [...requirements].sort((a, b) => a.id.localeCompare(b.id));
  return [
    "",
    `## ${suite}`,
    "",
    "| id | what the service does | level | profile | versions | written in | noticed faults |",
    "| --- | --- | --- | --- | --- | --- | --- |",
    ...sorted.map((requirement) => rowOf(requirement, faults)),
  ];
}

function rowOf(requirement: RequirementText, faults: readonly ProvingFault[]): string {
  const { id, title, level, profile, api, clauses, skipped } = requirement;
  const noticed = faults.filter(({ noticedBy }) => noticedBy.includes(id)).map(({ name }) => name);
  const proof = skipped === undefined ? noticed.join("; ") : `*not judged: ${skipped}*`;
  const links = clauses.map(({ text, url }) => `[${escapeCell(text)}](${url})`).join(", ");
  return `| ${[id, escapeCell(title), level, profile, api.join(", "), links, escapeCell(proof)].join(" | ")} |`;
}

function escapeCell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("<", "&lt;");
}
