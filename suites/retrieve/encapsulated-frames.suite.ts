import {
  type AnswerTolerance,
  came,
  checkRows,
  condition,
  dicom,
  expect,
  must,
  named,
  ps3_18,
  type ServiceResponse,
  statement,
} from "../words.ts";
import { framesOf } from "./chosen-frames.ts";
import { type EncapsulatedImage, jpegImage, rleImage } from "./encapsulated-images.ts";

interface Case {
  readonly image: EncapsulatedImage;
  readonly tolerate?: readonly AnswerTolerance[];
}

const onlyMarkersTell: AnswerTolerance = {
  status: [400, 404, 406],
  because: "without an offset table the frames can be told apart by their JPEG markers only",
};

const onlyUncompressed: AnswerTolerance = {
  status: 406,
  profile: "dicomweb",
  ends: "skipped",
  because:
    "PS3.18 8.7.3.3 has application/octet-stream for uncompressed pixels, and asks nobody to decode these",
};

must(
  "RETRIEVE-047",
  {
    title: "encapsulated frames come whole, without the headers of their fragments",
    request: "Retrieve-one-or-more-frames-from-a-single-instance",
    profile: "dicomweb",
    clause: [ps3_18("10.4.1.1.6"), dicom("PS3.5", "A.4"), statement("Retrieve Frames")],
  },
  async ({ service, instances }) => {
    const cases: Readonly<Record<string, Case>> = {
      "RLE with an offset table": { image: await rleImage(instances, 2, "filled") },
      "RLE with an empty offset table": { image: await rleImage(instances, 2, "empty") },
      "twelve frames of RLE": { image: await rleImage(instances, 12, "filled") },
      "a JPEG in three fragments": { image: await jpegImage(instances, [3], "filled") },
      "a JPEG in three fragments with an empty offset table": {
        image: await jpegImage(instances, [3], "empty"),
      },
      "two JPEGs in four fragments with an offset table": {
        image: await jpegImage(instances, [3, 1], "filled"),
      },
      "two JPEGs in five fragments with an empty offset table": {
        image: await jpegImage(instances, [3, 2], "empty"),
        tolerate: [onlyMarkersTell],
      },
    };
    await checkRows(cases, async ({ image, tolerate = [] }) => {
      const { instance, encoded } = image;
      await service.given.stored(instance);

      const numbers = encoded.map((_, index) => index + 1);
      const alone = numbers.map((number) => [number]);
      const lists = named(numbers.length > 1 ? [...alone, numbers] : alone, (list) => `frames/${list}`);
      await checkRows(lists, async (list) => {
        const response = await service.frames(instance, list);
        expect(response).toAnswer({
          status: 200,
          mediaType: "multipart/related",
          tolerate: [...tolerate, onlyUncompressed],
        });
        if (came(response, 200)) {
          expectWhole(response, image, list);
        }
      });
    });
  },
);

/** As they were stored, which their labels must say; any server but Microsoft's may decode them instead. */
function expectWhole(response: ServiceResponse, image: EncapsulatedImage, numbers: readonly number[]): void {
  const { parts } = response.multipart;
  const { transferSyntaxUid } = image.instance;
  const labels = parts.map(({ mediaType }) => mediaType.parameters.get("transfer-syntax"));
  const decoded = framesOf(image.decoded, ...numbers);
  const isDecoded = parts.every(
    ({ body }, index) => labels[index] !== transferSyntaxUid && body.length === decoded[index]?.length,
  );
  if (response.profile === "dicomweb" && isDecoded) {
    const bodies = parts.map(({ body }) => body);
    expect(response).toHold("the frames, decoded", bodies, alike(decoded));
    response.note("compressed frames come decoded, as PS3.18 8.7.3.3 has application/octet-stream");
    return;
  }
  const encoded = framesOf(image.encoded, ...numbers);
  expect(response).toDeliverFrames(
    encoded.map((frame, index) => withPadding(frame, parts[index]?.body.length)),
  );
  // PS3.18 8.7.9 leaves the label to a server.
  const isTrue = (label: unknown) =>
    label === transferSyntaxUid || (label === undefined && response.profile === "dicomweb");
  const allTrue = condition(`${transferSyntaxUid} each`, (all) => (all as unknown[]).every(isTrue));
  expect(response).toHold("transfer syntaxes in the labels of the parts", labels, allTrue);
}

/** The byte that makes the last fragment even belongs to it (PS3.5 A.4), and is no part of the frame: either is right. */
function withPadding(frame: Buffer, receivedLength = 0): Buffer {
  return receivedLength === frame.length + 1 ? Buffer.concat([frame, Buffer.of(0)]) : frame;
}

/** What a lossy decoder may be off by, in grey levels. */
const margin = 3;

function alike(frames: readonly Buffer[]) {
  return condition(`the pixels that a decoder makes of it, give or take ${margin}`, (received) =>
    frames.every((frame, index) =>
      frame.every((level, pixel) => {
        const shown = (received as readonly Buffer[])[index]?.[pixel] ?? Number.NaN;
        return Math.abs(shown - level) <= margin;
      }),
    ),
  );
}
