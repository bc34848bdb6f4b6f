import { ChangeFeed } from "../../fixtures/client/change-feed.ts";
import {
  came,
  changeFeedGuide,
  checkRows,
  expect,
  type Instances,
  instancePath,
  must,
  named,
  rfc,
  seriesPath,
  should,
  statement,
  studyPath,
} from "../words.ts";
import { deleted, expectLeft } from "./deletion.ts";

must(
  "DELETE-007",
  {
    title: "a second delete of the same instance, series or study answers 404",
    request: "Delete-a-specific-study",
    clause: statement("Response Status Codes"),
  },
  async ({ service, instances }) => {
    await checkRows(
      { instance: instancePath, series: seriesPath, study: studyPath },
      async (pathOf, naming) => {
        const instance = instances.minimal();
        await service.given.stored(instance);

        expect(await service.delete(pathOf(instance))).toAnswer(deleted);
        expect(await service.delete(pathOf(instance))).toAnswer({ status: 404, naming });
      },
    );
  },
);

must(
  "DELETE-008",
  {
    title: "deleting what was never there answers 404 and removes nothing",
    request: "Delete-a-specific-study",
    clause: statement("Response Status Codes"),
  },
  async ({ service, instances }) => {
    const known = instances.minimal();
    const sibling = instances.with(known, { SOPInstanceUID: instances.uid() });
    await service.given.held(known, sibling);
    const unknown = instances.minimal();
    const unknownSeries = { ...unknown, studyInstanceUid: known.studyInstanceUid };
    const unknownInstance = { ...known, sopInstanceUid: unknown.sopInstanceUid };

    const resources = {
      "an unknown study": studyPath(unknown),
      "a series of an unknown study": seriesPath(unknown),
      "an instance of an unknown study": instancePath(unknown),
      "an unknown series of a known study": seriesPath(unknownSeries),
      "an instance of an unknown series": instancePath(unknownSeries),
      "an unknown instance of a known series": instancePath(unknownInstance),
    };

    await checkRows(resources, async (path) => {
      expect(await service.delete(path)).toAnswer({ status: 404, naming: levelOf(path) });
    });
    await expectLeft(service, [known, sibling], [known, sibling]);
    expect(await service.delete(known)).toAnswer(deleted);
  },
);

must(
  "DELETE-009",
  {
    title: "a series or instance below a study or series that it is not of answers 404 and stays",
    request: "Delete-a-specific-instance-within-a-study -and-series",
    clause: [statement("Delete"), statement("Response Status Codes")],
  },
  async ({ service, instances }) => {
    const [one, other] = [instances.minimal(), instances.minimal()];
    await service.given.held(one, other);
    const { studyInstanceUid, seriesInstanceUid } = other;

    const resources = {
      "a series of another study": seriesPath({ ...one, studyInstanceUid }),
      "an instance of another series": instancePath({ ...one, seriesInstanceUid }),
      "an instance of another study": instancePath({ ...one, studyInstanceUid }),
      "an instance of another series and study": instancePath({
        ...one,
        studyInstanceUid,
        seriesInstanceUid,
      }),
    };

    await checkRows(resources, async (path) => {
      expect(await service.delete(path)).toAnswer({ status: 404 });
    });
    await expectLeft(service, [one, other], [one, other]);
    expect(await service.delete(one)).toAnswer(deleted);
  },
);

/** The word for what a path leads to, which a refusal names. */
function levelOf(path: string): string {
  return path.includes("/instances/") ? "instance" : path.includes("/series/") ? "series" : "study";
}

/** Made from a UID of one's own: a service that overlooks the fault must not delete the study of anybody else. */
function malformedFrom(uid: string): string[] {
  return ["notAUid", `${uid}.a`, `${uid}.`, `${uid}.`.padEnd(65, "1")];
}

must(
  "DELETE-010",
  {
    title: "a malformed UID at any place of the path is refused with 400, before anything is looked up",
    request: "Delete-a-specific-instance-within-a-study -and-series",
    clause: statement("Response Status Codes"),
  },
  async ({ service, instances }) => {
    const known = instances.minimal();
    await service.given.held(known);
    const unknown = instances.minimal();

    const malformed = malformedFrom(unknown.studyInstanceUid).flatMap((uid) => [
      { path: studyPath({ studyInstanceUid: uid }), naming: "StudyInstanceUID" },
      { path: seriesPath({ ...known, studyInstanceUid: uid }), naming: "StudyInstanceUID" },
      { path: seriesPath({ ...known, seriesInstanceUid: uid }), naming: "SeriesInstanceUID" },
      { path: seriesPath({ ...unknown, seriesInstanceUid: uid }), naming: "SeriesInstanceUID" },
      { path: instancePath({ ...known, studyInstanceUid: uid }), naming: "StudyInstanceUID" },
      { path: instancePath({ ...known, seriesInstanceUid: uid }), naming: "SeriesInstanceUID" },
      { path: instancePath({ ...known, sopInstanceUid: uid }), naming: "SOPInstanceUID" },
      { path: instancePath({ ...unknown, sopInstanceUid: uid }), naming: "SOPInstanceUID" },
    ]);

    await checkRows(
      named(malformed, ({ path }) => path),
      async ({ path, naming }) => {
        expect(await service.delete(path)).toAnswer({ status: 400, naming });
      },
    );
    expect(await service.delete(studyPath(unknown))).toAnswer({ status: 404 });
    await expectLeft(service, [known], [known]);
    expect(await service.delete(known)).toAnswer(deleted);
  },
);

