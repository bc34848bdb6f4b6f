import type { RenderedOptions } from "../../fixtures/client/service.ts";
import { readPicture } from "../../fixtures/matchers/rendered.ts";
import {
  accept,
  below,
  checkRows,
  expect,
  type Instance,
  instancePath,
  must,
  named,
  ps3_18,
  type Rows,
  type Service,
  type ServiceResponse,
  statement,
} from "../words.ts";

const retrieveRendered = statement("Retrieve Rendered Image (For Instance or Frame)");
const mediaTypes = [accept.jpeg, accept.png] as const;

/** Microsoft promises rendered images; any other server is warned that does without: PS3.18 10.4.1 names the resource. */
async function adviseRendering(service: Service, image: Instance, frame?: number): Promise<void> {
  if (!service.isAzure) {
    expect(await service.rendered(image, "*/*", { frame })).toBeOffered({
      status: [404, 405, 501],
      ends: "warned",
      because: "PS3.18 10.4.1 names this resource, and 8.7.4 what it must be rendered as",
    });
  }
}

must(
  "RETRIEVE-072",
  {
    title: "a rendered instance is a JPEG or PNG, as asked for, of the right size",
    request: "Retrieve-rendered-image-of-a-single-instance-within-a-series",
    profile: "dicomweb",
    clause: [ps3_18("10.4.1.1.3"), ps3_18("8.7.4"), retrieveRendered],
  },
  async ({ service, instances }) => {
    // One frame each: PS3.18 8.7.4 does not ask for JPEG and PNG of several.
    const images = {
      "8 bits": instances.image({ frames: 1 }),
      "16 bits": instances.image({ frames: 1, bitsAllocated: 16 }),
      RGB: instances.image({ frames: 1, photometricInterpretation: "RGB" }),
    };
    await service.given.stored(...Object.values(images));

    await checkRows(images, async (image) => {
      await adviseRendering(service, image);
      await checkRows(mediaTypes, async (mediaType) => {
        await expect(await service.rendered(image, mediaType)).toDepict(mediaType, image);
      });
    });
  },
);

must(
  "RETRIEVE-073",
  {
    title: "without an Accept header, rendering gives JPEG",
    request: "Retrieve-rendered-image-of-a-single-instance-within-a-series",
    profile: "dicomweb",
    clause: [ps3_18("8.7.4"), retrieveRendered],
  },
  async ({ service, instances }) => {
    const [single, several] = [instances.image({ frames: 1 }), instances.image()];
    await service.given.stored(single, several);

    const resources = {
      instance: { image: single, frame: undefined, path: `${instancePath(single)}/rendered` },
      frame: { image: several, frame: 2, path: `${instancePath(several)}/frames/2/rendered` },
    };
    await checkRows(resources, async ({ image, frame, path }) => {
      await adviseRendering(service, image, frame);
      await expect(await service.get(path, undefined)).toDepict("image/jpeg", image);
    });
  },
);

must(
  "RETRIEVE-074",
  {
    title: "rendering shows the frame asked for, counted from 1, and the first one of an instance",
    request: "Retrieve-rendered-image-of-a-single-frame-within-a-instance",
    clause: retrieveRendered,
  },
  async ({ service, instances }) => {
    const image = instances.image();
    await service.given.stored(image);

    const shown = {
      "frame 1": { frame: 1, expected: 1 },
      "frame 2": { frame: 2, expected: 2 },
      "frame 3": { frame: 3, expected: 3 },
      "the instance": { frame: undefined, expected: 1 },
    };
    await checkRows(shown, async ({ frame, expected }) => {
      await checkRows(mediaTypes, async (mediaType) => {
        const response = await service.rendered(image, mediaType, { frame });
        await expect(response).toDepict(mediaType, image, expected);
      });
    });
  },
);

/** Nothing that an encoder could foresee, so that every step of quality costs bytes. */
function noise(frame: number, row: number, column: number): number {
  const hash = Math.sin(frame * 7.1 + row * 12.9898 + column * 78.233) * 43_758.5453;
  return Math.floor((hash - Math.floor(hash)) * 256);
}

must(
  "RETRIEVE-076",
  {
    title: "quality from 1 to 100 steers JPEG compression and nothing else",
    request: "Retrieve-rendered-image-of-a-single-instance-within-a-series",
    clause: retrieveRendered,
  },
  async ({ service, instances }) => {
    const image = instances.image({ rows: 512, columns: 500, frames: 2, pixels: noise });
    await service.given.stored(image);

    await checkRows<RenderedOptions>({ "the instance": {}, "frame 2": { frame: 2 } }, async (of) => {
      const depicted = async (mediaType: string, query = "") => {
        const response = await service.rendered(image, mediaType, { ...of, query });
        await expect(response).toDepict(mediaType, image);
        return response;
      };
      await checkRows({ JPEG: expectSteered, PNG: expectUnsteered }, (expectQuality) =>
        expectQuality(depicted),
      );
    });
  },
);

type Depicted = (mediaType: string, query?: string) => Promise<ServiceResponse>;

