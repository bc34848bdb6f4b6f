import type { QueryParameters } from "../../fixtures/client/resources.ts";
import type { Service, ServiceResponse } from "../words.ts";

/**
 * Searches for what is there, again and again for a moment: no document says how soon a search shows it.
 * @param count how many matches there are
 */
export function searchFor(
  service: Service,
  resource: string,
  parameters: QueryParameters,
  count = 1,
): Promise<ServiceResponse> {
  return service.eventually(
    () => service.search(resource, parameters),
    ({ dicomJson }) => dicomJson.datasets.length >= count,
  );
}
