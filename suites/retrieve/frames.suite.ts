import {
  type AnswerTolerance,
  accept,
  expect,
  instancePath,
  must,
  ps3_18,
  type Service,
  statement,
} from "../words.ts";

const bareFrame = "application/octet-stream; transfer-syntax=*";

/** Microsoft's open-source server gives bare frames in both versions, its managed service promises them for v2. */
function withoutBareFrames({ endpoint }: Service): readonly AnswerTolerance[] {
  return endpoint.api === "v1"
    ? [{ status: 406, because: "single part frames are documented as new in v2 of the managed service" }]
    : [];
}

must(
  "RETRIEVE-036",
  {
    title: "each frame is delivered alone, counted from 1, with exactly its own bytes",
    request: "Retrieve-one-or-more-frames-from-a-single-instance",
    profile: "dicomweb",
    clause: [ps3_18("10.4.1.1.6"), statement("Retrieve Frames")],
  },
  async ({ service, instances }) => {
    const images = [
      instances.image(),
      instances.image({ bitsAllocated: 16 }),
      instances.image({ photometricInterpretation: "RGB" }),
      // Frames of odd size; the pad byte behind the last one belongs to no frame.
      instances.image({ rows: 5, columns: 5 }),
      instances.image({ rows: 33, columns: 33 }),
      instances.image({ rows: 600, columns: 601 }),
      instances.image({ rows: 10, columns: 15, frames: 11 }),
      instances.image({ frames: 1 }, { NumberOfFrames: undefined }),
    ];
    await service.given.stored(...images);
    for (const image of images) {
      for (const [index, frame] of image.frames.entries()) {
        const response = await service.frames(image, index + 1);
        expect(response).toDeliverFrames([frame]);
      }
    }
  },
);

must(
  "RETRIEVE-037",
  {
    title: "a list of frames yields one part for each, in the order asked for",
    request: "Retrieve-one-or-more-frames-from-a-single-instance",
    profile: "dicomweb",
    clause: [ps3_18("10.4.1.1.6"), statement("Retrieve Frames")],
  },
  async ({ service, instances }) => {
    const image = instances.image();
    await service.given.stored(image);
    for (const list of [
      [1, 2],
      [3, 1],
      [2, 3, 1],
    ]) {
      const response = await service.frames(image, list);
      expect(response).toDeliverFrames(list.flatMap((number) => image.frames[number - 1] ?? []));
    }
  },
);

const explicitLittleEndian = "1.2.840.10008.1.2.1";

must(
  "RETRIEVE-039",
  {
    title: "frames can be had in the documented octet-stream forms, with their parts labelled",
    request: "Retrieve-one-or-more-frames-from-a-single-instance",
    clause: statement("Retrieve Frames"),
  },
  async ({ service, instances }) => {
    const image = instances.image();
    await service.given.stored(image);
    const [, second = Buffer.alloc(0)] = image.frames;
    const path = `${instancePath(image)}/frames/2`;
    for (const value of [
      accept.frames,
      accept.explicitLittleEndianFrames,
      'multipart/related; type="application/octet-stream"',
      'multipart/related; type="application/octet-stream";',
      'multipart/related; type="*/*"',
      "*/*",
    ]) {
      const response = await service.get(path, value);
      expect(response).toDeliverFrames([second]);
      const label = response.multipart.parts[0]?.mediaType;
      expect(
        [label?.essence, label?.parameters.get("transfer-syntax")],
        `label for Accept: ${value}`,
      ).toEqual(["application/octet-stream", explicitLittleEndian]);
    }
    const response = await service.get(path, bareFrame);
    const tolerate = withoutBareFrames(service);
    expect(response).toAnswer({ status: 200, mediaType: "application/octet-stream", tolerate });
    if (response.status === 200) {
      expect(response).toDeliverBytes(second);
    }
  },
);

