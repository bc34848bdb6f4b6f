import { text } from "../../fixtures/wire/dicom-json.ts";
import { readPart10 } from "../../fixtures/wire/part10.ts";
import {
  checkRows,
  expect,
  must,
  ps3_18,
  type ServiceResponse,
  seriesPath,
  statement,
  studyPath,
} from "../words.ts";
import { compressed } from "./compressed.ts";
import { studyOfTwoSeries } from "./study-of-two-series.ts";

const mpeg2 = "1.2.840.10008.1.2.4.100";

must(
  "RETRIEVE-002",
  {
    title: "a series yields the instances of that series only",
    request: "Retrieve-all-instances-within-a-series",
    profile: "dicomweb",
    clause: [ps3_18("10.4.1.1.1"), statement("Retrieve instances within Study or Series")],
  },
  async ({ service, instances }) => {
    const { firstSeries, sibling, stranger } = studyOfTwoSeries(instances);
    await service.given.stored(...firstSeries, sibling, stranger);

    const response = await service.retrieve(seriesPath(firstSeries[0]));
    expect(response).toAnswer({ status: 200, mediaType: "multipart/related" });
    expect(response).toDeliver(firstSeries);
    expect(await service.retrieve(seriesPath(sibling))).toDeliver([sibling]);
  },
);

must(
  "RETRIEVE-009",
  {
    title: "every part is labelled with its media type and the transfer syntax it is really in",
    request: "Retrieve-all-instances-within-a-series",
    clause: [ps3_18("8.7.9"), statement("Retrieve instances within Study or Series")],
  },
  async ({ service, instances }) => {
    const series = { StudyInstanceUID: instances.uid(), SeriesInstanceUID: instances.uid() };
    const native = instances.image({}, series);
    const video = compressed(instances, mpeg2, series);
    await service.given.stored(native, video);

    await checkRows({ study: studyPath(native), series: seriesPath(native) }, async (path) => {
      const response = await service.retrieve(path);
      expect(response).toDeliver([native, video]);
      expect(response).toHold("labels by SOP Instance UID", labelsOf(response), {
        [native.sopInstanceUid]: ["application/dicom", native.transferSyntaxUid],
        [video.sopInstanceUid]: ["application/dicom", mpeg2],
      });
    });
  },
);

function labelsOf({ multipart }: ServiceResponse) {
  return Object.fromEntries(
    multipart.parts.map(({ mediaType, body }) => [
      text(readPart10(body).dataset, "SOPInstanceUID"),
      [mediaType.essence, mediaType.parameters.get("transfer-syntax")],
    ]),
  );
}
