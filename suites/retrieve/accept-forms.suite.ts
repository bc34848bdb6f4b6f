import { rleLossless } from "../../fixtures/codecs/transfer-syntaxes.ts";
import { compress } from "../../fixtures/instances/compress.ts";
import {
  accept,
  checkRows,
  expect,
  type Instance,
  instancePath,
  may,
  ps3_18,
  seriesPath,
  should,
  statement,
  studyPath,
} from "../words.ts";
import { pathsOf } from "./paths.ts";

/** Ways to write one media type with two parameters; PS3.18 8.7 has quoted and unquoted values mean the same. */
function spellingsOf(type: string, syntax: string): Readonly<Record<string, string>> {
  return {
    "as usual": `multipart/related; type="${type}"; transfer-syntax=${syntax}`,
    "the type unquoted": `multipart/related; type=${type}; transfer-syntax=${syntax}`,
    "the transfer syntax quoted": `multipart/related; type="${type}"; transfer-syntax="${syntax}"`,
    "in upper case": `MULTIPART/RELATED; TYPE="${type.toUpperCase()}"; TRANSFER-SYNTAX=${syntax}`,
    "without blanks": `multipart/related;type="${type}";transfer-syntax=${syntax}`,
    "the transfer syntax first": `multipart/related; transfer-syntax=${syntax}; type="${type}"`,
    "with another parameter": `multipart/related; type="${type}"; transfer-syntax=${syntax}; boundary=xyz`,
    "with a semicolon at the end": `multipart/related; type="${type}"; transfer-syntax=${syntax};`,
  };
}

should(
  "RETRIEVE-020",
  {
    title: "one Accept header means the same in all its spellings",
    request: "Retrieve-a-single-instance-within-a-series-of-a-study",
    profile: "dicomweb",
    clause: [ps3_18("8.7"), ps3_18("8.7.3.5")],
  },
  async ({ service, instances }) => {
    const image = instances.image();
    // What is not read is the default, and the default is another one.
    const inRle = instances.with(image, {
      ...(await compress(image, rleLossless)).attributes,
      SOPInstanceUID: instances.uid(),
    });
    await service.given.stored(image, inRle);

    await checkRows({ "*": inRle, [image.transferSyntaxUid]: image }, async (instance, syntax) => {
      await checkRows(spellingsOf("application/dicom", syntax), async (form) => {
        const response = await service.retrieve(instance, form);
        expect(response).toAnswer({ status: 200, mediaType: "multipart/related" });
        expect(response).toDeliver([instance]);
      });
      await checkRows(spellingsOf("application/octet-stream", syntax), async (form) => {
        expect(await service.frames(image, 1, form)).toDeliverFrames(image.frames.slice(0, 1));
      });
    });
  },
);

should(
  "RETRIEVE-021",
  {
    title: "without an Accept header there are pictures, and nothing else",
    request: "Retrieve-a-single-instance-within-a-series-of-a-study",
    clause: statement("Retrieve (WADO-RS)"),
  },
  async ({ service, instances }) => {
    const image = instances.image();
    await service.given.stored(image);

    const { study, series, instance } = pathsOf(image);
    const refused = [study, series, instance, `${instance}/frames/1`];
    const described = [study, series, instance].map((path) => `${path}/metadata`);
    await checkRows([...refused, ...described], async (path) => {
      expect(await service.get(path, undefined)).toAnswer({ status: 406 });
    });
    await checkRows([`${instance}/rendered`, `${instance}/frames/1/rendered`], async (path) => {
      expect(await service.get(path, undefined)).toAnswer({ status: 200, mediaType: accept.jpeg });
    });
    expect(await service.retrieve(image)).toDeliver([image]);
  },
);

may(
  "RETRIEVE-025",
  {
    title: "a form that is not on offer is refused before anything is looked up",
    request: "Retrieve-a-single-instance-within-a-series-of-a-study",
    clause: statement("Retrieve Response Status Codes"),
  },
  async ({ service, instances }) => {
    const known = instances.minimal();
    await service.given.stored(known);

    await checkRows(
      { "a known instance": known, "an unknown one": instances.minimal() },
      async (instance) => {
        await checkRows(notOnOffer(instance), async ({ path, form }) => {
          expect(await service.retrieve(path, form)).toAnswer({ status: 406 });
        });
      },
    );
    expect(await service.retrieve(known)).toDeliver([known]);
  },
);

function notOnOffer(instance: Instance) {
  const video = "application/dicom; transfer-syntax=1.2.840.10008.1.2.4.100";
  return {
    "a study as one file": { path: studyPath(instance), form: accept.instance },
    "a series as one file": { path: seriesPath(instance), form: accept.instance },
    "an instance as bytes": {
      path: instancePath(instance),
      form: "application/octet-stream; transfer-syntax=*",
    },
    "an instance as a video": { path: instancePath(instance), form: video },
  };
}
