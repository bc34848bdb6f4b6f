import { NotApplicable } from "../../fixtures/client/inconclusive.ts";
import { accept, instancePath, seriesPath, studyPath } from "../../fixtures/client/resources.ts";
import { expect } from "../../fixtures/matchers/expect.ts";
import { ps3_18, rfc, statement } from "../engine/clause.ts";
import { requirement } from "../engine/requirement.ts";
import { studyOfTwoSeries } from "./study-of-two-series.ts";

const request = "Retrieve-a-single-instance-within-a-series-of-a-study";
const standard = { request, level: "must", profile: "dicomweb", api: ["v1", "v2"] } as const;

requirement(
  "RETRIEVE-003",
  {
    ...standard,
    title: "an instance asked for as application/dicom comes back as a bare file",
    clause: [ps3_18("10.4.4"), statement("Retrieve an Instance")],
  },
  async ({ service, instances }) => {
    const { firstSeries } = studyOfTwoSeries(instances);
    await service.given.stored(...firstSeries);
    const [wanted] = firstSeries;

    const response = await service.get(instancePath(wanted), accept.instance);
    if (!service.isAzure && [400, 406].includes(response.status)) {
      throw new NotApplicable("PS3.18 10.4.4 permits single part for an instance, and does not demand it");
    }
    expect(response).toAnswer({ status: 200, mediaType: "application/dicom" });
    expect(response).toDeliver([wanted]);
  },
);

requirement(
  "RETRIEVE-004",
  {
    ...standard,
    title: "an instance asked for as multipart comes back as the only part",
    clause: [ps3_18("10.4.4"), statement("Retrieve an Instance")],
  },
  async ({ service, instances }) => {
    const { firstSeries, sibling } = studyOfTwoSeries(instances);
    await service.given.stored(...firstSeries, sibling);
    for (const wanted of firstSeries) {
      const response = await service.get(instancePath(wanted), accept.instances);
      expect(response).toAnswer({ status: 200, mediaType: "multipart/related" });
      expect(response).toDeliver([wanted]);
      expect(
        response.multipart.parts.map(({ mediaType }) => mediaType.essence),
        "media types of the parts",
      ).toEqual(["application/dicom"]);
    }
  },
);

const basicTextSr = "1.2.840.10008.5.1.4.1.1.88.11";

requirement(
  "RETRIEVE-012",
  {
    ...standard,
    title: "an instance without pixel data can be retrieved like any other",
    clause: [ps3_18("10.4.1.1.1"), statement("Retrieve (WADO-RS)")],
  },
  async ({ service, instances }) => {
    const withoutPixels = instances.minimal({
      SOPClassUID: basicTextSr,
      Modality: "SR",
      BitsAllocated: undefined,
      PhotometricInterpretation: undefined,
    });
    await service.given.stored(withoutPixels);
    expect(await service.get(studyPath(withoutPixels), accept.instances)).toDeliver([withoutPixels]);
    expect(await service.get(seriesPath(withoutPixels), accept.instances)).toDeliver([withoutPixels]);
    expect(await service.readBack(withoutPixels)).toDeliver([withoutPixels]);
  },
);

requirement(
  "RETRIEVE-013",
  {
    ...standard,
    title: "a payload that looks like multipart survives unharmed",
    clause: [rfc(2046, "5.1.1"), ps3_18("8.6.1.2.1")],
  },
  async ({ service, instances }) => {
    const lookalike = Buffer.from(
      "\r\n--\r\n\r\n--boundary\r\nContent-Type: application/dicom\r\n\r\n\n\r\r\n--boundary--\r\n",
    );
    const rows = 40;
    const pixels = Buffer.alloc(rows * lookalike.length, lookalike);
    const instance = instances.image({
      rows,
      columns: lookalike.length,
      frames: 1,
      pixels: (_frame, row, column) => pixels[row * lookalike.length + column] ?? 0,
    });
    await service.given.stored(instance);

    expect(await service.get(instancePath(instance), accept.instances)).toDeliver([instance]);
    expect(await service.readBack(instance)).toDeliver([instance]);
    const frame = await service.get(`${instancePath(instance)}/frames/1`, accept.frames);
    expect(frame).toDeliverFrames([pixels]);
  },
);
