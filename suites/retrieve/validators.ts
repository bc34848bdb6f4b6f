import { accept, given, type Service, type ServiceResponse, statement, text } from "../words.ts";

export const cacheValidation = statement(
  "Retrieve Metadata Cache Validation (for Study, Series, or Instance)",
);

/** @param etag undefined asks without If-None-Match */
export function revalidate(
  service: Service,
  path: string,
  etag: string | undefined,
): Promise<ServiceResponse> {
  return service.metadata(path, accept.dicomJson, { "If-None-Match": etag });
}

/** The opaque value of the header, quotes and all. */
export function etagOf(response: ServiceResponse): string | undefined {
  return response.header("ETag");
}

/** The validator of metadata that was just read; without one there is nothing to be validated. */
export async function givenETag(service: Service, path: string): Promise<string> {
  const response = await service.metadata(path);
  const etag = etagOf(response);
  given(response, "RETRIEVE-064").toHold("ETag", etag, text);
  return etag ?? "";
}
