import { resolvedUrl, urlDiscrepancies } from "../../fixtures/matchers/store.ts";
import { type Dataset, text } from "../../fixtures/wire/dicom-json.ts";
import { expect, type ServiceResponse } from "../words.ts";

/**
 * The RetrieveURL in a store answer leads to what was stored; PS3.18 I.1 leaves it to a server whether there is one.
 * @param dataset the answer, or one of its items
 * @returns the absolute URL
 */
export function expectRetrieveUrl(
  response: ServiceResponse,
  dataset: Dataset | undefined,
  path: string,
): string | undefined {
  const url = resolvedUrl(response, text(dataset, "RetrieveURL"));
  if (url !== undefined || response.profile === "azure") {
    expect(response).toHaveNo(urlDiscrepancies(url, path));
  }
  return url;
}
