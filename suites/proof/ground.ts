import type { ApiVersion, Endpoint, Profile } from "../../fixtures/client/endpoint.ts";
import { defaultPartition } from "../../fixtures/reference-server/archive/partitions.ts";
import { applies } from "../engine/judge.ts";
import type { Requirement } from "../engine/requirement.ts";
import type { ProvingFault } from "./fault.ts";

/** What kind of server a fault can be seen at: one that asks for nothing, for tokens, or for a data partition. */
export type ServerKind = "open" | "secured" | "partitioned";

/** Where a fault is tried. */
export interface Ground {
  readonly server: ServerKind;
  readonly api: ApiVersion;
  readonly profile: Profile;
}

/** Each version in the profile that asks for everything, and the other profile in the version that it shares. */
export const perspectives: readonly Omit<Ground, "server">[] = [
  { api: "v2", profile: "azure" },
  { api: "v1", profile: "azure" },
  { api: "v2", profile: "dicomweb" },
];

/** Where a fault is tried against every requirement: one that another kind of server has is a rare one. */
export function isSearched({ server, api, profile }: Ground): boolean {
  return server === "open" || (api === "v2" && profile === "azure");
}

/** As people write it: `azure v2`. */
export function nameOf({ api, profile }: Omit<Ground, "server">): string {
  return `${profile} ${api}`;
}

export function serverKindOf(
  { noticedBy, hasPartitions }: ProvingFault,
  requirements: readonly Requirement[],
): ServerKind {
  if (hasPartitions) {
    return "partitioned";
  }
  const isOfSecurity = requirements.some(({ id, suite }) => suite === "authorize" && noticedBy.includes(id));
  return isOfSecurity ? "secured" : "open";
}

/** The requirements that hold there; the collection's story is told elsewhere, because any fault may stop it. */
export function judgedAt(
  ground: Omit<Ground, "server">,
  requirements: readonly Requirement[],
): Requirement[] {
  return requirements.filter(
    (requirement) => requirement.suite !== "collection" && applies(requirement, endpointAt("", ground)),
  );
}

export function endpointAt(url: string, ground: Omit<Ground, "server"> & Partial<Ground>): Endpoint {
  const { api, profile, server } = ground;
  const partition = server === "partitioned" ? `/partitions/${defaultPartition}` : "";
  return { baseUrl: `${url}/${api}${partition}`, api, profile };
}
