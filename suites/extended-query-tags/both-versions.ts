import { expect, type Service } from "../words.ts";

/**
 * For what is done through one version and seen through the other: Microsoft's code answers 400 for a version that it
 * does not serve.
 * @returns the service through the other version
 */
export async function requireBothVersions(service: Service): Promise<Service> {
  const other = service.through(service.endpoint.api === "v1" ? "v2" : "v1");
  expect(await other.search("/studies", { limit: 1 })).toBeOffered({
    status: [400, 404],
    ends: "skipped",
    because: "the service is reached through one of its versions only",
  });
  return other;
}
