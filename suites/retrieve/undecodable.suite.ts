import { jpeg2000Lossless, jpegBaseline, rleLossless } from "../../fixtures/codecs/transfer-syntaxes.ts";
import { explicitVrLittleEndian } from "../../fixtures/instances/part10.ts";
import {
  accept,
  checkRows,
  compressedImage,
  encapsulated,
  expect,
  type Instance,
  type Instances,
  instancePath,
  must,
  seriesPath,
  should,
  statement,
  studyPath,
} from "../words.ts";
import { fileAccept, filesAccept, framesAccept } from "./accepts.ts";
import { compressed, compressedFrame } from "./compressed.ts";

const explicitBigEndian = "1.2.840.10008.1.2.2";
const mpeg2 = "1.2.840.10008.1.2.4.100";
const hevc = "1.2.840.10008.1.2.4.108";

must(
  "RETRIEVE-011",
  {
    title: "instances of several transfer syntaxes come together, each as it was stored",
    request: "Retrieve-all-instances-within-a-study",
    clause: statement("Retrieve instances within Study or Series"),
  },
  async ({ service, instances }) => {
    const series = { StudyInstanceUID: instances.uid(), SeriesInstanceUID: instances.uid() };
    const mixed = [
      instances.image({}, series),
      instances.minimal({ ...series, TransferSyntaxUID: explicitBigEndian }),
      compressed(instances, mpeg2, series),
      compressed(instances, rleLossless, series),
    ] as const;
    await service.given.stored(...mixed);

    await checkRows({ study: studyPath(mixed[0]), series: seriesPath(mixed[0]) }, async (path) => {
      expect(await service.retrieve(path)).toDeliver(mixed);
    });
  },
);

/** Forms that want a decoder, by whether they want an encoder for JPEG 2000 as well. */
const asOtherFiles = [
  fileAccept(),
  fileAccept(explicitVrLittleEndian),
  filesAccept(),
  filesAccept(explicitVrLittleEndian),
];
const asOtherFrames = [framesAccept(), accept.explicitLittleEndianFrames];
const asJpeg2000Files = [fileAccept(jpeg2000Lossless), filesAccept(jpeg2000Lossless)];
const asJpeg2000Frames = [framesAccept("image/jp2"), framesAccept("image/jp2", jpeg2000Lossless)];

interface Undecodable {
  readonly stored: Instance;
  /** Its only frame. */
  readonly frame: Buffer;
}

/** Videos whose payload is arbitrary, and images whose only frame is cut: nobody can decode them. */
async function undecodable(instances: Instances): Promise<Record<string, Undecodable>> {
  const sources: Record<string, Undecodable> = {
    "MPEG-2": { stored: compressed(instances, mpeg2), frame: compressedFrame },
    HEVC: { stored: compressed(instances, hevc), frame: compressedFrame },
  };
  for (const [name, uid] of Object.entries({
    "JPEG 2000": jpeg2000Lossless,
    RLE: rleLossless,
    JPEG: jpegBaseline,
  })) {
    const { stored, encoded } = await compressedImage(instances, instances.image({ frames: 1 }), uid);
    const frame = Buffer.concat(encoded).subarray(0, 40);
    sources[`${name}, cut`] = {
      stored: instances.with(stored, { PixelData: encapsulated([[frame]]) }),
      frame,
    };
  }
  return sources;
}

must(
  "RETRIEVE-034",
  {
    title: "what cannot be decoded is not transcoded, and comes as it was stored",
    request: "Retrieve-a-single-instance-within-a-series-of-a-study",
    clause: [statement("Retrieve Transfer Syntax"), statement("Retrieve Response Status Codes")],
  },
  async ({ service, instances }) => {
    const sources = await undecodable(instances);
    await service.given.stored(...Object.values(sources).map(({ stored }) => stored));

    await checkRows(sources, async ({ stored, frame }) => {
      const isJpeg2000 = stored.transferSyntaxUid === jpeg2000Lossless;
      await checkRows([...asOtherFiles, ...(isJpeg2000 ? [] : asJpeg2000Files)], async (form) => {
        expect(await service.retrieve(stored, form)).toAnswer({ status: 406 });
      });
      await checkRows({ study: studyPath(stored), series: seriesPath(stored) }, async (path) => {
        expect(await service.retrieve(path, filesAccept())).toAnswer({ status: 406 });
      });
      await checkRows([...asOtherFrames, ...(isJpeg2000 ? [] : asJpeg2000Frames)], async (form) => {
        expect(await service.frames(stored, 1, form)).toAnswer({ status: 406 });
      });
      await checkRows({ "a file": accept.instance, "a part": accept.instances }, async (form) => {
        expect(await service.retrieve(stored, form)).toDeliver([stored]);
      });
      expect(await service.frames(stored, 1)).toDeliverFrames([frame]);
    });
  },
);

should(
  "RETRIEVE-033",
  {
    title: "an instance asked for in the transfer syntax that it has comes as it was stored",
    request: "Retrieve-a-single-instance-within-a-series-of-a-study",
    clause: statement("Retrieve Transfer Syntax"),
  },
  async ({ service, instances }) => {
    // Nobody could decode the one, and the dataset of the other has more than one lawful encoding.
    const stored = {
      "JPEG 2000": compressed(instances, jpeg2000Lossless),
      "explicit VR little endian": instances.rich(),
    };
    await checkRows(stored, async (instance) => {
      await service.given.stored(instance);

      const syntax = `transfer-syntax=${instance.transferSyntaxUid}`;
      const forms = [
        `application/dicom; ${syntax}`,
        `multipart/related; type="application/dicom"; ${syntax}`,
      ];
      await checkRows(forms, async (form) => {
        const response = await service.retrieve(instancePath(instance), form);
        expect(response).toAnswer({ status: 200 });
        expect(response).toDeliver([instance]);
      });
    });
  },
);
