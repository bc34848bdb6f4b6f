import {
  type AnswerTolerance,
  accept,
  atLeast,
  came,
  checkRows,
  dicom,
  element,
  expect,
  given,
  type Instance,
  type Instances,
  instancePath,
  must,
  named,
  ps3_18,
  type Service,
  type ServiceResponse,
} from "../words.ts";

const refusedAtStore: AnswerTolerance = {
  status: [202, 400, 409, 415, 422],
  because: "a store may refuse pixel data that does not fill its frames, or warn of it",
};

const refusedOtherwise: AnswerTolerance = {
  status: [400, 403, 406, 409, 410, 413, 415, 422],
  because: "any 4xx says that there is no such frame to be had",
};

const wholeAnyway: AnswerTolerance = {
  status: 200,
  because: "a service may fill up what is missing, as long as the frame is whole",
};

/** Instances whose pixel data is shorter than Rows, Columns and the number of frames ask for. */
function cutInstances(instances: Instances): Readonly<Record<string, Instance>> {
  const one = instances.image({ frames: 1 });
  const two = instances.image({ frames: 2 });
  const huge = instances.with(instances.image({ frames: 1 }), { Rows: 65_535, Columns: 65_535 });
  return {
    "one frame that lacks 64 bytes": cutTo(2_000 - 64, one, instances),
    "two frames with data for one and a half": cutTo(3_000, two, instances),
    "65535 rows and columns with 1000 bytes": cutTo(1_000, huge, instances),
  };
}

function cutTo(length: number, instance: Instance, instances: Instances): Instance {
  const pixels = instance.frames.length > 0 ? Buffer.concat(instance.frames) : Buffer.alloc(length);
  return instances.with(instance, { PixelData: element("OB", pixels.subarray(0, length)) });
}

must(
  "RETRIEVE-098",
  {
    title: "a frame is never cut: where pixels are missing it is refused, or filled up",
    request: "Retrieve-one-or-more-frames-from-a-single-instance",
    profile: "dicomweb",
    clause: [ps3_18("10.4.1.1.6"), dicom("PS3.3", "C.7.6.3")],
  },
  async ({ service, instances }) => {
    const ordinary = instances.image();
    await service.given.stored(ordinary);

    await checkRows(cutInstances(instances), async (instance) => {
      const stored = await service.store([instance]);
      expect(stored).toAnswer({ status: 200, tolerate: [refusedAtStore] });
      if (!came(stored, 200, 202)) {
        return;
      }
      const frames = named(
        [1, 2].slice(0, Number(instance.attributes.NumberOfFrames)),
        (number) => `frame ${number}`,
      );
      await checkRows(frames, async (number) => {
        const [whole] = instance.frames.slice(number - 1, number);
        const response = await getBeside(ordinary, service, instance, `/frames/${number}`, accept.frames);
        expectRightStatus(response, whole !== undefined);
        if (came(response, 200)) {
          expectNotCut(response, instance, whole);
        }
        const picture = await getBeside(
          ordinary,
          service,
          instance,
          `/frames/${number}/rendered`,
          accept.jpeg,
        );
        expectRightStatus(picture, whole !== undefined);
        if (came(picture, 200)) {
          await expect(picture).toDepict(accept.jpeg, instance);
        }
      });
    });
  },
);

/** A 503 that comes again while the same of an ordinary instance is served is an answer, and no right one. */
function getBeside(
  ordinary: Instance,
  service: Service,
  instance: Instance,
  resource: string,
  acceptValue: string,
): Promise<ServiceResponse> {
  const twin = async () => {
    const response = await service.get(`${instancePath(ordinary)}${resource}`, acceptValue);
    given(response, "RETRIEVE-036").toAnswer({ status: 200 });
    return response;
  };
  return service.getPersistently(`${instancePath(instance)}${resource}`, acceptValue, twin);
}

/** @param isWhole whether all pixels of the frame are there */
function expectRightStatus(response: ServiceResponse, isWhole: boolean): void {
  const missing = { ...refusedOtherwise, status: 404 };
  expect(response).toAnswer(
    isWhole
      ? { status: 200, tolerate: [refusedOtherwise, missing] }
      : { status: 404, tolerate: [refusedOtherwise, wholeAnyway] },
  );
}

function expectNotCut(response: ServiceResponse, { attributes }: Instance, whole: Buffer | undefined): void {
  if (whole === undefined) {
    const length = Number(attributes.Rows) * Number(attributes.Columns);
    expect(response).toHold("bytes of the frame", response.multipart.parts[0]?.body.length, atLeast(length));
  } else {
    expect(response).toDeliverFrames([whole]);
  }
}
