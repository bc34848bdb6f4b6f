import { accept, expect, instancePath, must, ps3_18, seriesPath, statement, studyPath } from "../words.ts";
import { compressed } from "./compressed.ts";
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
    for (const [path, refused] of [
      [studyPath(instance), refusedForStudies],
      [seriesPath(instance), refusedForStudies],
      [instancePath(instance), refusedForInstances],
    ] as const) {
      for (const value of refused) {
        expect(await service.get(path, value)).toAnswer({ status: 406 });
      }
      expect(await service.retrieve(path)).toDeliver([instance]);
    }
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

    for (const transferSyntax of refusedSyntaxes) {
      const bare = `application/dicom; transfer-syntax=${transferSyntax}`;
      const multipart = `multipart/related; type="application/dicom"; transfer-syntax=${transferSyntax}`;
      for (const [path, value] of [
        [studyPath(native), multipart],
        [seriesPath(native), multipart],
        [instancePath(native), multipart],
        [instancePath(native), bare],
      ] as const) {
        expect(await service.get(path, value)).toAnswer({ status: 406 });
      }
    }
    const asStored = `application/dicom; transfer-syntax=${rleLossless}`;
    expect(await service.get(instancePath(rle), asStored)).toAnswer({ status: 406 });

    const offered = `application/dicom; transfer-syntax=${native.transferSyntaxUid}`;
    expect(await service.get(instancePath(native), offered)).toDeliver([native]);
    expect(await service.get(instancePath(rle), accept.instance)).toDeliver([rle]);
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
    const { firstSeries, sibling, stranger } = studyOfTwoSeries(instances);
    const [known] = firstSeries;
    await service.given.stored(known, sibling, stranger);
    const { studyInstanceUid, seriesInstanceUid } = stranger;
    for (const path of [
      studyPath({ studyInstanceUid: instances.uid() }),
      seriesPath({ ...known, seriesInstanceUid: instances.uid() }),
      seriesPath({ ...known, seriesInstanceUid }),
      instancePath({ ...known, sopInstanceUid: instances.uid() }),
      instancePath({ ...known, seriesInstanceUid: sibling.seriesInstanceUid }),
      instancePath({ ...known, studyInstanceUid }),
      instancePath({ ...known, studyInstanceUid: instances.uid() }),
    ]) {
      expect(await service.retrieve(path)).toAnswer({ status: 404 });
    }
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

const formsOfInstances = [
  ["", accept.instances],
  ["/metadata", accept.dicomJson],
  ["/frames/1", accept.frames],
  ["/rendered", accept.jpeg],
] as const;

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
    const pathsWith = (uid: string) =>
      [
        { ...image, studyInstanceUid: uid },
        { ...image, seriesInstanceUid: uid },
        { ...image, sopInstanceUid: uid },
      ].map(instancePath);
    for (const path of malformedUids.flatMap(pathsWith)) {
      expect(await service.retrieve(path)).toAnswer({ status: 400 });
    }
    for (const [form, value] of formsOfInstances) {
      for (const path of pathsWith("1.2.abc")) {
        expect(await service.get(`${path}${form}`, value)).toAnswer({ status: 400 });
      }
    }
    for (const path of [
      studyPath({ studyInstanceUid: "1.2.abc" }),
      seriesPath({ ...image, studyInstanceUid: "1.2.abc" }),
      seriesPath({ ...image, seriesInstanceUid: "1.2.abc" }),
    ]) {
      expect(await service.retrieve(path)).toAnswer({ status: 400 });
      expect(await service.metadata(path)).toAnswer({ status: 400 });
    }
    const longest = `1.${"2".repeat(62)}`;
    for (const [form, value] of formsOfInstances) {
      const unknown = `${instancePath({ ...image, sopInstanceUid: longest })}${form}`;
      expect(await service.get(unknown, value)).toAnswer({ status: 404 });
      expect(await service.get(`${instancePath(image)}${form}`, value)).toAnswer({ status: 200 });
    }
  },
);
