import { accept, instancePath, seriesPath, studyPath } from "../../fixtures/client/resources.ts";
import type { Service } from "../../fixtures/client/service.ts";
import type { ServiceResponse } from "../../fixtures/client/service-response.ts";
import type { Instance } from "../../fixtures/instances/instance.ts";
import { expect } from "../../fixtures/matchers/expect.ts";
import { statement } from "../engine/clause.ts";
import { requirement } from "../engine/requirement.ts";

const azure = {
  level: "must",
  profile: "azure",
  api: ["v1", "v2"],
  clause: statement("Retrieve Metadata Cache Validation (for Study, Series, or Instance)"),
} as const;
const ofStudy = { ...azure, request: "Retrieve-metadata-of-all-instances-in-study" } as const;
const ofSeries = { ...azure, request: "Retrieve-metadata-of-all-instances-within-a-series" } as const;
const ofInstance = {
  ...azure,
  request: "Retrieve-metadata-of-a-single-instance-within-a-series-of-a-study",
} as const;

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

requirement(
  "RETRIEVE-064",
  { ...ofStudy, title: "metadata carries an ETag that stays the same while nothing changes" },
  async ({ service, instances }) => {
    const instance = instances.minimal();
    await service.given.stored(instance);
    for (const path of metadataPaths(instance)) {
      const first = await metadata(service, path);
      expect(first).toDescribe([instance]);
      expect(etagOf(first), "ETag").not.toBe("");
      expect(await service.readBack(instance)).toDeliver([instance]);
      for (const again of [await metadata(service, path), await metadata(service, path)]) {
        expect(again).toDescribe([instance]);
        expect(etagOf(again), "ETag of the same metadata").toBe(etagOf(first));
      }
    }
  },
);

requirement(
  "RETRIEVE-065",
  { ...ofInstance, title: "If-None-Match with the current ETag gives 304 without a body" },
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

requirement(
  "RETRIEVE-066",
  { ...ofInstance, title: "If-None-Match with another value gives the metadata with its current ETag" },
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

requirement(
  "RETRIEVE-067",
  { ...ofSeries, title: "storing another instance changes the ETag of its study and series" },
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
