import { jpeg2000Lossless } from "../../fixtures/codecs/transfer-syntaxes.ts";
import {
  accept,
  type CompressedImage,
  checkRows,
  compressedImage,
  expect,
  type Instance,
  type Instances,
  may,
  must,
  ps3_18,
  rfc,
  type Service,
  type ServiceResponse,
  should,
  statement,
} from "../words.ts";
import { fileAccept, filesAccept, framesAccept } from "./accepts.ts";
import { pathsOf } from "./paths.ts";

const explicitLittleEndian = "1.2.840.10008.1.2.1";

/** An image in JPEG 2000: what is not told from its native twin by its pixels is told by its transfer syntax. */
function inJpeg2000(instances: Instances): Promise<CompressedImage> {
  return compressedImage(instances, instances.image({ frames: 2 }), jpeg2000Lossless);
}

/** In that form there is one file, in that transfer syntax. */
async function expectIn(
  service: Service,
  path: string,
  form: string,
  image: Instance,
  transferSyntaxUid: string,
): Promise<void> {
  const response = await service.retrieve(path, form);
  const mediaType = form.startsWith("application/dicom") ? "application/dicom" : "multipart/related";
  expect(response).toAnswer({ status: 200, ...(form !== "*/*" && { mediaType }) });
  await expect(response).toDeliverTranscoded(image, { transferSyntaxUid });
}

/** Transfer syntaxes that forms ask for; undefined for that in which the instance was stored. */
const multipartForms = {
  "as stored": { form: filesAccept("*"), delivered: undefined },
  "without transfer syntax": { form: filesAccept(), delivered: explicitLittleEndian },
  "with a semicolon at the end": { form: `${filesAccept()};`, delivered: explicitLittleEndian },
  "explicit VR": { form: filesAccept(explicitLittleEndian), delivered: explicitLittleEndian },
  "JPEG 2000": { form: filesAccept(jpeg2000Lossless), delivered: jpeg2000Lossless },
};
const singlePartForms = {
  "bare, as stored": { form: fileAccept("*"), delivered: undefined },
  "bare, without transfer syntax": { form: fileAccept(), delivered: explicitLittleEndian },
  "bare, with a semicolon at the end": { form: `${fileAccept()};`, delivered: explicitLittleEndian },
  "bare, explicit VR": { form: fileAccept(explicitLittleEndian), delivered: explicitLittleEndian },
  "bare, JPEG 2000": { form: fileAccept(jpeg2000Lossless), delivered: jpeg2000Lossless },
  anything: { form: "*/*", delivered: undefined },
};

must(
  "RETRIEVE-016",
  {
    title: "a study or series of one instance can be had in each of the documented forms",
    request: "Retrieve-all-instances-within-a-study",
    clause: statement("Retrieve instances within Study or Series"),
  },
  async ({ service, instances }) => {
    const image = instances.image({ frames: 2 });
    const encoded = await inJpeg2000(instances);
    await service.given.stored(image, encoded.stored);

    const sources = {
      "stored in explicit VR": { stored: image, native: image },
      "stored in JPEG 2000": encoded,
    };
    await checkRows(sources, async ({ stored, native }) => {
      const { study, series } = pathsOf(stored);
      await checkRows({ study, series }, async (path) => {
        await checkRows(multipartForms, async ({ form, delivered = stored.transferSyntaxUid }) => {
          await expectIn(service, path, form, native, delivered);
        });
      });
    });
  },
);

must(
  "RETRIEVE-017",
  {
    title:
      "an instance can be had in each of the documented forms, and as it was stored where anything will do",
    request: "Retrieve-a-single-instance-within-a-series-of-a-study",
    clause: statement("Retrieve an Instance"),
  },
  async ({ service, instances }) => {
    const image = instances.image({ frames: 2 });
    const encoded = await inJpeg2000(instances);
    await service.given.stored(image, encoded.stored);

    const sources = {
      "stored in explicit VR": { stored: image, native: image },
      "stored in JPEG 2000": encoded,
    };
    await checkRows(sources, async ({ stored, native }) => {
      const { instance } = pathsOf(stored);
      const forms = { ...multipartForms, ...singlePartForms };
      await checkRows(forms, async ({ form, delivered = stored.transferSyntaxUid }) => {
        await expectIn(service, instance, form, native, delivered);
      });
    });
  },
);