must(
  "RETRIEVE-041",
  {
    title: "several frames cannot be asked for as single part",
    request: "Retrieve-one-or-more-frames-from-a-single-instance",
    clause: statement("Retrieve Frames"),
  },
  async ({ service, instances }) => {
    const image = instances.image();
    await service.given.stored(image);
    const tolerate = withoutBareFrames(service);
    for (const path of [instancePath(image), instancePath(instances.image())]) {
      expect(await service.get(`${path}/frames/1,2`, bareFrame)).toAnswer({ status: 400, tolerate });
    }
    const [first = Buffer.alloc(0), second = Buffer.alloc(0)] = image.frames;
    const several = await service.frames(image, "1,2");
    expect(several).toDeliverFrames([first, second]);
    const one = await service.get(`${instancePath(image)}/frames/2`, bareFrame);
    expect(one).toAnswer({ status: 200, mediaType: "application/octet-stream", tolerate });
    if (one.status === 200) {
      expect(one).toDeliverBytes(second);
    }
  },
);

must(
  "RETRIEVE-043",
  {
    title: "a frame number above the number of frames is not found, also inside a list",
    request: "Retrieve-one-or-more-frames-from-a-single-instance",
    clause: [ps3_18("10.4.3.1"), statement("Retrieve Response Status Codes")],
  },
  async ({ service, instances }) => {
    const image = instances.image({ frames: 2 });
    const single = instances.image({ frames: 1 });
    await service.given.stored(image, single);
    for (const [path, value] of [
      [`${instancePath(image)}/frames/4`, accept.frames],
      [`${instancePath(image)}/frames/3`, accept.frames],
      [`${instancePath(image)}/frames/1,3`, accept.frames],
      [`${instancePath(image)}/frames/3,1`, accept.frames],
      [`${instancePath(image)}/frames/3`, bareFrame],
      [`${instancePath(single)}/frames/2`, accept.frames],
    ] as const) {
      const tolerate = value === bareFrame ? withoutBareFrames(service) : [];
      expect(await service.get(path, value)).toAnswer({ status: 404, tolerate });
    }
    const last = await service.frames(image, "1,2");
    expect(last).toDeliverFrames(image.frames);
    const only = await service.frames(single, 1);
    expect(only).toDeliverFrames(single.frames);
  },
);

must(
  "RETRIEVE-044",
  {
    title: "frame numbers below 1 are a bad request, whether or not the instance exists",
    request: "Retrieve-one-or-more-frames-from-a-single-instance",
    clause: [statement("Retrieve Frames"), statement("Retrieve Response Status Codes")],
  },
  async ({ service, instances }) => {
    const image = instances.image();
    await service.given.stored(image);
    for (const path of [instancePath(image), instancePath(instances.image())]) {
      for (const list of ["0", "-1", "1,-1", "0,1"]) {
        expect(await service.frames(path, list)).toAnswer({ status: 400 });
      }
    }
    const first = await service.frames(image, 1);
    expect(first).toDeliverFrames(image.frames.slice(0, 1));
  },
);

must(
  "RETRIEVE-046",
  {
    title: "there are no frames without pixel data, and none of unknown instances",
    request: "Retrieve-one-or-more-frames-from-a-single-instance",
    profile: "dicomweb",
    clause: [ps3_18("10.4.3.1"), statement("Retrieve Response Status Codes")],
  },
  async ({ service, instances }) => {
    const image = instances.image();
    const withoutPixels = instances.minimal();
    await service.given.stored(image, withoutPixels);
    const noFrames = {
      status: 400,
      profile: "dicomweb",
      because: "an instance that has no frames at all may make the request a bad one",
    } as const;
    for (const [path, tolerate] of [
      [instancePath(withoutPixels), [noFrames]],
      [instancePath({ ...image, sopInstanceUid: instances.uid() }), []],
      [instancePath(instances.image()), []],
    ] as const) {
      expect(await service.frames(path, 1)).toAnswer({ status: 404, tolerate });
      if (service.isAzure) {
        const bare = await service.get(`${path}/frames/1`, bareFrame);
        expect(bare).toAnswer({ status: 404, tolerate: withoutBareFrames(service) });
      }
    }
    const first = await service.frames(image, 1);
    expect(first).toDeliverFrames(image.frames.slice(0, 1));
  },
);
