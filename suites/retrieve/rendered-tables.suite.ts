import {
  type AnswerTolerance,
  type Attributes,
  accept,
  checkRows,
  dicom,
  element,
  expect,
  type Instance,
  type Instances,
  named,
  ps3_18,
  should,
} from "../words.ts";

const notRendered: AnswerTolerance = {
  status: [404, 405, 406, 501],
  ends: "warned",
  because: "PS3.18 10.4.1 names rendered resources, and leaves it to a server which images it can render",
};

/** An image of four pixels, and the grey level of each of them. */
interface Shaped {
  readonly what: string;
  readonly values: readonly number[];
  readonly attributes: Attributes;
  readonly levels: readonly number[];
}

const window = (center: number, width: number, shape?: string): Attributes => ({
  WindowCenter: center,
  WindowWidth: width,
  VOILUTFunction: shape,
});
const withoutWindow = { WindowCenter: undefined, WindowWidth: undefined };
const withoutRescale = { RescaleSlope: undefined, RescaleIntercept: undefined, RescaleType: undefined };
/** A table of grey levels of 255, with 16 bits each, whose first stands for the value 0 (PS3.3 C.11.1.1.1, C.11.2.1.1). */
const table = (...levels: readonly number[]): Attributes => ({
  LUTDescriptor: element("US", [levels.length, 0, 16]),
  LUTData: element(
    "US",
    levels.map((level) => level * 257),
  ),
});

const steps = [0, 16, 32, 48];
const shaped: readonly Shaped[] = [
  {
    what: "a sigmoid window",
    values: steps,
    attributes: window(24, 48, "SIGMOID"),
    levels: [30, 87, 168, 225],
  },
  {
    what: "an exact linear window",
    values: steps,
    attributes: window(24, 48, "LINEAR_EXACT"),
    levels: [0, 85, 170, 255],
  },
  {
    what: "a VOI LUT",
    values: [0, 1, 2, 3],
    attributes: { ...withoutWindow, VOILUTSequence: [table(255, 128, 64, 0)] },
    levels: [255, 128, 64, 0],
  },
  {
    what: "a Modality LUT",
    values: [0, 1, 2, 3],
    attributes: {
      ...withoutRescale,
      ...window(32_768, 65_536),
      ModalityLUTSequence: [{ ...table(0, 10, 100, 255), ModalityLUTType: "US" }],
    },
    levels: [0, 10, 100, 255],
  },
  {
    what: "values with a sign",
    values: [0x80, 0xc0, 0x00, 0x7f],
    attributes: { ...window(0, 256), PixelRepresentation: 1 },
    levels: [0, 64, 128, 255],
  },
];

/** The class that leaves tables and signs to an image (PS3.3 A.8.1). */
const secondaryCapture = "1.2.840.10008.5.1.4.1.1.7";

function imageOf(instances: Instances, { values, attributes }: Shaped): Instance {
  const pixels = (_: number, row: number, column: number) => values[row * 2 + column] ?? 0;
  return instances.image(
    { rows: 2, columns: 2, frames: 1, pixels },
    { SOPClassUID: secondaryCapture, NumberOfFrames: undefined, ...attributes },
  );
}

should(
  "RETRIEVE-100",
  {
    title: "look-up tables and window functions shape the picture",
    request: "Retrieve-rendered-image-of-a-single-instance-within-a-series",
    profile: "dicomweb",
    clause: [dicom("PS3.3", "C.11.1"), dicom("PS3.3", "C.11.2"), ps3_18("10.4.1.1.3")],
  },
  async ({ service, instances }) => {
    const images = shaped.map((each) => ({ ...each, image: imageOf(instances, each) }));
    await service.given.stored(...images.map(({ image }) => image));

    await checkRows(
      named(images, ({ what }) => what),
      async ({ image, levels }) => {
        const response = await service.rendered(image, accept.png);
        expect(response).toAnswer({ status: 200, tolerate: [notRendered] });
        const colours = Uint8Array.from(levels.flatMap((level) => [level, level, level]));
        // An exact window with the half step of a linear one is up to three levels away.
        await expect(response).toShowColours({ width: 2, height: 2, colours, largestDifference: 3 });
      },
    );
  },
);
