import { ChangeFeed, readChanges, readLatest } from "../../fixtures/client/change-feed.ts";
import { givenAbsent, postNewQueryTags } from "../../fixtures/client/query-tags/add-query-tags.ts";
import { afterDeleting } from "../../fixtures/client/query-tags/others-query-tags.ts";
import {
  getQueryTag,
  listQueryTagErrors,
  listQueryTags,
  operationEnded,
  patchQueryTag,
  readReference,
} from "../../fixtures/client/query-tags/query-tags.ts";
import { freshShapes } from "../../fixtures/instances/shapes.ts";
import { tagOf } from "../../fixtures/wire/dictionary.ts";
import { searchResourcesOf } from "../search/search-resources.ts";
import {
  accept,
  expect,
  holds,
  type Instance,
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
      "the requests of the Postman collection, with copies of its three images under UIDs of their own, work as one" +
      " story and leave nothing behind",
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
    await retrievePictures(story);
    await search(story);
    await manageQueryTag(service);
    await deleteByLevels(story);
    await followChanges(story, feed);
  },
);

type Story = ReturnType<typeof begin>;

/**
 * The images under UIDs of their own: under the collection's a student's may be stored, and a grader may look for them.
 * The steps have the names of the collection's requests, so that a person can send the one at which the story breaks.
 */
function begin(service: Service, instances: Instances) {
  const { triangle, square, circle } = freshShapes(instances);
  return {
    service,
    step: service.story.step.bind(service.story),
    triangle,
    square,
    circle,
    study: studyPath(triangle),
    series: seriesPath(triangle),
  };
}

async function storeOneByOne({ service, step, triangle, square, circle, study }: Story): Promise<void> {
  const files: readonly [file: string, image: Instance][] = [
    ["red-triangle.dcm", triangle],
    ["green-square.dcm", square],
    ["blue-circle.dcm", circle],
  ];
  for (const [file, image] of files) {
    await step(`Store-single-instance (${file})`, async () => {
      const stored = await service.storeSinglePart(image);
      expect(stored).toAnswer({ status: 200, mediaType: accept.dicomJson });
      expect(stored).toConfirm([image]);
    });
  }
  await step("Delete-a-specific-study, so that they can be stored once more", async () => {
    expect(await service.delete(study)).toAnswer({ status: 204, isEmpty: true });
  });
}

/** The two requests that Postman cannot send. */
async function storeTogether({ service, step, triangle, square, circle }: Story): Promise<void> {
  await step("Store-instances-using-multipart/related", async () => {
    const together = await service.store([triangle, square]);
    expect(together).toAnswer({ status: 200, mediaType: accept.dicomJson });
    expect(together).toConfirm([triangle, square]);
  });
  await step("Store-instances-for-a-specific-study", async () => {
    const ofStudy = await service.store([circle], { study: circle.studyInstanceUid });
    expect(ofStudy).toAnswer({ status: 200, mediaType: accept.dicomJson });
    expect(ofStudy).toConfirm([circle]);
  });
}

async function retrieve({ service, step, triangle, square, circle, study, series }: Story): Promise<void> {
  const metadata = async (resource: string | Instance, images: readonly Instance[]) => {
    const uids = images.map(({ sopInstanceUid }) => sopInstanceUid);
    const found = await service.metadata(resource);
    expect(found).toFind("instance", uids);
    expect(found).toShow("instance", triangle.sopInstanceUid, { Rows: [979], Columns: [985] });
  };
  await step("Retrieve-all-instances-within-a-study", async () => {
    expect(await service.retrieve(study)).toDeliver([triangle, square, circle]);
  });
  await step("Retrieve-metadata-of-all-instances-in-study", () =>
    metadata(study, [triangle, square, circle]),
  );
  await step("Retrieve-all-instances-within-a-series", async () => {
    expect(await service.retrieve(series)).toDeliver([triangle, square]);
  });
  await step("Retrieve-metadata-of-all-instances-within-a-series", () =>
    metadata(series, [triangle, square]),
  );
  await step("Retrieve-a-single-instance-within-a-series-of-a-study", async () => {
    expect(await service.retrieve(triangle, accept.instance)).toDeliver([triangle]);
  });
  await step("Retrieve-metadata-of-a-single-instance-within-a-series-of-a-study", () =>
    metadata(triangle, [triangle]),
  );
}

