import {
  type AnswerTolerance,
  accept,
  checkRows,
  condition,
  doesNotApply,
  expect,
  given,
  instancePath,
  must,
  ps3_18,
  rfc,
  should,
  statement,
} from "../words.ts";
import { framesOf } from "./chosen-frames.ts";

const bareFrame = "application/octet-stream; transfer-syntax=*";

should(
  "RETRIEVE-038",
  {
    title: "the comma of a list of frames may be percent-encoded, and blanks do no harm",
    request: "Retrieve-one-or-more-frames-from-a-single-instance",
    profile: "dicomweb",
    clause: [ps3_18("10.4.1.1.6"), rfc(3986, "2.1")],
  },
  async ({ service, instances }) => {
    const image = instances.image();
    await service.given.stored(image);
    given(await service.frames(image, "1,2"), "RETRIEVE-037").toDeliverFrames(image.frames.slice(0, 2));

    const lists = service.isAzure ? ["1%2C2", "1%2c2", "1,%202"] : ["1%2C2", "1%2c2"];
    await checkRows(lists, async (list) => {
      expect(await service.frames(image, list)).toDeliverFrames(image.frames.slice(0, 2));
    });
  },
);

/** Media types, and pairs of a type and a transfer syntax, of which each is on offer by itself only. */
const notOffered = [
  "application/dicom",
  'multipart/related; type="application/dicom"; transfer-syntax=*',
  "image/jp2",
  "image/jpeg",
  'multipart/related; type="image/jpeg"',
  'multipart/related; type="image/dicom-rle"',
  'multipart/related; type="application/octet-stream"; transfer-syntax=1.2.840.10008.1.2.4.90',
  'multipart/related; type="application/octet-stream"; transfer-syntax=1.2.840.10008.1.2',
  'multipart/related; type="image/jp2"; transfer-syntax=*',
  'multipart/related; type="image/jp2"; transfer-syntax=1.2.840.10008.1.2.1',
];

must(
  "RETRIEVE-042",
  {
    title: "forms that frames do not have are refused",
    request: "Retrieve-one-or-more-frames-from-a-single-instance",
    clause: [statement("Retrieve Frames"), statement("Retrieve Transfer Syntax")],
  },
  async ({ service, instances }) => {
    const image = instances.image();
    await service.given.stored(image);

    await checkRows({ "one frame": [2], "several frames": [1, 2] }, async (numbers) => {
      await checkRows(notOffered, async (form) => {
        expect(await service.frames(image, numbers, form)).toAnswer({ status: 406 });
      });
      const response = await service.frames(image, numbers);
      given(response, "RETRIEVE-037").toDeliverFrames(framesOf(image.frames, ...numbers));
    });
  },
);

const noMethod: AnswerTolerance = {
  status: 405,
  because: "a path without numbers may be a resource that nothing can be done with",
};

const malformedLists = ["abc", "1,abc", "1,,2", "1,", "1-3", "1.5", "99999999999", "1%3B2"];

should(
  "RETRIEVE-045",
  {
    title: "a list of frames that is none is a bad request",
    request: "Retrieve-one-or-more-frames-from-a-single-instance",
    clause: statement("Retrieve Response Status Codes"),
  },
  async ({ service, instances }) => {
    const image = instances.image();
    await service.given.stored(image);

    await checkRows({ "in parts": accept.frames, "as one frame": bareFrame }, async (form) => {
      await checkRows(malformedLists, async (list) => {
        expect(await service.frames(image, list, form)).toAnswer({ status: 400 });
      });
    });
    expect(await service.frames(image, "")).toAnswer({ status: 404, tolerate: [noMethod] });
    given(await service.frames(image, 1), "RETRIEVE-036").toDeliverFrames(image.frames.slice(0, 1));
  },
);

should(
  "RETRIEVE-040",
  {
    title: "the parts of an answer say which frames they are",
    request: "Retrieve-one-or-more-frames-from-a-single-instance",
    profile: "dicomweb",
    clause: ps3_18("10.4.3.3.6"),
  },
  async ({ service, instances }) => {
    const image = instances.image();
    await service.given.stored(image);

    const response = await service.frames(image, [2, 3]);
    given(response, "RETRIEVE-037").toDeliverFrames(image.frames.slice(1, 3));
    const { parts } = response.multipart;
    const locations = parts.map(({ headers }) => headers.get("content-location"));
    if (service.isAzure && locations.every((location) => location === undefined)) {
      throw doesNotApply("Microsoft's service sends no Content-Location, and nowhere promises one");
    }
    const base = response.wire.exchange.request.url;
    const paths = locations.map(
      (location = "") => URL.canParse(location, base) && new URL(location, base).pathname,
    );
    await checkRows({ "the first part": 0, "the second part": 1 }, async (index) => {
      const end = `${instancePath(image)}/frames/${2 + index}`;
      const ofFrame = condition(`a URL of ${end}`, (path) => typeof path === "string" && path.endsWith(end));
      expect(response).toHold("Content-Location", paths[index], ofFrame);
    });
  },
);
