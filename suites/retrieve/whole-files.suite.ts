import { rleLossless } from "../../fixtures/codecs/transfer-syntaxes.ts";
import { compress } from "../../fixtures/instances/compress.ts";
import { filesOf } from "../../fixtures/matchers/retrieve.ts";
import { expectWholeFile, storeFiles } from "../store/large-files.ts";
import {
  advise,
  checkRows,
  expect,
  given,
  type Instance,
  must,
  type ServiceResponse,
  statement,
} from "../words.ts";

/** What is stored together, by the rows and columns of each. */
const sizes: Readonly<Record<string, readonly number[]>> = {
  "2 kB": [34],
  "5 MB": [2_290],
  "50 MB": [7_072],
  "three of 15 MB": [3_874, 3_874, 3_874],
};

const asStored = "application/dicom; transfer-syntax=*";
const byItsName = "application/dicom; transfer-syntax=1.2.840.10008.1.2.1";

must(
  "RETRIEVE-005",
  {
    title: "a file of any size comes back byte for byte, also when its own transfer syntax is named",
    request: "Retrieve-a-single-instance-within-a-series-of-a-study",
    clause: statement("Retrieve Transfer Syntax"),
  },
  async ({ service, instances }) => {
    await checkRows(sizes, async (edges) => {
      const study = { StudyInstanceUID: instances.uid() };
      const files = edges.map((edge) => instances.large(edge, study));
      given(await storeFiles(service, files), "STORE-061").toStore(files);
      for (const file of files) {
        await checkRows([asStored, byItsName], (form) => expectWholeFile(service, file, form));
      }
    });
  },
);

const preambleLength = 128;
const preambles = {
  "a TIFF header": Buffer.from("49492a0008000000", "hex"),
  "the beginning of a program": Buffer.from("MZ\x90\0\x03", "latin1"),
  "128 bytes of text": Buffer.alloc(preambleLength, "preamble"),
};

must(
  "RETRIEVE-006",
  {
    title: "a file comes with 128 null bytes as its preamble, whatever was sent, and is whole behind it",
    request: "Retrieve-a-single-instance-within-a-series-of-a-study",
    clause: statement("Preamble Sanitization"),
  },
  async ({ service, instances }) => {
    const { attributes: inRle } = await compress(instances.image(), rleLossless);
    await checkRows(preambles, async (start) => {
      const instance = withPreamble(instances.image(), start);
      const compressed = withPreamble(instances.image({}, inRle), start);
      await service.given.stored(instance, compressed);

      const transcoded = await service.retrieve(compressed, byItsName);
      given(transcoded, "RETRIEVE-018").toAnswer({ status: 200 });
      expect(transcoded).toHold("the preamble", preambleOf(transcoded), noPreamble);
      const forms = [asStored, byItsName, 'multipart/related; type="application/dicom"; transfer-syntax=*'];
      const responses = await Promise.all(forms.map((form) => service.retrieve(instance, form)));
      for (const response of responses) {
        expect(response).toDeliver([instance]);
      }
      // Microsoft's open-source code has no such step; nothing is lost by that, but its documents promise it.
      for (const response of responses) {
        advise(response).toHold("the preamble", preambleOf(response), noPreamble);
      }
    });
  },
);

function withPreamble(instance: Instance, start: Buffer): Instance {
  return { ...instance, bytes: Buffer.concat([start, instance.bytes.subarray(start.length)]) };
}

const noPreamble = Buffer.alloc(preambleLength).toString("hex");

/** Of the first file of an answer, in hexadecimal. */
function preambleOf(response: ServiceResponse): string | undefined {
  return filesOf(response)[0]?.subarray(0, preambleLength).toString("hex");
}
