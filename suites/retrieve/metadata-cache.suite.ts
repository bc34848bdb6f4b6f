import {
  accept,
  expect,
  type Instance,
  instancePath,
  must,
  type Service,
  type ServiceResponse,
  seriesPath,
  statement,
  studyPath,
} from "../words.ts";

function metadataPaths(instance: Instance): string[] {
  return [studyPath(instance), seriesPath(instance), instancePath(instance)].map(
    (path) => `${path}/metadata`,
  );
}

function metadata(service: Service, path: string, ifNoneMatch?: string): Promise<ServiceResponse> {
  return service.get(path, accept.dicomJson, { "If-None-Match": ifNoneMatch });
}

/** The opaque value of the header, quotes and all; "" when there is none. */
function etagOf(response: ServiceResponse): string {
  return response.header("ETag") ?? "";
}

must(
  "RETRIEVE-064",
  {
    title: "metadata carries an ETag that stays the same while nothing changes",
    request: "Retrieve-metadata-of-all-instances-in-study",
    clause: statement("Retrieve Metadata Cache Validation (for Study, Series, or Instance)"),
  },
  async ({ service, instances }) => {
    const instance = instances.minimal();
    await service.given.stored(instance);
    for (const path of metadataPaths(instance)) {
      const first = await metadata(service, path);
      expect(first).toDescribe([instance]);
      expect(etagOf(first), "ETag").not.toBe("");
      expect(await service.retrieve(instance)).toDeliver([instance]);
      for (const again of [await metadata(service, path), await metadata(service, path)]) {
        expect(again).toDescribe([instance]);
        expect(etagOf(again), "ETag of the same metadata").toBe(etagOf(first));
      }
    }
  },
);

must(
  "RETRIEVE-065",
  {
    title: "If-None-Match with the current ETag gives 304 without a body",
    request: "Retrieve-metadata-of-a-single-instance-within-a-series-of-a-study",
    clause: statement("Retrieve Metadata Cache Validation (for Study, Series, or Instance)"),
  },
  async ({ service, instances }) => {
    const instance = instances.minimal();
    await service.given.stored(instance);
    for (const path of metadataPaths(instance)) {
      const current = await metadata(service, path);
      expect(current).toDescribe([instance]);
      expect(await metadata(service, path, etagOf(current))).toAnswer({ status: 304, isEmpty: true });
    }
  },
);

must(
  "RETRIEVE-066",
  {
    title: "If-None-Match with another value gives the metadata with its current ETag",
    request: "Retrieve-metadata-of-a-single-instance-within-a-series-of-a-study",
    clause: statement("Retrieve Metadata Cache Validation (for Study, Series, or Instance)"),
  },
  async ({ service, instances }) => {
    const [instance, other] = [instances.minimal(), instances.minimal()];
    await service.given.stored(instance, other);
    const others = metadataPaths(other);
    for (const [level, path] of metadataPaths(instance).entries()) {
      const current = etagOf(await metadata(service, path));
      const foreign = etagOf(await metadata(service, others[level] ?? path));
      const prefixed = current.replace(/^"?/, "$&1");
      for (const ifNoneMatch of [prefixed, foreign, "nothing-of-the-kind"]) {
        const response = await metadata(service, path, ifNoneMatch);
        expect(response).toDescribe([instance]);
        expect(etagOf(response), `ETag for If-None-Match: ${ifNoneMatch}`).toBe(current);
      }
      expect(current, "ETag").not.toBe("");
    }
  },
);

must(
  "RETRIEVE-067",
  {
    title: "storing another instance changes the ETag of its study and series",
    request: "Retrieve-metadata-of-all-instances-within-a-series",
    clause: statement("Retrieve Metadata Cache Validation (for Study, Series, or Instance)"),
  },
  async ({ service, instances }) => {
    const series = { StudyInstanceUID: instances.uid(), SeriesInstanceUID: instances.uid() };
    const [first, second] = [instances.minimal(series), instances.minimal(series)];
    const paths = [`${studyPath(first)}/metadata`, `${seriesPath(first)}/metadata`];
    await service.given.stored(first);
    const old = new Map<string, string>();
    for (const path of paths) {
      old.set(path, etagOf(await metadata(service, path)));
    }
    await service.given.stored(second);
    for (const [path, etag] of old) {
      const changed = await metadata(service, path, etag);
      expect(changed).toDescribe([first, second]);
      expect(etagOf(changed), "ETag after another instance").not.toBe(etag);
      expect(await metadata(service, path, etagOf(changed))).toAnswer({ status: 304, isEmpty: true });
    }
  },
);
