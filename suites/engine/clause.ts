/** Where a requirement is written. */
export interface Clause {
  readonly text: string;
  readonly url: string;
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

/** A heading of Microsoft's conformance statement; of the v2 edition unless said otherwise. */
export function statement(heading: string, edition: "v1" | "v2" = "v2"): Clause {
  const page = edition === "v2" ? "v2-conformance-statement.md" : "conformance-statement.md";
  return microsoft(`Conformance statement ${edition}`, `resources/${page}`, heading);
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

function microsoft(title: string, page: string, heading: string): Clause {
  const anchor = heading
    .toLowerCase()
    .replaceAll(/[^a-z0-9 -]/g, "")
    .replaceAll(" ", "-");
  return {
    text: `${title} > ${heading}`,
    url: `https://github.com/microsoft/dicom-server/blob/main/docs/${page}#${anchor}`,
  };
}
