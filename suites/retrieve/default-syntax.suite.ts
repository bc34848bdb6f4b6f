import { jpeg2000Lossless, rleLossless } from "../../fixtures/codecs/transfer-syntaxes.ts";
import { compress } from "../../fixtures/instances/compress.ts";
import { explicitVrLittleEndian, implicitVrLittleEndian } from "../../fixtures/instances/part10.ts";
import { byteDiscrepancies, filesOf } from "../../fixtures/matchers/retrieve.ts";
import { readPart10 } from "../../fixtures/wire/part10.ts";
import {
  checkRows,
  expect,
  type Instance,
  instancePath,
  must,
  ps3_18,
  type ServiceResponse,
  seriesPath,
  statement,
  studyPath,
} from "../words.ts";
import { givenStoredImplicit } from "./implicit-vr.ts";

const inParts = 'multipart/related; type="application/dicom"';

must(
  "RETRIEVE-018",
  {
    title: "where no transfer syntax is named, the answer is in explicit VR little endian",
    request: "Retrieve-a-single-instance-within-a-series-of-a-study",
    profile: "dicomweb",
    clause: [
      ps3_18("8.7.3.4"),
      ps3_18("8.7.8.2"),
      statement("Retrieve an Instance"),
      statement("Retrieve instances within Study or Series"),
    ],
  },
  async ({ service, instances }) => {
    const image = () => instances.image({ bitsAllocated: 16 });
    const compressed = async (plain: Instance, transferSyntax: string) => {
      const { attributes } = await compress(plain, transferSyntax);
      return { plain, stored: instances.with(plain, attributes) };
    };
    const implicit = instances.with(image(), { TransferSyntaxUID: implicitVrLittleEndian });
    const sources = {
      "implicit VR little endian": { plain: implicit, stored: implicit },
      "RLE lossless": await compressed(image(), rleLossless),
      "JPEG 2000 lossless": await compressed(image(), jpeg2000Lossless),
    };
    await checkRows(sources, async ({ plain, stored }) => {
      if (stored === implicit) {
        await givenStoredImplicit(service, stored);
      } else {
        await service.given.stored(stored);
      }

      const requests = {
        instance: { path: instancePath(stored), form: inParts },
        series: { path: seriesPath(stored), form: inParts },
        study: { path: studyPath(stored), form: inParts },
        // PS3.18 10.4.4 leaves single part to a server.
        ...(service.isAzure && {
          "instance as a bare file": { path: instancePath(stored), form: "application/dicom" },
        }),
      };
      await checkRows(requests, async ({ path, form }) => {
        const response = await service.retrieve(path, form);
        expect(response).toAnswer({ status: 200 });
        expectNative(response, plain);
      });
    });
  },
);

/** One file, whose pixels are those that were encoded. */
function expectNative(response: ServiceResponse, plain: Instance): void {
  const files = filesOf(response).map(readPart10);
  const syntaxes = files.map(({ transferSyntaxUid }) => transferSyntaxUid);
  expect(response).toHold("transfer syntaxes of the files", syntaxes, [explicitVrLittleEndian]);
  const [{ pixelData } = {}] = files;
  const pixels = Buffer.concat(plain.frames);
  expect(response).toHaveNo(byteDiscrepancies(pixelData ?? Buffer.alloc(0), pixels, "the pixel data"));
}
