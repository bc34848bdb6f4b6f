import {
  checkRows,
  expect,
  given,
  must,
  ps3_18,
  rfc,
  type ServiceResponse,
  seriesPath,
  studyPath,
} from "../words.ts";
import { compressed } from "./compressed.ts";
import { studyOfTwoSeries } from "./study-of-two-series.ts";

const aboutParameters = {
  kinds: { allBut: ["missing-type", "type-mismatch", "missing-boundary", "boundary-syntax"] },
  because: "RETRIEVE-007 judges the framing of a multipart body",
};

const jpeg2000Lossless = "1.2.840.10008.1.2.4.90";

must(
  "RETRIEVE-008",
  {
    title: "the Content-Type of a multipart answer names the media type of its parts",
    request: "Retrieve-all-instances-within-a-study",
    profile: "dicomweb",
    clause: [ps3_18("8.7.3.5.1"), rfc(2387, "3.1")],
  },
  async ({ service, instances }) => {
    const { all, firstSeries } = studyOfTwoSeries(instances);
    const [known] = firstSeries;
    const image = instances.image();
    await service.given.stored(...all, image);

    const resources: Readonly<Record<string, Resource>> = {
      study: { get: () => service.retrieve(studyPath(known)), coveredBy: "RETRIEVE-001" },
      series: { get: () => service.retrieve(seriesPath(known)), coveredBy: "RETRIEVE-002" },
      instance: { get: () => service.retrieve(known), coveredBy: "RETRIEVE-004" },
      "one frame": { get: () => service.frames(image, 1), coveredBy: "RETRIEVE-036" },
      "several frames": { get: () => service.frames(image, [1, 2]), coveredBy: "RETRIEVE-037" },
    };
    await checkRows(resources, expectNamed);
    if (service.isAzure) {
      const encoded = compressed(instances, jpeg2000Lossless);
      await service.given.stored(encoded);
      const get = () => service.frames(encoded, 1, 'multipart/related; type="image/jp2"');
      await expectNamed({ get, coveredBy: "RETRIEVE-039" });
    }
  },
);

interface Resource {
  readonly get: () => Promise<ServiceResponse>;
  /** Id of the requirement that judges whether it can be had. */
  readonly coveredBy: string;
}

/** Microsoft's service leaves the parameter out; whoever sends it must send the right one. */
async function expectNamed({ get, coveredBy }: Resource): Promise<void> {
  const response = await get();
  given(response, coveredBy).toAnswer({ status: 200, mediaType: "multipart/related" });
  expect(response).toBeWithoutBreach(response.multipart.breaches, aboutParameters);
}