/** The collection asks for application/jpeg, which is no media type: the documents name image/jpeg. */
async function retrievePictures({ service, step, triangle }: Story): Promise<void> {
  const rendered = async (picture: { readonly frame?: number }) => {
    const response = await service.rendered(triangle, accept.jpeg, { ...picture, query: "?quality=100" });
    expect(response).toAnswer({ status: 200, mediaType: accept.jpeg });
    expect(response).toHold("first bytes", response.body.subarray(0, 3).toString("hex"), "ffd8ff");
  };
  await step("Retrieve-rendered-image-of-a-single-instance-within-a-series", () => rendered({}));
  await step("Retrieve-rendered-image-of-a-single-frame-within-a-instance", () => rendered({ frame: 1 }));
  await step("Retrieve-one-or-more-frames-from-a-single-instance", async () => {
    const frames = await service.frames(triangle, 1, accept.explicitLittleEndianFrames);
    expect(frames).toDeliverFrames(triangle.frames);
  });
}

async function search({ service, step, triangle }: Story): Promise<void> {
  const resources = searchResourcesOf(triangle);
  const requests: readonly [request: string, resource: keyof typeof resources][] = [
    ["Search-for-studies", "studies"],
    ["Search-for-series", "series"],
    ["Search-for-series-within-a-study", "series of a study"],
    ["Search-for-instances", "instances"],
    ["Search-for-instances-within-a-study", "instances of a study"],
    ["Search-for-instances-within-a-study-and-series", "instances of a series"],
  ];
  for (const [request, resource] of requests) {
    const { path, level, keyword, uid } = resources[resource];
    await step(request, async () => {
      const found = await service.searchUntil(path, { [keyword]: uid }, (response) =>
        holds(response).toFind(level, [uid]),
      );
      expect(found).toFind(level, [uid]);
    });
  }
}

async function manageQueryTag(service: Service): Promise<void> {
  let operation = "";
  await service.story.step("Create-extended-query-tag", async () => {
    const created = await postNewQueryTags(service, { path: tag, vr: "LO", level: "Series" });
    expect(created).toAnswer({ status: 202, mediaType: json });
    operation = readReference(created.json).id;
  });
  await service.story.step("Get-operation", () => operationEnded(service, operation));
  await service.story.step("List-extended-query-tags", async () => {
    expect(await listQueryTags(service)).toAnswer({ status: 200, mediaType: json });
  });
  await service.story.step("Get-extended-query-tag", async () => {
    expect(await getQueryTag(service, tag)).toAnswer({ status: 200, mediaType: json });
  });
  await service.story.step("List-extended-query-tag-errors", async () => {
    expect(await listQueryTagErrors(service, tag)).toAnswer({ status: 200, mediaType: json });
  });
  await service.story.step("Update-extended-query-tag", async () => {
    expect(await patchQueryTag(service, tag, { QueryStatus: "Disabled" })).toAnswer({ status: 200 });
  });
  await service.story.step("Delete-extended-query-tag", async () => {
    expect(await service.delete(`/extendedquerytags/${tag}`)).toAnswer({ status: 204, isEmpty: true });
    const about = await afterDeleting(service, tag);
    expect(await about(() => getQueryTag(service, tag))).toAnswer({ status: 404 });
  });
}

async function deleteByLevels({ service, step, triangle, square, circle, study }: Story): Promise<void> {
  await step("Delete-a-specific-instance-within-a-study-and-series", async () => {
    expect(await service.delete(triangle)).toAnswer({ status: 204, isEmpty: true });
    expect(await service.retrieve(study)).toDeliver([square, circle]);
  });
  await step("Delete-a-specific-series-within-a-study", async () => {
    expect(await service.delete(seriesPath(circle))).toAnswer({ status: 204, isEmpty: true });
    expect(await service.retrieve(study)).toDeliver([square]);
  });
  await step("Delete-a-specific-study", async () => {
    expect(await service.delete(study)).toAnswer({ status: 204, isEmpty: true });
    expect(await service.retrieve(study)).toAnswer({ status: 404 });
  });
}

/** No requests of the collection: the workshop's guide has students send them. */
async function followChanges({ service, step, square }: Story, feed: ChangeFeed): Promise<void> {
  await step("GET /changefeed/latest", async () => {
    const latest = await readLatest(service);
    expect(latest).toAnswer({ status: 200, mediaType: json });
    expect(latest).toHold("entries", readChanges(latest).length, 1);
  });
  await step("GET /changefeed", async () => {
    const { changes, response } = await feed.changesOf([square], 4);
    const actions = changes.map(({ action }) => action);
    expect(response).toHold("what happened to the square", actions, ["create", "delete", "create", "delete"]);
  });
}
