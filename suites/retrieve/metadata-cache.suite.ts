import { checkRows, expect, must, not, seriesPath, studyPath, text } from "../words.ts";
import { pathsOf } from "./paths.ts";
import { cacheValidation, etagOf, revalidate } from "./validators.ts";

must(
  "RETRIEVE-064",
  {
    title: "metadata carries an ETag that stays the same while nothing changes",
    request: "Retrieve-metadata-of-all-instances-in-study",
    clause: cacheValidation,
  },
  async ({ service, instances }) => {
    const instance = instances.minimal();
    await service.given.stored(instance);

    await checkRows(pathsOf(instance), async (path) => {
      const first = await service.metadata(path);
      expect(first).toDescribe([instance]);
      expect(first).toHold("ETag", etagOf(first), text);
      expect(await service.retrieve(instance)).toDeliver([instance]);
      await checkRows(["once more", "and again"], async () => {
        const again = await service.metadata(path);
        expect(again).toDescribe([instance]);
        expect(again).toHold("ETag of the same metadata", etagOf(again), etagOf(first));
      });
    });
  },
);

must(
  "RETRIEVE-065",
  {
    title: "If-None-Match with the current ETag gives 304 without a body",
    request: "Retrieve-metadata-of-a-single-instance-within-a-series-of-a-study",
    clause: cacheValidation,
  },
  async ({ service, instances }) => {
    const instance = instances.minimal();
    await service.given.stored(instance);

    await checkRows(pathsOf(instance), async (path) => {
      const current = await service.metadata(path);
      expect(current).toDescribe([instance]);
      expect(await revalidate(service, path, etagOf(current))).toAnswer({ status: 304, isEmpty: true });
    });
  },
);

must(
  "RETRIEVE-066",
  {
    title: "If-None-Match with another value gives the metadata with its current ETag",
    request: "Retrieve-metadata-of-a-single-instance-within-a-series-of-a-study",
    clause: cacheValidation,
  },
  async ({ service, instances }) => {
    const [instance, other] = [instances.minimal(), instances.minimal()];
    await service.given.stored(instance, other);
    const pathsOfOther = new Map(Object.entries(pathsOf(other)));

    await checkRows(pathsOf(instance), async (path, level) => {
      const current = await service.metadata(path);
      expect(current).toHold("ETag", etagOf(current), text);

      const others = {
        "the current one behind a 1": etagOf(current)?.replace(/^"?/, "$&1"),
        "that of another": etagOf(await service.metadata(pathsOfOther.get(level) ?? path)),
        "nothing of the kind": "nothing-of-the-kind",
      };
      await checkRows(others, async (ifNoneMatch) => {
        const response = await revalidate(service, path, ifNoneMatch);
        expect(response).toDescribe([instance]);
        expect(response).toHold("ETag", etagOf(response), etagOf(current));
      });
    });
  },
);

must(
  "RETRIEVE-067",
  {
    title: "storing another instance changes the ETag of its study and series",
    request: "Retrieve-metadata-of-all-instances-within-a-series",
    clause: cacheValidation,
  },
  async ({ service, instances }) => {
    const series = { StudyInstanceUID: instances.uid(), SeriesInstanceUID: instances.uid() };
    const [first, second] = [instances.minimal(series), instances.minimal(series)];
    await service.given.stored(first);
    const [study, seriesAlone] = [studyPath(first), seriesPath(first)];
    const before = {
      study: { path: study, etag: etagOf(await service.metadata(study)) },
      series: { path: seriesAlone, etag: etagOf(await service.metadata(seriesAlone)) },
    };
    await service.given.stored(second);

    await checkRows(before, async ({ path, etag }) => {
      const changed = await revalidate(service, path, etag);
      expect(changed).toDescribe([first, second]);
      expect(changed).toHold("ETag after another instance", etagOf(changed), not(etag));
      expect(await revalidate(service, path, etagOf(changed))).toAnswer({ status: 304, isEmpty: true });
    });
  },
);
