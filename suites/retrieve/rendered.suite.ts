import { NotApplicable } from "../../fixtures/client/inconclusive.ts";
import { accept, instancePath } from "../../fixtures/client/resources.ts";
import type { Service } from "../../fixtures/client/service.ts";
import type { Instance } from "../../fixtures/instances/instance.ts";
import { expect } from "../../fixtures/matchers/expect.ts";
import { readPicture } from "../../fixtures/matchers/rendered.ts";
import { ps3_18, statement } from "../engine/clause.ts";
import { requirement } from "../engine/requirement.ts";

const standard = { level: "must", profile: "dicomweb", api: ["v1", "v2"] } as const;
const azure = { ...standard, profile: "azure" } as const;
const ofInstance = { request: "Retrieve-rendered-image-of-a-single-instance-within-a-series" } as const;
const ofFrame = { request: "Retrieve-rendered-image-of-a-single-frame-within-a-instance" } as const;

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

requirement(
  "RETRIEVE-072",
  {
    ...standard,
    ...ofInstance,
    title: "a rendered instance is a JPEG or PNG, as asked for, of the right size",
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

requirement(
  "RETRIEVE-073",
  {
    ...standard,
    ...ofInstance,
    title: "without an Accept header, rendering gives JPEG",
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

requirement(
  "RETRIEVE-074",
  {
    ...azure,
    ...ofFrame,
    title: "rendering shows the frame asked for, counted from 1, and the first one of an instance",
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

requirement(
  "RETRIEVE-076",
  {
    ...azure,
    ...ofInstance,
    title: "quality from 1 to 100 steers JPEG compression and nothing else",
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

requirement(
  "RETRIEVE-077",
  {
    ...azure,
    ...ofFrame,
    title: "a quality outside 1 to 100, or that is no integer, is a bad request",
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

requirement(
  "RETRIEVE-079",
  {
    ...azure,
    ...ofFrame,
    title: "rendering a frame that cannot exist is a bad request, one beyond the last is not found",
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

requirement(
  "RETRIEVE-080",
  {
    ...azure,
    ...ofInstance,
    title: "what has no pixel data or does not exist cannot be rendered, and is not found",
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
