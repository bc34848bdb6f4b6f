import { text } from "../../fixtures/wire/dicom-json.ts";
import {
  type AnswerTolerance,
  accept,
  checkRows,
  expect,
  given,
  type Instance,
  type Instances,
  instancePath,
  must,
  not,
  ps3_18,
  type Service,
  seriesPath,
  statement,
  studyPath,
} from "../words.ts";

must(
  "DELETE-028",
  {
    title:
      "after a delete and a store of other pixels under the same UIDs, every way of reading gives the new ones",
    request: "Delete-a-specific-instance-within-a-study -and-series",
    profile: "dicomweb",
    clause: [ps3_18("10.4"), statement("Delete")],
  },
  async ({ service, instances }) => {
    await checkRows({ instance: instancePath, series: seriesPath, study: studyPath }, async (pathOf) => {
      const { first, second } = versionsOf(instances);
      await service.given.stored(first);
      const validator = await givenRead(service, first);
      const response = await service.delete(pathOf(first));
      expect(response).toBeOffered(noDelete);
      given(response, "DELETE-001").toAnswer({ status: 204, tolerate: [deletedWithBody] });
      given(await service.retrieve(first), "DELETE-001").toAnswer({ status: 404 });
      await service.given.stored(second);

      await checkRows({ "at once": 1, "a second time": 2 }, async () => {
        await expectRead(service, second, validator);
      });
    });
  },
);

const noDelete: AnswerTolerance = {
  status: [400, 404, 405, 501],
  profile: "dicomweb",
  ends: "skipped",
  because: "PS3.18 has no delete of studies, and the service does without",
};
const deletedWithBody: AnswerTolerance = {
  status: [200, 202],
  profile: "dicomweb",
  because: "RFC 9110 9.3.5 lets a delete be answered so",
};
const noRendering: AnswerTolerance = {
  status: [404, 405, 406, 501],
  profile: "dicomweb",
  ends: "skipped",
  because: "the service renders nothing, which RETRIEVE-072 is about",
};

/** Two images under the same UIDs: two frames, and one of another size; both above a kilobyte. */
function versionsOf(instances: Instances): { first: Instance; second: Instance } {
  const first = instances.image({ frames: 2 }, { ImageComments: "first" });
  const { StudyInstanceUID, SeriesInstanceUID, SOPInstanceUID, PatientID } = first.attributes;
  const identity = { StudyInstanceUID, SeriesInstanceUID, SOPInstanceUID, PatientID };
  const pixels = (_frame: number, row: number) => 255 - row * 4;
  const second = instances.image(
    { frames: 1, rows: 60, columns: 30, pixels },
    { ...identity, ImageComments: "second" },
  );
  return { first, second };
}

/** Reads all of an image, as a cache may remember it; the validator of its metadata. */
async function givenRead(service: Service, image: Instance): Promise<string | undefined> {
  given(await service.frames(image, 1), "RETRIEVE-036").toDeliverFrames(image.frames.slice(0, 1));
  await service.rendered(image);
  await service.retrieve(image);
  return (await service.metadata(image)).header("ETag");
}

const badFrame: AnswerTolerance = {
  status: 400,
  profile: "dicomweb",
  because: "a server may call a frame that the image does not have a bad request",
};

async function expectRead(service: Service, image: Instance, validator: string | undefined): Promise<void> {
  const readings = {
    "frames/1": async () => expect(await service.frames(image, 1)).toDeliverFrames(image.frames.slice(0, 1)),
    "frames/2": async () =>
      expect(await service.frames(image, 2)).toAnswer({ status: 404, tolerate: [badFrame] }),
    "the file": async () => expect(await service.retrieve(image)).toDeliver([image]),
    metadata: async () => {
      const response = await service.metadata(image);
      const shown = text(response.dicomJson.datasets[0], "ImageComments");
      expect(response).toHold("ImageComments", shown, "second");
      if (validator !== undefined) {
        expect(response).toHold("ETag", response.header("ETag"), not(validator));
      }
    },
    rendered: async () => {
      const response = await service.rendered(image);
      expect(response).toBeOffered(noRendering);
      await expect(response).toDepict(accept.jpeg, image, 1);
    },
  };
  await checkRows(readings, async (read) => read());
}
