import {
  accept,
  checkRows,
  dicom,
  expect,
  instancePath,
  must,
  named,
  ps3_18,
  rfc,
  seriesPath,
  statement,
  studyPath,
} from "../words.ts";
import { pathsOf, pathsToNothing } from "./paths.ts";
import { studyOfTwoSeries } from "./study-of-two-series.ts";

const retrieveMetadata = statement("Retrieve Metadata (for Study, Series, or Instance)");

must(
  "RETRIEVE-048",
  {
    title: "metadata is an array of one object for each instance of the study, series or instance",
    request: "Retrieve-metadata-of-all-instances-in-study",
    profile: "dicomweb",
    clause: [ps3_18("10.4.1.1.2"), ps3_18("F.2.1"), dicom("PS3.5", "6.2"), retrieveMetadata],
  },
  async ({ service, instances }) => {
    const study = { StudyInstanceUID: instances.uid() };
    const series = { ...study, SeriesInstanceUID: instances.uid() };
    // RETRIEVE-055 asks for the empty item that is taken out here.
    const first = instances.rich({ ...series, "00291015": undefined });
    const second = instances.minimal({ ...series, SeriesDescription: "Second" });
    const sibling = instances.minimal({ ...study, SeriesDescription: "Sibling" });
    // More than a page of any server: metadata has no pages.
    const large = { StudyInstanceUID: instances.uid(), SeriesInstanceUID: instances.uid() };
    const inMany = instances.minimal(large);
    const many = [inMany, ...Array.from({ length: 29 }, () => instances.minimal(large))];
    await service.given.stored(first, second, sibling, instances.minimal(), ...many);

    const described = {
      study: { path: studyPath(first), expected: [first, second, sibling] },
      series: { path: seriesPath(first), expected: [first, second] },
      "the other series": { path: seriesPath(sibling), expected: [sibling] },
      instance: { path: instancePath(first), expected: [first] },
      "a study of many instances": { path: studyPath(inMany), expected: many },
      "a series of many instances": { path: seriesPath(inMany), expected: many },
    };
    await checkRows(described, async ({ path, expected }) => {
      expect(await service.metadata(path)).toDescribe(expected);
    });
  },
);

/** Header lines, without pictures: PS3.18 8.7.5 refuses a list of DICOM and rendered media types with 400. */
const covering: readonly (readonly string[])[] = [
  ["application/dicom+json"],
  ["Application/DICOM+JSON"],
  ["application/dicom+json; q=0.5"],
  ["application/dicom+json; charset=utf-8"],
  ["application/dicom+json; transfer-syntax=*"],
  ["application/*"],
  ["*/*"],
  ["application/fhir+json, application/dicom+json"],
  ["application/fhir+json", "application/dicom+json"],
];

must(
  "RETRIEVE-049",
  {
    title: "metadata is served for every Accept header that covers application/dicom+json",
    request: "Retrieve-metadata-of-a-single-instance-within-a-series-of-a-study",
    profile: "dicomweb",
    clause: [ps3_18("10.4.4"), rfc(9110, "12.5.1"), retrieveMetadata],
  },
  async ({ service, instances }) => {
    const instance = instances.minimal();
    await service.given.stored(instance);

    await checkRows(
      named(covering, (lines) => lines.join(" and ")),
      async (lines) => {
        const headers = lines.map((line) => ["Accept", line] as const);
        const response = await service.send("GET", `${instancePath(instance)}/metadata`, headers);
        expect(response).toDescribe([instance]);
      },
    );
  },
);

const excluding = [
  "application/data",
  "application/dicom",
  "application/xml",
  "application/dicom+json+something",
  "text/html",
  "image/*",
  'multipart/related; type="application/dicom+json"',
  'multipart/related; type="application/dicom+xml"',
];

must(
  "RETRIEVE-050",
  {
    title: "metadata is refused for Accept headers that exclude application/dicom+json, before anything else",
    request: "Retrieve-metadata-of-all-instances-within-a-series",
    clause: [retrieveMetadata, statement("Retrieve Response Status Codes")],
  },
  async ({ service, instances }) => {
    const instance = instances.minimal();
    await service.given.stored(instance);

    await checkRows(pathsOf(instance), async (path) => {
      const described = await service.metadata(path);
      expect(described).toDescribe([instance]);

      await checkRows(excluding, async (value) => {
        expect(await service.metadata(path, value)).toAnswer({ status: 406 });
      });
      const headers = { "If-None-Match": described.header("ETag") };
      expect(await service.metadata(path, "text/html", headers)).toAnswer({ status: 406 });
    });
    const noUid = "4f2b0f0e-6f0b-4c7e-9d4b-1f2a3b4c5d6e";
    const malformed = { studyInstanceUid: noUid, seriesInstanceUid: noUid, sopInstanceUid: noUid };
    expect(await service.metadata(malformed, "text/html")).toAnswer({ status: 406 });
  },
);

must(
  "RETRIEVE-063",
  {
    title: "metadata of unknown studies, series and instances is not found, nor below a wrong parent",
    request: "Retrieve-metadata-of-all-instances-in-study",
    profile: "dicomweb",
    clause: [ps3_18("10.4.3.1"), statement("Retrieve Response Status Codes")],
  },
  async ({ service, instances }) => {
    const study = studyOfTwoSeries(instances);
    const [known] = study.firstSeries;
    await service.given.stored(known, study.sibling, study.stranger);
    const described = await service.metadata(known);
    expect(described).toDescribe([known]);

    await checkRows(pathsToNothing(study, instances), async (path) => {
      const validators = { plainly: undefined, "with an ETag": described.header("ETag") ?? '"1"' };
      await checkRows<string | undefined>(validators, async (ifNoneMatch) => {
        const headers = { "If-None-Match": ifNoneMatch };
        const response = await service.metadata(path, accept.dicomJson, headers);
        expect(response).toAnswer({ status: 404 });
        if (service.isAzure) {
          expect(response).toHold("ETag of what is not there", response.header("ETag"), undefined);
        }
      });
    });
  },
);