/** Fewer bytes at a lower quality, and the highest one where none is asked for. */
async function expectSteered(depicted: Depicted): Promise<void> {
  const unsaid = await depicted(accept.jpeg);
  const lowest = await depicted(accept.jpeg, "?quality=1");
  await depicted(accept.jpeg, "?quality=2");
  const middle = await depicted(accept.jpeg, "?quality=50");
  await depicted(accept.jpeg, "?quality=99");
  const highest = await depicted(accept.jpeg, "?quality=100");

  const [few, some, many] = [lowest.body.length, middle.body.length, highest.body.length];
  expect(lowest).toHold("bytes at quality 1, fewer than at 50", few, below(some));
  expect(middle).toHold("bytes at quality 50, fewer than at 100", some, below(many));
  expect(unsaid).toHold("bytes without quality, as many as at 100", unsaid.body.length, many);
}

/** The same pixels at every quality. */
async function expectUnsteered(depicted: Depicted): Promise<void> {
  const plain = await readPicture(await depicted(accept.png));

  await checkRows(["?quality=1", "?quality=100"], async (query) => {
    const response = await depicted(accept.png, query);
    const picture = await readPicture(response);
    expect(response).toHold("pixels, the same as without quality", picture?.colours, plain?.colours);
  });
}

const instanceAndFrame1: Rows<RenderedOptions> = { "the instance": {}, "frame 1": { frame: 1 } };
const outOfRange = ["0", "101", "-1", "1000", "99999999999"];
const noInteger = ["abc", "50.5"];

must(
  "RETRIEVE-077",
  {
    title: "a quality outside 1 to 100, or that is no integer, is a bad request",
    request: "Retrieve-rendered-image-of-a-single-frame-within-a-instance",
    clause: [retrieveRendered, statement("Retrieve Response Status Codes")],
  },
  async ({ service, instances }) => {
    const image = instances.image();
    await service.given.stored(image);
    const unknown = instances.image();
    const ignored = {
      status: 200,
      because: "the documents say that quality is ignored for PNG, not whether it is checked",
    };

    await checkRows(instanceAndFrame1, async (of) => {
      await checkRows([...outOfRange, ...noInteger], async (quality) => {
        const forPng = outOfRange.includes(quality) ? [ignored] : [];
        await checkRows({ [accept.jpeg]: [], [accept.png]: forPng }, async (tolerate, mediaType) => {
          const response = await service.rendered(image, mediaType, { ...of, query: `?quality=${quality}` });
          expect(response).toAnswer({ status: 400, tolerate });
        });
      });
      await checkRows(["?quality=1", "?quality=100"], async (query) => {
        const response = await service.rendered(image, accept.jpeg, { ...of, query });
        await expect(response).toDepict(accept.jpeg, image);
      });
    });
    expect(await service.rendered(unknown, accept.jpeg, { query: "?quality=0" })).toAnswer({ status: 400 });
    expect(await service.rendered(unknown, accept.jpeg, { query: "?quality=1" })).toAnswer({ status: 404 });
  },
);

const refusedFrames = [
  { frame: "4", status: 404 },
  { frame: "5", status: 404 },
  { frame: "0", status: 400 },
  { frame: "-1", status: 400 },
  { frame: "abc", status: 400 },
  { frame: "1,2", status: 400 },
  { frame: "99999999999", status: 400 },
];

must(
  "RETRIEVE-079",
  {
    title: "rendering a frame that cannot exist is a bad request, one beyond the last is not found",
    request: "Retrieve-rendered-image-of-a-single-frame-within-a-instance",
    clause: [retrieveRendered, statement("Retrieve Response Status Codes")],
  },
  async ({ service, instances }) => {
    const image = instances.image();
    await service.given.stored(image);

    await checkRows(
      named(refusedFrames, ({ frame }) => `frame ${frame}`),
      async ({ frame, ...answer }) => {
        expect(await service.rendered(image, accept.jpeg, { frame })).toAnswer(answer);
      },
    );
    const unknown = { "frame 0 of an unknown instance": "0", "frame -1 of an unknown instance": "-1" };
    await checkRows(unknown, async (frame) => {
      expect(await service.rendered(instances.image(), accept.jpeg, { frame })).toAnswer({ status: 400 });
    });
    await expect(await service.rendered(image, accept.jpeg, { frame: 3 })).toDepict(accept.jpeg, image);
  },
);

must(
  "RETRIEVE-080",
  {
    title: "what has no pixel data or does not exist cannot be rendered, and is not found",
    request: "Retrieve-rendered-image-of-a-single-instance-within-a-series",
    clause: statement("Retrieve Response Status Codes"),
  },
  async ({ service, instances }) => {
    const image = instances.image();
    const withoutPixels = instances.report();
    await service.given.stored(image, withoutPixels);

    const pathsToNoPicture = {
      "an instance without pixel data": instancePath(withoutPixels),
      "an unknown instance": instancePath({ ...image, sopInstanceUid: instances.uid() }),
      "an instance of an unknown series": instancePath({ ...image, seriesInstanceUid: instances.uid() }),
      "an instance of an unknown study": instancePath({ ...image, studyInstanceUid: instances.uid() }),
    };
    await checkRows(instanceAndFrame1, async (of) => {
      await checkRows(pathsToNoPicture, async (path) => {
        expect(await service.rendered(path, accept.jpeg, of)).toAnswer({ status: 404 });
      });
      await expect(await service.rendered(image, accept.jpeg, of)).toDepict(accept.jpeg, image);
    });
  },
);
