import { element, type Instance, type Instances } from "../words.ts";

type Colour = readonly [red: number, green: number, blue: number];

/** Four plain colours, one in each quarter. */
const plainColours: readonly Colour[] = [
  [200, 30, 40],
  [30, 180, 60],
  [40, 60, 220],
  [128, 128, 128],
];
const edge = 8;

/** Which of the four colours each pixel has, row after row. */
const quarters: readonly number[] = Array.from({ length: edge * edge }, (_, pixel) => {
  const [row, column] = [Math.floor(pixel / edge), pixel % edge];
  return (row < edge / 2 ? 0 : 2) + (column < edge / 2 ? 0 : 1);
});

const colourOf = (quarter: number): Colour => plainColours[quarter] ?? [0, 0, 0];

/** What each picture of these must show. */
export const shownColours = {
  width: edge,
  height: edge,
  colours: Uint8Array.from(quarters.flatMap(colourOf)),
};

const shallow = { BitsAllocated: 8, BitsStored: 8, HighBit: 7 };
const deep = { BitsAllocated: 16, BitsStored: 16, HighBit: 15 };
/** PS3.3 C.7.6.3.1.2. */
const ybrColours = plainColours.map(([red, green, blue]) => [
  0.299 * red + 0.587 * green + 0.114 * blue,
  -0.168736 * red - 0.331264 * green + 0.5 * blue + 128,
  0.5 * red - 0.418688 * green - 0.081312 * blue + 128,
]);
const ybrOf = (quarter: number): number[] => (ybrColours[quarter] ?? []).map(Math.round);

/** The same picture, described in each of the colour models. */
export function imagesOfEveryColourModel(instances: Instances): Readonly<Record<string, Instance>> {
  const image = (photometricInterpretation: string, samples: readonly number[], attributes = {}) =>
    instances.minimal({
      Rows: edge,
      Columns: edge,
      SamplesPerPixel: 3,
      PlanarConfiguration: 0,
      PhotometricInterpretation: photometricInterpretation,
      ...shallow,
      PixelData: element("OB", Buffer.from(samples)),
      ...attributes,
    });
  const pixels = quarters.map(colourOf);
  const planes = [0, 1, 2].flatMap((sample) => pixels.map((colour) => colour[sample] ?? 0));
  return {
    "PALETTE COLOR": image("PALETTE COLOR", quarters, {
      SamplesPerPixel: 1,
      PlanarConfiguration: undefined,
      ...palette(),
    }),
    YBR_FULL: image("YBR_FULL", quarters.flatMap(ybrOf)),
    "RGB in planes": image("RGB", planes, { PlanarConfiguration: 1 }),
    "RGB of 16 bits": image("RGB", [], {
      ...deep,
      PixelData: element("OW", words(pixels.flat())),
    }),
  };
}

/** Two pixels share their colour (PS3.3 C.7.6.3.1.2): this one has no frames that could be compressed. */
export function subsampledImage(instances: Instances): Instance {
  const { "RGB in planes": twin } = imagesOfEveryColourModel(instances);
  const samples = quarters.flatMap((quarter, pixel) => {
    const [luminance = 0, blue = 0, red = 0] = ybrOf(quarter);
    return pixel % 2 === 0 ? [luminance, luminance, blue, red] : [];
  });
  return instances.with(twin as Instance, {
    PhotometricInterpretation: "YBR_FULL_422",
    PlanarConfiguration: 0,
    PixelData: element("OB", Buffer.from(samples)),
  });
}

/** Little endian words with the values of 8 bits spread over 16. */
function words(values: readonly number[]): Buffer {
  return Buffer.from(values.flatMap((value) => [value, value]));
}

function palette() {
  const tables = ["Red", "Green", "Blue"].map((name, sample) => ({
    [`${name}PaletteColorLookupTableDescriptor`]: element("US", [plainColours.length, 0, 16]),
    [`${name}PaletteColorLookupTableData`]: element(
      "OW",
      words(plainColours.map((colour) => colour[sample] ?? 0)),
    ),
  }));
  return Object.assign({}, ...tables);
}
