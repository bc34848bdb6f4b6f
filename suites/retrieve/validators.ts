import {
  accept,
  checkRows,
  expect,
  given,
  not,
  type Scenario,
  type Service,
  type ServiceResponse,
  seriesPath,
  statement,
  studyPath,
  text,
} from "../words.ts";

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
async function givenETag(service: Service, path: string): Promise<string> {
  const response = await service.metadata(path);
  const etag = etagOf(response);
  given(response, "RETRIEVE-064").toHold("ETag", etag, text);
  return etag ?? "";
}

/** The validators of the metadata at some paths. */
export async function etagsOf(
  service: Service,
  paths: Readonly<Record<string, string>>,
): Promise<ReadonlyMap<string, string>> {
  const etags = new Map<string, string>();
  for (const path of Object.values(paths)) {
    etags.set(path, await givenETag(service, path));
  }
  return etags;
}

/** Whichever of its instances is deleted, a study or series shows what is left of it with another ETag. */
export async function expectETagsToFollowDeletes({ service, instances }: Scenario): Promise<void> {
  const deletions = { "the older of two is deleted": 0, "the newer of two is deleted": 1 } as const;
  await checkRows(deletions, async (index) => {
    const series = { StudyInstanceUID: instances.uid(), SeriesInstanceUID: instances.uid() };
    const both = [instances.minimal(series), instances.minimal(series)] as const;
    for (const instance of both) {
      await service.given.stored(instance);
    }
    const remaining = both[1 - index] ?? both[0];
    const paths = { study: studyPath(remaining), series: seriesPath(remaining) };
    const etags = await etagsOf(service, paths);
    await service.given.deleted(both[index]);

    await checkRows(paths, async (path) => {
      const changed = await revalidate(service, path, etags.get(path));
      expect(changed).toDescribe([remaining]);
      expect(changed).toHold("ETag after a delete", etagOf(changed), not(etags.get(path)));
    });
  });
}
