import {
  type AnswerTolerance,
  came,
  checkRows,
  expect,
  must,
  not,
  seriesPath,
  should,
  statement,
  studyPath,
} from "../words.ts";
import { pathsOf } from "./paths.ts";
import { cacheValidation, etagOf, etagsOf, expectETagsToFollowDeletes, revalidate } from "./validators.ts";

must(
  "RETRIEVE-068",
  {
    title: "deleting an instance changes the ETag of its study and series",
    request: "Retrieve-metadata-of-all-instances-within-a-series",
    clause: cacheValidation,
  },
  expectETagsToFollowDeletes,
);

should(
  "RETRIEVE-069",
  {
    title: "what changes elsewhere leaves an ETag alone",
    request: "Retrieve-metadata-of-all-instances-within-a-series",
    clause: cacheValidation,
  },
  async ({ service, instances }) => {
    const study = { StudyInstanceUID: instances.uid() };
    const [instance, other] = [instances.minimal(study), instances.minimal()];
    await service.given.stored(instance, other);
    const ofInstance = pathsOf(instance);
    const elsewhere = { "another study": studyPath(other), "a series of it": seriesPath(other) };
    const paths = { ...elsewhere, series: ofInstance.series, instance: ofInstance.instance };
    const etags = await etagsOf(service, paths);
    const expectSame = (unchanged: Readonly<Record<string, string>>) =>
      checkRows(unchanged, async (path) => {
        expect(await revalidate(service, path, etags.get(path))).toAnswer({ status: 304, isEmpty: true });
      });

    const inAnotherSeries = instances.minimal(study);
    await service.given.stored(inAnotherSeries);
    await checkRows({ "an instance in another series of the study": paths }, expectSame);
    await service.given.deleted(inAnotherSeries);
    await checkRows({ "its deletion": paths }, expectSame);
    await service.given.stored(
      instances.minimal({ ...study, SeriesInstanceUID: instance.seriesInstanceUid }),
    );
    const { series: _, ...besides } = paths;
    await checkRows({ "an instance in the same series": besides }, expectSame);
  },
);

const sameContent: AnswerTolerance = {
  status: 304,
  because: "an ETag that is made of the content comes again with the same content",
};

should(
  "RETRIEVE-071",
  {
    title: "an ETag does not outlive what it is about",
    request: "Retrieve-metadata-of-all-instances-in-study",
    clause: [cacheValidation, statement("Retrieve Response Status Codes")],
  },
  async ({ service, instances }) => {
    const instance = instances.minimal();
    await service.given.stored(instance);
    const paths = pathsOf(instance);
    const etags = await etagsOf(service, paths);
    await service.given.deleted(studyPath(instance));

    await checkRows(paths, async (path) => {
      expect(await revalidate(service, path, etags.get(path))).toAnswer({ status: 404 });
    });
    await service.given.stored(instance);
    await checkRows(paths, async (path) => {
      const response = await revalidate(service, path, etags.get(path));
      expect(response).toAnswer({ status: 200, tolerate: [sameContent] });
      if (came(response, 200)) {
        expect(response).toDescribe([instance]);
        expect(response).toHold("ETag of what was stored anew", etagOf(response), not(etags.get(path)));
      }
    });
  },
);
