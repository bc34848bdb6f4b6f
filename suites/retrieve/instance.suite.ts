import { type AnswerTolerance, accept, checkRows, expect, must, ps3_18, rfc, statement } from "../words.ts";
import { defaultInstead, defaultInsteadIsWarned } from "./default-instead.ts";
import { pathsOf } from "./paths.ts";
import { studyOfTwoSeries } from "./study-of-two-series.ts";

must(
  "RETRIEVE-003",
  {
    title: "an instance asked for as application/dicom comes back as a bare file",
    request: "Retrieve-a-single-instance-within-a-series-of-a-study",
    profile: "dicomweb",
    clause: [ps3_18("10.4.4"), statement("Retrieve an Instance")],
  },
  async ({ service, instances }) => {
    const { firstSeries } = studyOfTwoSeries(instances);
    await service.given.stored(...firstSeries);
    const [wanted] = firstSeries;

    const response = await service.retrieve(wanted, accept.instance);
    const multipartOnly: AnswerTolerance = {
      status: [400, 406],
      profile: "dicomweb",
      ends: "skipped",
      because: "PS3.18 10.4.4 permits single part for an instance, and does not demand it",
    };
    const tolerate = [multipartOnly, defaultInstead];
    expect(response).toAnswer({ status: 200, mediaType: "application/dicom", tolerate });
    expect(response).toDeliver([wanted]);
    expect(response).toBeOffered(defaultInsteadIsWarned);
  },
);

must(
  "RETRIEVE-004",
  {
    title: "an instance asked for as multipart comes back as the only part",
    request: "Retrieve-a-single-instance-within-a-series-of-a-study",
    profile: "dicomweb",
    clause: [ps3_18("10.4.4"), statement("Retrieve an Instance")],
  },
  async ({ service, instances }) => {
    const { firstSeries, sibling } = studyOfTwoSeries(instances);
    await service.given.stored(...firstSeries, sibling);

    await checkRows({ "the first of two": firstSeries[0], "the second": firstSeries[1] }, async (wanted) => {
      const response = await service.retrieve(wanted);
      expect(response).toAnswer({ status: 200, mediaType: "multipart/related" });
      expect(response).toDeliver([wanted]);
      const mediaTypes = response.multipart.parts.map(({ mediaType }) => mediaType.essence);
      expect(response).toHold("media types of the parts", mediaTypes, ["application/dicom"]);
    });
  },
);

must(
  "RETRIEVE-012",
  {
    title: "an instance without pixel data can be retrieved like any other",
    request: "Retrieve-a-single-instance-within-a-series-of-a-study",
    profile: "dicomweb",
    clause: [ps3_18("10.4.1.1.1"), statement("Retrieve (WADO-RS)")],
  },
  async ({ service, instances }) => {
    const withoutPixels = instances.report();
    await service.given.stored(withoutPixels);

    await checkRows(pathsOf(withoutPixels), async (path) => {
      expect(await service.retrieve(path)).toDeliver([withoutPixels]);
    });
  },
);

must(
  "RETRIEVE-013",
  {
    title: "a payload that looks like multipart survives unharmed",
    request: "Retrieve-a-single-instance-within-a-series-of-a-study",
    profile: "dicomweb",
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

    await checkRows(
      service.isAzure ? [accept.instances, accept.instance] : [accept.instances],
      async (form) => {
        expect(await service.retrieve(instance, form)).toDeliver([instance]);
      },
    );
    expect(await service.frames(instance, 1)).toDeliverFrames([pixels]);
  },
);
