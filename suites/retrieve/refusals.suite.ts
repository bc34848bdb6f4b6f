import {
  accept,
  checkRows,
  expect,
  instancePath,
  must,
  ps3_18,
  type Service,
  seriesPath,
  statement,
  studyPath,
} from "../words.ts";
import { compressed } from "./compressed.ts";
import { pathsOf, pathsToNothing } from "./paths.ts";
import { studyOfTwoSeries } from "./study-of-two-series.ts";

const refusedForStudies = [
  'multipart/related; type="application/octet-stream"; transfer-syntax=*',
  'multipart/related; type="image/jp2"',
  "application/dicom+json",
  "application/zip",
  "image/png",
  "text/html",
];
const refusedForInstances = [
  "application/octet-stream; transfer-syntax=*",
  'multipart/form-data; type="application/dicom"',
  "multipart/related",
  "application/json",
  "image/jpeg",
];

must(
  "RETRIEVE-023",
  {
    title: "media types that a resource does not offer are refused",
    request: "Retrieve-a-single-instance-within-a-series-of-a-study",
    clause: statement("Retrieve Response Status Codes"),
  },
  async ({ service, instances }) => {
    const instance = instances.image();
    await service.given.stored(instance);

    const { study, series, instance: alone } = pathsOf(instance);
    const refusing = {
      study: { path: study, refused: refusedForStudies },
      series: { path: series, refused: refusedForStudies },
      instance: { path: alone, refused: refusedForInstances },
    };
    await checkRows(refusing, async ({ path, refused }) => {
      await checkRows(refused, async (value) => {
        expect(await service.retrieve(path, value)).toAnswer({ status: 406 });
      });
      expect(await service.retrieve(path)).toDeliver([instance]);
    });
  },
);

const rleLossless = "1.2.840.10008.1.2.5";

/** Neither of the two that are on offer, known and unknown ones, and what is no UID. */
const refusedSyntaxes = [
  "1.2.840.10008.1.2",
  "1.2.840.10008.1.2.2",
  "1.2.840.10008.1.2.1.99",
  "1.2.840.10008.1.2.4.50",
  "1.2.840.10008.1.2.4.57",
  "1.2.840.10008.1.2.4.70",
  "1.2.840.10008.1.2.4.80",
  "1.2.840.10008.1.2.4.91",
  "1.2.840.10008.1.2.4.100",
  rleLossless,
  "1.2.3.4",
  "abc",
];

must(
  "RETRIEVE-024",
  {
    title: "transfer syntaxes that are not on offer are refused, even where the instance is stored in them",
    request: "Retrieve-a-single-instance-within-a-series-of-a-study",
    clause: statement("Retrieve Transfer Syntax"),
  },
  async ({ service, instances }) => {
    const native = instances.image();
    const rle = compressed(instances, rleLossless);
    await service.given.stored(native, rle);

    const { study, series, instance } = pathsOf(native);
    const multipart = 'multipart/related; type="application/dicom"';
    const forms = {
      study: { path: study, form: multipart },
      series: { path: series, form: multipart },
      instance: { path: instance, form: multipart },
      "instance in single part": { path: instance, form: "application/dicom" },
    };
    await checkRows(refusedSyntaxes, async (transferSyntax) => {
      await checkRows(forms, async ({ path, form }) => {
        const response = await service.retrieve(path, `${form}; transfer-syntax=${transferSyntax}`);
        expect(response).toAnswer({ status: 406 });
      });
    });
    const asStored = `application/dicom; transfer-syntax=${rleLossless}`;
    expect(await service.retrieve(rle, asStored)).toAnswer({ status: 406 });

    const offered = `application/dicom; transfer-syntax=${native.transferSyntaxUid}`;
    expect(await service.retrieve(native, offered)).toDeliver([native]);
    expect(await service.retrieve(rle, accept.instance)).toDeliver([rle]);
  },
);

must(
  "RETRIEVE-088",
  {
    title: "unknown studies, series and instances are not found, nor known ones below a wrong parent",
    request: "Retrieve-a-single-instance-within-a-series-of-a-study",
    profile: "dicomweb",
    clause: [ps3_18("10.4.3.1"), statement("Retrieve Response Status Codes")],
  },
  async ({ service, instances }) => {
    const study = studyOfTwoSeries(instances);
    const [known] = study.firstSeries;
    await service.given.stored(known, study.sibling, study.stranger);

    await checkRows(pathsToNothing(study, instances), async (path) => {
      expect(await service.retrieve(path)).toAnswer({ status: 404 });
    });
    expect(await service.retrieve(known)).toDeliver([known]);
  },
);

const malformedUids = [
  "abc",
  "1.2.abc",
  "1-2-3",
  "4f2b0f0e-6f0b-4c7e-9d4b-1f2a3b4c5d6e",
  "1.2.",
  `1.${"2".repeat(63)}`,
  "1.2%203",
  "%201.2.3",
];

const formsOfInstances = {
  file: (service: Service, path: string) => service.retrieve(path),
  metadata: (service: Service, path: string) => service.metadata(path),
  "frame 1": (service: Service, path: string) => service.frames(path, 1),
  picture: (service: Service, path: string) => service.rendered(path),
};

must(
  "RETRIEVE-090",
  {
    title: "malformed UIDs in the path are a bad request, whatever is asked for",
    request: "Retrieve-a-single-instance-within-a-series-of-a-study",
    clause: statement("Retrieve Response Status Codes"),
  },
  async ({ service, instances }) => {
    const image = instances.image();
    await service.given.stored(image);
    const [study, series, sop] = ["StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID"];
    const instancePathsWith = (uid: string) => ({
      "for the study of an instance": [instancePath({ ...image, studyInstanceUid: uid }), study],
      "for the series of an instance": [instancePath({ ...image, seriesInstanceUid: uid }), series],
      "for an instance": [instancePath({ ...image, sopInstanceUid: uid }), sop],
    });
    const otherPaths = {
      "for a study": [studyPath({ studyInstanceUid: "1.2.abc" }), study],
      "for the study of a series": [seriesPath({ ...image, studyInstanceUid: "1.2.abc" }), study],
      "for a series": [seriesPath({ ...image, seriesInstanceUid: "1.2.abc" }), series],
    };
    const longest = instancePath({ ...image, sopInstanceUid: `1.${"2".repeat(62)}` });

    await checkRows(malformedUids, async (uid) => {
      await checkRows(instancePathsWith(uid), async ([path = "", naming]) => {
        expect(await service.retrieve(path)).toAnswer({ status: 400, mediaType: "text/plain", naming });
      });
    });
    const { file, metadata } = formsOfInstances;
    await checkRows(otherPaths, async ([path = "", naming]) => {
      await checkRows({ file, metadata }, async (get) => {
        expect(await get(service, path)).toAnswer({ status: 400, naming });
      });
    });
    await checkRows(formsOfInstances, async (get) => {
      await checkRows(instancePathsWith("1.2.abc"), async ([path = "", naming]) => {
        expect(await get(service, path)).toAnswer({ status: 400, naming });
      });
      expect(await get(service, longest)).toAnswer({ status: 404 });
      expect(await get(service, instancePath(image))).toAnswer({ status: 200 });
    });
  },
);
