import { givenAbsent, postNewQueryTags } from "../../fixtures/client/add-query-tags.ts";
import { ChangeFeed, readChanges, readLatest } from "../../fixtures/client/change-feed.ts";
import { afterDeleting } from "../../fixtures/client/others-query-tags.ts";
import {
  getQueryTag,
  listQueryTagErrors,
  listQueryTags,
  operationEnded,
  patchQueryTag,
  readReference,
} from "../../fixtures/client/query-tags.ts";
import { freshShapes } from "../../fixtures/instances/shapes.ts";
import { tagOf } from "../../fixtures/wire/dictionary.ts";
import { searchResourcesOf } from "../search/search-resources.ts";
import {
  accept,
  checkRows,
  expect,
  holds,
  type Instances,
  must,
  type Service,
  seriesPath,
  statement,
  studyPath,
} from "../words.ts";

/** Value of the collection's variable `extendedQueryTag`. */
const tag = tagOf("Manufacturer");
const json = "application/json";

must(
  "COLLECTION-001",
  {
    title:
      "the requests of the Postman collection, with its own three images, work as one story and leave nothing behind",
    request: "Conformance-as-Postman",
    clause: statement("Studies Service"),
  },
  async ({ service, instances }) => {
    await givenAbsent(service, tag);
    const feed = await ChangeFeed.fromNow(service);
    const story = begin(service, instances);
    await storeOneByOne(story);
    await storeTogether(story);
    await retrieve(story);
    await search(story);
    await manageQueryTag(service);
    await deleteByLevels(story);
    await followChanges(story, feed);
  },
);

type Story = ReturnType<typeof begin>;

/** The images under UIDs of their own: under the collection's a student's may be stored, and a grader may look for them. */
function begin(service: Service, instances: Instances) {
  const { triangle, square, circle } = freshShapes(instances);
  return {
    service,
    triangle,
    square,
    circle,
    study: studyPath(triangle),
    series: seriesPath(triangle),
  };
}

async function storeOneByOne({ service, triangle, square, circle, study }: Story): Promise<void> {
  await checkRows({ triangle, square, circle }, async (image) => {
    const stored = await service.storeSinglePart(image);
    expect(stored).toAnswer({ status: 200, mediaType: accept.dicomJson });
    expect(stored).toConfirm([image]);
  });
  expect(await service.delete(study)).toAnswer({ status: 204, isEmpty: true });
}

/** The two requests that Postman cannot send. */
async function storeTogether({ service, triangle, square, circle }: Story): Promise<void> {
  const together = await service.store([triangle, square]);
  expect(together).toAnswer({ status: 200, mediaType: accept.dicomJson });
  expect(together).toConfirm([triangle, square]);

  const ofStudy = await service.store([circle], { study: circle.studyInstanceUid });
  expect(ofStudy).toAnswer({ status: 200, mediaType: accept.dicomJson });
  expect(ofStudy).toConfirm([circle]);
}

async function retrieve({ service, triangle, square, circle, study, series }: Story): Promise<void> {
  expect(await service.retrieve(study)).toDeliver([triangle, square, circle]);
  expect(await service.retrieve(series)).toDeliver([triangle, square]);
  expect(await service.retrieve(triangle, accept.instance)).toDeliver([triangle]);
  await checkRows(
    {
      "metadata of the study": { resource: study, images: [triangle, square, circle] },
      "metadata of the series": { resource: series, images: [triangle, square] },
      "metadata of the instance": { resource: triangle, images: [triangle] },
    },
    async ({ resource, images }) => {
      const metadata = await service.metadata(resource);
      expect(metadata).toFind(
        "instance",
        images.map(({ sopInstanceUid }) => sopInstanceUid),
      );
      expect(metadata).toShow("instance", triangle.sopInstanceUid, { Rows: [979], Columns: [985] });
    },
  );
  // The collection asks for application/jpeg, which is no media type: the documents name image/jpeg.
  await checkRows({ "the instance": {}, "its frame": { frame: 1 } }, async (picture) => {
    const rendered = await service.rendered(triangle, accept.jpeg, { ...picture, query: "?quality=100" });
    expect(rendered).toAnswer({ status: 200, mediaType: accept.jpeg });
    expect(rendered).toHold("first bytes", rendered.body.subarray(0, 3).toString("hex"), "ffd8ff");
  });
  const frames = await service.frames(triangle, 1, accept.explicitLittleEndianFrames);
  expect(frames).toDeliverFrames(triangle.frames);
}

async function search({ service, triangle }: Story): Promise<void> {
  await checkRows(searchResourcesOf(triangle), async ({ path, level, keyword, uid }) => {
    const found = await service.searchUntil(path, { [keyword]: uid }, (response) =>
      holds(response).toFind(level, [uid]),
    );
    expect(found).toFind(level, [uid]);
  });
}

async function manageQueryTag(service: Service): Promise<void> {
  const created = await postNewQueryTags(service, { path: tag, vr: "LO", level: "Series" });
  expect(created).toAnswer({ status: 202, mediaType: json });
  await operationEnded(service, readReference(created.json).id);

  expect(await listQueryTags(service)).toAnswer({ status: 200, mediaType: json });
  expect(await getQueryTag(service, tag)).toAnswer({ status: 200, mediaType: json });
  expect(await listQueryTagErrors(service, tag)).toAnswer({ status: 200, mediaType: json });

  expect(await patchQueryTag(service, tag, { QueryStatus: "Disabled" })).toAnswer({ status: 200 });
  expect(await service.delete(`/extendedquerytags/${tag}`)).toAnswer({ status: 204, isEmpty: true });
  const about = await afterDeleting(service, tag);
  expect(await about(() => getQueryTag(service, tag))).toAnswer({ status: 404 });
}

async function deleteByLevels({ service, triangle, square, circle, study }: Story): Promise<void> {
  expect(await service.delete(triangle)).toAnswer({ status: 204, isEmpty: true });
  expect(await service.retrieve(study)).toDeliver([square, circle]);

  expect(await service.delete(seriesPath(circle))).toAnswer({ status: 204, isEmpty: true });
  expect(await service.retrieve(study)).toDeliver([square]);

  expect(await service.delete(study)).toAnswer({ status: 204, isEmpty: true });
  expect(await service.retrieve(study)).toAnswer({ status: 404 });
}

async function followChanges({ service, square }: Story, feed: ChangeFeed): Promise<void> {
  const latest = await readLatest(service);
  expect(latest).toAnswer({ status: 200, mediaType: json });
  expect(latest).toHold("entries", readChanges(latest).length, 1);

  const { changes, response } = await feed.changesOf([square], 4);
  const actions = changes.map(({ action }) => action);
  expect(response).toHold("what happened to the square", actions, ["create", "delete", "create", "delete"]);
}