must(
  "RETRIEVE-018",
  {
    title: "without a transfer syntax in the Accept header, the answer is in Explicit VR Little Endian",
    request: "Retrieve-a-single-instance-within-a-series-of-a-study",
    profile: "dicomweb",
    clause: [ps3_18("8.7.3.4"), ps3_18("8.7.8.2"), statement("Retrieve an Instance")],
  },
  async ({ service, instances }) => {
    const native = instances.image({ frames: 2 });
    const sources = {
      "stored in JPEG 2000": await inJpeg2000(instances),
      "stored in implicit VR": {
        stored: instances.with(native, { TransferSyntaxUID: "1.2.840.10008.1.2" }),
        native,
      },
    };
    await service.given.stored(...Object.values(sources).map(({ stored }) => stored));

    await checkRows(sources, async ({ stored, native: image }) => {
      const { study, series, instance } = pathsOf(stored);
      const asked = {
        study: { path: study, form: filesAccept() },
        series: { path: series, form: filesAccept() },
        instance: { path: instance, form: filesAccept() },
        // PS3.18 10.4.4 permits single part, Microsoft promises it.
        ...(service.isAzure && { "instance, bare": { path: instance, form: fileAccept() } }),
      };
      await checkRows(asked, async ({ path, form }) => {
        await expectIn(service, path, form, image, explicitLittleEndian);
      });
    });
  },
);

/** The parameter transfer-syntax of the Content-Type. */
function labelOf({ mediaType }: ServiceResponse): string | undefined {
  return mediaType.parameters.get("transfer-syntax");
}

should(
  "RETRIEVE-010",
  {
    title: "a bare answer is labelled with the transfer syntax that it is in",
    request: "Retrieve-a-single-instance-within-a-series-of-a-study",
    clause: [statement("Retrieve an Instance"), statement("Retrieve Frames"), ps3_18("8.7.9")],
  },
  async ({ service, instances }) => {
    const { stored } = await inJpeg2000(instances);
    await service.given.stored(stored);

    const asStored = await service.retrieve(stored, accept.instance);
    const byDefault = await service.retrieve(stored, fileAccept());
    const frame = await service.frames(stored, 1, "application/octet-stream; transfer-syntax=*");
    const answers = {
      "as stored": { response: asStored, label: jpeg2000Lossless },
      "without transfer syntax": { response: byDefault, label: explicitLittleEndian },
      "a frame as stored": { response: frame, label: jpeg2000Lossless },
    };
    await checkRows(answers, async ({ response, label }) => {
      expect(response).toAnswer({ status: 200 });
      expect(response).toHold("label of the transfer syntax", labelOf(response), label);
    });
  },
);

const [less, more, least] = ["; q=0.5", "; q=0.9", "; q=0.3"];
const unknown = fileAccept("2.25.20240229");
const weighted = {
  "the better one last": [
    `${fileAccept(explicitLittleEndian)}${less}`,
    `${fileAccept(jpeg2000Lossless)}${more}`,
  ],
  "the better one first": [
    `${fileAccept(jpeg2000Lossless)}${more}`,
    `${fileAccept(explicitLittleEndian)}${less}`,
  ],
  "the best one not on offer": [
    `${unknown}${more}`,
    `${fileAccept(jpeg2000Lossless)}${less}`,
    `${fileAccept("*")}${least}`,
  ],
};

should(
  "RETRIEVE-027",
  {
    title: "the form with the highest quality value is sent among those on offer",
    request: "Retrieve-a-single-instance-within-a-series-of-a-study",
    profile: "dicomweb",
    clause: [ps3_18("8.7.8.1"), rfc(9110, "12.5.1")],
  },
  async ({ service, instances }) => {
    const image = instances.image({ frames: 2 });
    await service.given.stored(image);

    expect(await service.retrieve(image, fileAccept(jpeg2000Lossless))).toBeOffered(withoutJpeg2000);
    const form = { transferSyntaxUid: jpeg2000Lossless };
    await checkRows(weighted, async (ranges) => {
      const response = await service.retrieve(image, ranges.join(", "));
      await expect(response).toDeliverTranscoded(image, form);
    });
  },
);

const withoutJpeg2000 = {
  status: [400, 406],
  profile: "dicomweb",
  ends: "skipped",
  because:
    "PS3.18 8.7.3.3 leaves it to a server which compressed forms of a file it has, and whether a file comes bare",
} as const;

may(
  "RETRIEVE-028",
  {
    title: "among forms that are worth the same, that in which it was stored is sent",
    request: "Retrieve-a-single-instance-within-a-series-of-a-study",
    clause: statement("Retrieve Transfer Syntax"),
  },
  async ({ service, instances }) => {
    const image = instances.image({ frames: 2 });
    await service.given.stored(image);

    const ofFrames = `${framesAccept("image/jp2", jpeg2000Lossless)}, ${accept.frames}`;
    expect(await service.frames(image, 1, ofFrames)).toDeliverFrames(image.frames.slice(0, 1));
    const ofFiles = `${fileAccept(jpeg2000Lossless)}, ${accept.instance}`;
    expect(await service.retrieve(image, ofFiles)).toDeliver([image]);
  },
);
