import { digestOf, type LargeInstance } from "../../fixtures/instances/large-instance.ts";
import {
  accept,
  expect,
  instancePath,
  must,
  NotApplicable,
  type Service,
  should,
  statement,
} from "../words.ts";

must(
  "STORE-061",
  {
    title: "a stored file comes back byte for byte, whatever its size",
    request: "Store-single-instance",
    clause: [statement("Store (STOW-RS)"), statement("Retrieve Transfer Syntax")],
  },
  async ({ service, instances }) => {
    for (const instance of [instances.minimal(), instances.image({ rows: 33, columns: 31, frames: 1 })]) {
      const stored = await service.storeSinglePart(instance);
      expect(stored).toAnswer({ status: 200 });
      for (const syntax of ["*", instance.transferSyntaxUid]) {
        const form = `application/dicom; transfer-syntax=${syntax}`;
        expect(await service.get(instancePath(instance), form)).toDeliver([instance]);
      }
    }
    await storeAndCompare(service, [instances.large(7_240)]);
    const study = { StudyInstanceUID: instances.uid() };
    await storeAndCompare(service, [instances.large(4_000, study), instances.large(4_000, study)]);
  },
);

should(
  "STORE-069",
  {
    title: "an instance of 1 GiB is stored and comes back byte for byte, as single part and in multipart",
    request: "Store-single-instance",
    api: ["v2"],
    clause: statement("Store Required Attributes"),
  },
  async ({ service, instances, isLarge }) => {
    if (!isLarge) {
      throw new NotApplicable("sends and receives 2 GiB; ask for it with --large");
    }
    await storeAndCompare(service, [instances.large(32_768)]);
    await storeAndCompare(service, [instances.large(23_168), instances.large(23_168)]);
  },
);

/** One file as the whole body, or several as parts; made while they are sent, compared by digest while they come. */
async function storeAndCompare(service: Service, files: readonly LargeInstance[]): Promise<void> {
  const stored = await service.storeBody(files, ...bodyOf(files));
  expect(stored).toStore(files);
  for (const file of files) {
    const { response, size, sha256 } = await service.getDigest(instancePath(file), accept.instance);
    expect(response).toAnswer({ status: 200, mediaType: "application/dicom" });
    expect({ size, sha256 }, `file of ${file.size} bytes`).toEqual({
      size: file.size,
      sha256: digestOf(file.pieces()),
    });
  }
}

function bodyOf(files: readonly LargeInstance[]): [body: Iterable<Buffer>, headers: Record<string, string>] {
  const [only, ...others] = files;
  if (only && others.length === 0) {
    const body = { [Symbol.iterator]: () => only.pieces()[Symbol.iterator]() };
    return [body, { "Content-Type": "application/dicom", "Content-Length": String(only.size) }];
  }
  // What stands before a service may take no chunked requests; whether it does is not judged here.
  const size = files.reduce((sum, file) => sum + head.length + file.size + tail.length, end.length);
  const type = `multipart/related; type="application/dicom"; boundary=${boundary}`;
  return [inParts(files), { "Content-Type": type, "Content-Length": String(size) }];
}

const boundary = "dicomweb-conformance-large";
const head = Buffer.from(`--${boundary}\r\nContent-Type: application/dicom\r\n\r\n`);
const tail = Buffer.from("\r\n");
const end = Buffer.from(`--${boundary}--\r\n`);

function inParts(files: readonly LargeInstance[]): Iterable<Buffer> {
  return {
    *[Symbol.iterator]() {
      for (const file of files) {
        yield head;
        yield* file.pieces();
        yield tail;
      }
      yield end;
    },
  };
}
