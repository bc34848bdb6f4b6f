/** Where a requirement is written. */
export interface Clause {
  readonly text: string;
  readonly url: string;
  /** The same heading in the edition for v1, where there is one. */
  readonly inV1?: Clause;
}

/** The clauses that a reader of a verdict wants: in v1 the edition for v1. */
export function clausesFor(clauses: readonly Clause[], api: string | undefined): readonly Clause[] {
  const shown = clauses.map((clause) => (api === "v1" ? (clause.inV1 ?? clause) : clause));
  const byUrl = new Map(shown.map(({ text, url }) => [url, { text, url }]));
  return [...byUrl.values()];
}

/** A section of DICOM PS3.18 (Web Services), such as "10.5.3.1" or "F.2.2". */
export function ps3_18(section: string): Clause {
  return { text: `PS3.18 ${section}`, url: `${standard}part18.html#sect_${section}` };
}

/** A section of another part of the standard, such as ("PS3.5", "9.1"). */
export function dicom(part: `PS3.${number}`, section: string): Clause {
  return {
    text: `${part} ${section}`,
    url: `${standard}part${part.slice(4).padStart(2, "0")}.html#sect_${section}`,
  };
}

/** A section of an RFC. */
export function rfc(number: number, section: string): Clause {
  return {
    text: `RFC ${number} ${section}`,
    url: `https://www.rfc-editor.org/rfc/rfc${number}#section-${section}`,
  };
}

/** Headings that the statement has in its v2 edition only. */
const onlyInV2 = new Set([
  "Store Required Attributes",
  "Store Changes From V1",
  "Store Warning Reason Codes",
  "Search Changes From V1",
]);

/** A heading of Microsoft's conformance statement; without an edition that of v2, and in v1 the same heading there. */
export function statement(heading: string, edition?: "v1"): Clause {
  const inV1 = microsoft("Conformance statement v1", "resources/conformance-statement.md", heading);
  if (edition === "v1") {
    return inV1;
  }
  const clause = microsoft("Conformance statement v2", "resources/v2-conformance-statement.md", heading);
  return onlyInV2.has(heading) ? clause : { ...clause, inV1 };
}

export function changeFeedGuide(heading: string): Clause {
  return microsoft("Change feed", "concepts/change-feed.md", heading);
}

export function extendedQueryTagGuide(heading: string): Clause {
  return microsoft("Extended query tags", "concepts/extended-query-tags.md", heading);
}

export function dataPartitionGuide(heading: string): Clause {
  return microsoft("Data partitions", "concepts/data-partitions.md", heading);
}

export function versioningGuide(heading: string): Clause {
  return microsoft("API versioning", "api-versioning.md", heading);
}

export function authenticationGuide(heading: string): Clause {
  return microsoft(
    "Authentication with tokens",
    "how-to-guides/enable-authentication-with-tokens.md",
    heading,
  );
}

export function authorizationGuide(heading: string): Clause {
  return microsoft("Authorization", "how-to-guides/enable-authorization.md", heading);
}

export function rolesGuide(heading: string): Clause {
  return microsoft("Roles", "development/roles.md", heading);
}

const standard = "https://dicom.nema.org/medical/dicom/current/output/html/";

/** The branch with the documents: Microsoft has taken them out of main. */
const documents = "https://github.com/microsoft/dicom-server/blob/archived/docs/";

function microsoft(title: string, page: string, heading: string): Clause {
  const anchor = heading
    .toLowerCase()
    .replaceAll(/[^a-z0-9 -]/g, "")
    .replaceAll(" ", "-");
  return {
    text: `${title} > ${heading}`,
    url: `${documents}${page}#${anchor}`,
  };
}
