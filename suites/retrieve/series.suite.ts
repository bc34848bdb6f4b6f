import { accept, seriesPath, studyPath } from "../../fixtures/client/resources.ts";
import type { ServiceResponse } from "../../fixtures/client/service-response.ts";
import { expect } from "../../fixtures/matchers/expect.ts";
import { text } from "../../fixtures/wire/dicom-json.ts";
import { readPart10 } from "../../fixtures/wire/part10.ts";
import { ps3_18, statement } from "../engine/clause.ts";
import { requirement } from "../engine/requirement.ts";
import { compressed } from "./compressed.ts";
import { studyOfTwoSeries } from "./study-of-two-series.ts";

const request = "Retrieve-all-instances-within-a-series";
const standard = { request, level: "must", profile: "dicomweb", api: ["v1", "v2"] } as const;
const azure = { ...standard, profile: "azure" } as const;

const mpeg2 = "1.2.840.10008.1.2.4.100";

requirement(
  "RETRIEVE-002",
  {
    ...standard,
    title: "a series yields the instances of that series only",
    clause: [ps3_18("10.4.1.1.1"), statement("Retrieve instances within Study or Series")],
  },
  async ({ service, instances }) => {
    const { firstSeries, sibling, stranger } = studyOfTwoSeries(instances);
    await service.given.stored(...firstSeries, sibling, stranger);

    const response = await service.get(seriesPath(firstSeries[0]), accept.instances);
    expect(response).toAnswer({ status: 200, mediaType: "multipart/related" });
    expect(response).toDeliver(firstSeries);
    expect(await service.get(seriesPath(sibling), accept.instances)).toDeliver([sibling]);
  },
);

requirement(
  "RETRIEVE-009",
  {
    ...azure,
    title: "every part is labelled with its media type and the transfer syntax it is really in",
    clause: [ps3_18("8.7.9"), statement("Retrieve instances within Study or Series")],
  },
  async ({ service, instances }) => {
    const series = { StudyInstanceUID: instances.uid(), SeriesInstanceUID: instances.uid() };
    const native = instances.image({}, series);
    const video = compressed(instances, mpeg2, series);
    await service.given.stored(native, video);

    for (const path of [seriesPath(native), studyPath(native)]) {
      const response = await service.get(path, accept.instances);
      expect(response).toDeliver([native, video]);
      expect(labelsOf(response), "labels by SOP Instance UID").toEqual({
        [native.sopInstanceUid]: ["application/dicom", native.transferSyntaxUid],
        [video.sopInstanceUid]: ["application/dicom", mpeg2],
      });
    }
  },
);

function labelsOf({ multipart }: ServiceResponse) {
  return Object.fromEntries(
    multipart.parts.map(({ mediaType, body }) => [
      text(readPart10(body).dataset, "00080018"),
      [mediaType.essence, mediaType.parameters.get("transfer-syntax")],
    ]),
  );
}
