import { readPicture } from "../../fixtures/matchers/rendered.ts";
import {
  accept,
  expect,
  type Instance,
  instancePath,
  must,
  NotApplicable,
  ps3_18,
  type Service,
  statement,
} from "../words.ts";

const retrieveRendered = statement("Retrieve Rendered Image (For Instance or Frame)");
const mediaTypes = [accept.jpeg, accept.png] as const;

/** Microsoft promises rendered images, PS3.18 10.4.1.1.3 leaves them to the server. */
async function requireRendering(service: Service, path: string): Promise<void> {
  if (!service.isAzure) {
    const { status } = await service.get(path, "*/*");
    if ([404, 405, 501].includes(status)) {
      throw new NotApplicable(`this server renders no images: it answered ${status}`);
    }
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
    const images = [
      instances.image({ frames: 1 }),
      instances.image({ frames: 1, bitsAllocated: 16 }),
      instances.image({ frames: 1, photometricInterpretation: "RGB" }),
    ];
    await service.given.stored(...images);
    for (const image of images) {
      const path = `${instancePath(image)}/rendered`;
      await requireRendering(service, path);
      for (const mediaType of mediaTypes) {
        const response = await service.get(path, mediaType);
        await expect(response).toDepict(mediaType, image);
      }
    }
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
    for (const [path, image] of [
      [`${instancePath(single)}/rendered`, single],
      [`${instancePath(several)}/frames/2/rendered`, several],
    ] as const) {
      await requireRendering(service, path);
      await expect(await service.get(path, undefined)).toDepict("image/jpeg", image);
    }
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
    for (const mediaType of mediaTypes) {
      for (const frame of [1, 2, 3]) {
        const response = await service.get(`${instancePath(image)}/frames/${frame}/rendered`, mediaType);
        await expect(response).toDepict(mediaType, image, frame);
      }
      const response = await service.get(`${instancePath(image)}/rendered`, mediaType);
      await expect(response).toDepict(mediaType, image, 1);
    }
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
    for (const path of [`${instancePath(image)}/rendered`, `${instancePath(image)}/frames/2/rendered`]) {
      const sizes: number[] = [];
      for (const quality of [1, 2, 50, 99, 100]) {
        const response = await service.get(`${path}?quality=${quality}`, accept.jpeg);
        await expect(response).toDepict(accept.jpeg, image);
        sizes.push(response.body.length);
      }
      const [lowest = 0, , middle = 0, , highest = 0] = sizes;
      expect(lowest, "bytes at quality 1, fewer than at 50").toBeLessThan(middle);
      expect(middle, "bytes at quality 50, fewer than at 100").toBeLessThan(highest);
      const unsaid = await service.get(path, accept.jpeg);
      await expect(unsaid).toDepict(accept.jpeg, image);
      expect(unsaid.body.length, "bytes without quality, as many as at 100").toBe(highest);

      const plain = await service.get(path, accept.png);
      const pixels = (await readPicture(plain))?.colours ?? Buffer.alloc(0);
      for (const quality of [1, 100]) {
        const response = await service.get(`${path}?quality=${quality}`, accept.png);
        await expect(response).toDepict(accept.png, image);
        const picture = await readPicture(response);
        expect(picture?.colours.equals(pixels), `the same pixels as PNG at quality ${quality}`).toBe(true);
      }
    }
  },
);

const wrongQualities = ["0", "101", "-1", "1000", "abc", "50.5", "99999999999"];

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
    const ignored = {
      status: 200,
      because: "the documents say that quality is ignored for PNG, not whether it is checked",
    };
    for (const path of [`${instancePath(image)}/rendered`, `${instancePath(image)}/frames/1/rendered`]) {
      for (const quality of wrongQualities) {
        const jpeg = await service.get(`${path}?quality=${quality}`, accept.jpeg);
        expect(jpeg).toAnswer({ status: 400 });
        const png = await service.get(`${path}?quality=${quality}`, accept.png);
        expect(png).toAnswer({ status: 400, tolerate: [ignored] });
      }
      for (const quality of [1, 100]) {
        const response = await service.get(`${path}?quality=${quality}`, accept.jpeg);
        await expect(response).toDepict(accept.jpeg, image);
      }
    }
    const unknown = `${instancePath(instances.image())}/rendered`;
    expect(await service.get(`${unknown}?quality=0`, accept.jpeg)).toAnswer({ status: 400 });
    expect(await service.get(`${unknown}?quality=1`, accept.jpeg)).toAnswer({ status: 404 });
  },
);

const impossibleFrames = ["0", "-1", "abc", "1,2", "99999999999"];

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
    const rendered = (instance: Instance, frame: string) =>
      service.get(`${instancePath(instance)}/frames/${frame}/rendered`, accept.jpeg);
    for (const frame of ["4", "5"]) {
      expect(await rendered(image, frame)).toAnswer({ status: 404 });
    }
    for (const frame of impossibleFrames) {
      expect(await rendered(image, frame)).toAnswer({ status: 400 });
    }
    for (const frame of ["0", "-1"]) {
      expect(await rendered(instances.image(), frame)).toAnswer({ status: 400 });
    }
    await expect(await rendered(image, "3")).toDepict(accept.jpeg, image);
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
    const withoutPixels = instances.minimal();
    await service.given.stored(image, withoutPixels);
    for (const path of [
      instancePath(withoutPixels),
      instancePath({ ...image, sopInstanceUid: instances.uid() }),
      instancePath({ ...image, seriesInstanceUid: instances.uid() }),
      instancePath({ ...image, studyInstanceUid: instances.uid() }),
    ]) {
      for (const form of ["/rendered", "/frames/1/rendered"]) {
        expect(await service.get(`${path}${form}`, accept.jpeg)).toAnswer({ status: 404 });
      }
    }
    for (const form of ["/rendered", "/frames/1/rendered"]) {
      const response = await service.get(`${instancePath(image)}${form}`, accept.jpeg);
      await expect(response).toDepict(accept.jpeg, image);
    }
  },
);
