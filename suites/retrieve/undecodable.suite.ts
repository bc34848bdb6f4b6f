import {
  accept,
  checkRows,
  expect,
  instancePath,
  must,
  seriesPath,
  should,
  statement,
  studyPath,
} from "../words.ts";
import { compressed, compressedFrame } from "./compressed.ts";

const jpeg2000Lossless = "1.2.840.10008.1.2.4.90";
const explicitBigEndian = "1.2.840.10008.1.2.2";
const mpeg2 = "1.2.840.10008.1.2.4.100";
const hevc = "1.2.840.10008.1.2.4.108";
const rleLossless = "1.2.840.10008.1.2.5";

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

const asOtherFiles = [
  "application/dicom",
  "application/dicom; transfer-syntax=1.2.840.10008.1.2.1",
  `application/dicom; transfer-syntax=${jpeg2000Lossless}`,
  'multipart/related; type="application/dicom"',
  `multipart/related; type="application/dicom"; transfer-syntax=${jpeg2000Lossless}`,
];
const asOtherFrames = [
  'multipart/related; type="application/octet-stream"',
  accept.explicitLittleEndianFrames,
  'multipart/related; type="image/jp2"',
  `multipart/related; type="image/jp2"; transfer-syntax=${jpeg2000Lossless}`,
];

must(
  "RETRIEVE-034",
  {
    title: "what cannot be decoded is not transcoded, and comes as it was stored",
    request: "Retrieve-a-single-instance-within-a-series-of-a-study",
    clause: [statement("Retrieve Transfer Syntax"), statement("Retrieve Response Status Codes")],
  },
  async ({ service, instances }) => {
    await checkRows({ "MPEG-2": mpeg2, HEVC: hevc }, async (transferSyntax) => {
      const video = compressed(instances, transferSyntax);
      await service.given.stored(video);

      await checkRows(asOtherFiles, async (form) => {
        expect(await service.retrieve(video, form)).toAnswer({ status: 406 });
      });
      await checkRows({ study: studyPath(video), series: seriesPath(video) }, async (path) => {
        const response = await service.retrieve(path, 'multipart/related; type="application/dicom"');
        expect(response).toAnswer({ status: 406 });
      });
      await checkRows(asOtherFrames, async (form) => {
        expect(await service.frames(video, 1, form)).toAnswer({ status: 406 });
      });
      await checkRows({ "a file": accept.instance, "a part": accept.instances }, async (form) => {
        expect(await service.retrieve(video, form)).toDeliver([video]);
      });
      expect(await service.frames(video, 1)).toDeliverFrames([compressedFrame]);
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
