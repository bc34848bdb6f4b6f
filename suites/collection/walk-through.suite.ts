import { ChangeFeed, readChanges, readLatest } from "../../fixtures/client/change-feed.ts";
import { operationEnded, postQueryTags, readReference } from "../../fixtures/client/query-tags.ts";
import { freshShapes } from "../../fixtures/instances/shapes.ts";
import {
  accept,
  expect,
  type Instances,
  instancePath,
  must,
  NotApplicable,
  type Service,
  seriesPath,
  statement,
  studyPath,
} from "../words.ts";

/** Value of the collection's variable `extendedQueryTag`: Manufacturer. */
const tag = "00080070";
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
    await requireAbsence(service);
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
    instance: instancePath(triangle),
  };
}

/** Extended query tags hold for all callers: the story never touches what somebody else added. */
async function requireAbsence(service: Service): Promise<void> {
  const existing = await service.get(`/extendedquerytags/${tag}`, json);
  if (existing.status === 200) {
    throw new NotApplicable(
      `the service already has the extended query tag ${tag}, which the story would delete`,
    );
  }
  expect(existing).toAnswer({ status: 404 });
}

async function storeOneByOne({ service, triangle, square, circle, study }: Story): Promise<void> {
  for (const image of [triangle, square, circle]) {
    const stored = await service.storeSinglePart(image);
    expect(stored).toAnswer({ status: 200, mediaType: accept.dicomJson });
    expect(stored).toConfirm([image]);
  }
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

async function retrieve({
  service,
  triangle,
  square,
  circle,
  study,
  series,
  instance,
}: Story): Promise<void> {
  expect(await service.get(study, accept.instances)).toDeliver([triangle, square, circle]);
  expect(await service.get(series, accept.instances)).toDeliver([triangle, square]);
  expect(await service.get(instance, accept.instance)).toDeliver([triangle]);
  const metadata = [
    [study, [triangle, square, circle]],
    [series, [triangle, square]],
    [instance, [triangle]],
  ] as const;
  for (const [path, images] of metadata) {
    const response = await service.metadata(path);
    expect(response).toFind(
      "instance",
      images.map(({ sopInstanceUid }) => sopInstanceUid),
    );
    expect(response).toShow("instance", triangle.sopInstanceUid, { Rows: [979], Columns: [985] });
  }
  // The collection asks for application/jpeg, which is no media type: the documents name image/jpeg.
  for (const path of [`${instance}/rendered?quality=100`, `${instance}/frames/1/rendered?quality=100`]) {
    const rendered = await service.get(path, accept.jpeg);
    expect(rendered).toAnswer({ status: 200, mediaType: "image/jpeg" });
    expect(rendered.body.subarray(0, 3).toString("hex"), "first bytes of the JPEG image").toBe("ffd8ff");
  }
  const frames = await service.get(`${instance}/frames/1`, accept.explicitLittleEndianFrames);
  expect(frames).toAnswer({ status: 200, mediaType: "multipart/related" });
  expect(
    frames.multipart.parts.map(({ body }) => body.equals(triangle.frames[0] ?? Buffer.alloc(0))),
  ).toEqual([true]);
}

async function search({ service, triangle, study, series }: Story): Promise<void> {
  const { studyInstanceUid, seriesInstanceUid, sopInstanceUid } = triangle;
  const byStudy = { StudyInstanceUID: studyInstanceUid };
  const bySeries = { SeriesInstanceUID: seriesInstanceUid };
  const byInstance = { SOPInstanceUID: sopInstanceUid };
  for (const [resource, query, level, uid] of [
    ["/studies", byStudy, "study", studyInstanceUid],
    ["/series", bySeries, "series", seriesInstanceUid],
    [`${study}/series`, bySeries, "series", seriesInstanceUid],
    ["/instances", byInstance, "instance", sopInstanceUid],
    [`${study}/instances`, byInstance, "instance", sopInstanceUid],
    [`${series}/instances`, byInstance, "instance", sopInstanceUid],
  ] as const) {
    const request = () => service.search(resource, query);
    const found = await service.eventually(request, ({ dicomJson }) => dicomJson.datasets.length > 0);
    expect(found).toFind(level, [uid]);
  }
}

async function manageQueryTag(service: Service): Promise<void> {
  const path = `/extendedquerytags/${tag}`;
  const created = await postQueryTags(service, [{ path: tag, vr: "LO", level: "Series" }]);
  expect(created).toAnswer({ status: 202, mediaType: json });
  await operationEnded(service, readReference(created.json).id);
  for (const resource of ["/extendedquerytags", path, `${path}/errors`]) {
    expect(await service.get(resource, json)).toAnswer({ status: 200, mediaType: json });
  }
  const disabled = Buffer.from(JSON.stringify({ QueryStatus: "Disabled" }));
  expect(await service.send("PATCH", path, { "Content-Type": json }, disabled)).toAnswer({ status: 200 });
  expect(await service.delete(path)).toAnswer({ status: 204, isEmpty: true });
  expect(await service.get(path, json)).toAnswer({ status: 404 });
}

async function deleteByLevels({ service, square, circle, study, instance }: Story): Promise<void> {
  expect(await service.delete(instance)).toAnswer({ status: 204, isEmpty: true });
  expect(await service.get(study, accept.instances)).toDeliver([square, circle]);
  expect(await service.delete(seriesPath(circle))).toAnswer({ status: 204, isEmpty: true });
  expect(await service.get(study, accept.instances)).toDeliver([square]);
  expect(await service.delete(study)).toAnswer({ status: 204, isEmpty: true });
  expect(await service.get(study, accept.instances)).toAnswer({ status: 404 });
}

async function followChanges({ service, square }: Story, feed: ChangeFeed): Promise<void> {
  const latest = await readLatest(service);
  expect(latest).toAnswer({ status: 200, mediaType: json });
  expect(readChanges(latest).length, "entries in latest").toBe(1);
  const actions = (await feed.changesOf([square], 4)).map(({ action }) => action);
  // In v2 the newest entry from before the story comes as well, which an earlier story may have made.
  expect(actions.slice(-4), "what happened to the green square").toEqual([
    "create",
    "delete",
    "create",
    "delete",
  ]);
}