must(
  "DELETE-012",
  {
    title: "Accept, Content-Type and body of a delete are ignored",
    request: "Delete-a-specific-study",
    clause: [statement("Delete"), rfc(9110, "9.3.5")],
  },
  async ({ service, instances }) => {
    const refusedBody = {
      status: [405, 411, 413, 501],
      because: "RFC 9110 9.3.5 lets a gateway reject a delete that has a body",
    };
    const requests: Record<string, readonly [Record<string, string>, Buffer?]> = {
      "without headers": [{}],
      "Accept: image/png": [{ Accept: "image/png" }],
      "Accept: application/dicom+json": [{ Accept: "application/dicom+json" }],
      "a body of JSON": [{ "Content-Type": "application/json" }, Buffer.from('{"x":1}')],
      "a body of nonsense": [{ "Content-Type": "nonsense/x" }, Buffer.from([0, 255, 0, 255])],
    };

    await checkRows(requests, async ([headers, body]) => {
      const instance = instances.minimal();
      await service.given.stored(instance);

      const response = await service.send("DELETE", studyPath(instance), headers, body);

      expect(response).toAnswer({ ...deleted, tolerate: body && [refusedBody] });
      if (came(response, 204)) {
        expect(await service.retrieve(instance)).toAnswer({ status: 404 });
      }
    });
  },
);

should(
  "DELETE-011",
  {
    title: "UIDs of 64 characters are valid, and so are those with a leading zero",
    request: "Delete-a-specific-study",
    clause: [statement("Store Required Attributes"), statement("Response Status Codes")],
  },
  async ({ service, instances }) => {
    const [study, series, instance] = [longest(instances), longest(instances), longest(instances)];
    const stored = instances.minimal({
      ...{ StudyInstanceUID: study, SeriesInstanceUID: series, SOPInstanceUID: instance },
    });
    await service.given.held(stored);
    const unused = {
      studyInstanceUid: longest(instances),
      seriesInstanceUid: series,
      sopInstanceUid: instance,
    };

    await checkRows({ study: studyPath, series: seriesPath, instance: instancePath }, async (pathOf) => {
      expect(await service.delete(pathOf(unused))).toAnswer({ status: 404 });
    });
    const zero = await service.delete(studyPath({ studyInstanceUid: `${instances.uid()}.03` }));
    expect(zero).toAnswer({ status: 404, tolerate: [strictUid] });
    expect(await service.delete(stored)).toAnswer(deleted);
    await expectLeft(service, [stored], []);
  },
);

const strictUid = { status: 400, because: "PS3.5 9.1 has no component that begins with a zero" };

/** A fresh UID of the greatest length (PS3.5 9.1). */
function longest(instances: Instances): string {
  return `${instances.uid()}.1`.padEnd(64, "1");
}

should(
  "DELETE-017",
  {
    title: "a refused delete leaves no entry in the change feed, and what is stored as it is",
    request: "Delete-a-specific-study",
    clause: [changeFeedGuide("Change Feed"), statement("Response Status Codes")],
  },
  async ({ service, instances }) => {
    const known = instances.minimal();
    await service.given.held(known);
    const unknown = instances.minimal();
    const feed = await ChangeFeed.fromNow(service);

    await checkRows({ study: studyPath, series: seriesPath, instance: instancePath }, async (pathOf) => {
      expect(await service.delete(pathOf(unknown))).toAnswer({ status: 404 });
    });
    const malformed = { ...known, sopInstanceUid: `${known.sopInstanceUid}.a` };
    expect(await service.delete(instancePath(malformed))).toAnswer({ status: 400 });

    // Its entry comes behind any that the refused deletes might have.
    const later = instances.minimal();
    await service.given.stored(later);
    await feed.givenChangesOf(later);
    const { changes, response } = await feed.changesOf([unknown, malformed, later], 1);
    const uids = changes.map(({ sopInstanceUid }) => sopInstanceUid);
    expect(response).toHold("instances with an entry", uids, [later.sopInstanceUid]);
    await expectLeft(service, [known], [known]);
  },
);

/** As the documents have but three paths to delete. */
const notDeletable = {
  status: [404, 400],
  because: "a service may not know the path at all",
};

should(
  "DELETE-026",
  {
    title: "collections, metadata and frames cannot be deleted",
    request: "Delete-a-specific-study",
    clause: statement("Delete"),
  },
  async ({ service, instances }) => {
    const image = instances.image();
    const sibling = instances.minimal({ StudyInstanceUID: image.studyInstanceUid });
    await service.given.held(image, sibling);

    // Never /studies, /series or /instances: a service that knows such a delete would obey.
    const paths = {
      "the series of a study": `${studyPath(image)}/series`,
      "the instances of a study": `${studyPath(image)}/instances`,
      "the instances of a series": `${seriesPath(image)}/instances`,
      "the metadata of a study": `${studyPath(image)}/metadata`,
      "the metadata of an instance": `${instancePath(image)}/metadata`,
      "a frame": `${instancePath(image)}/frames/1`,
    };
    await checkRows(paths, async (path) => {
      expect(await service.delete(path)).toAnswer({ status: 405, tolerate: [notDeletable] });
    });
    await expectLeft(service, [image, sibling], [image, sibling]);
  },
);
