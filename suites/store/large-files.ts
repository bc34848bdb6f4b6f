import { digestOf, type LargeInstance } from "../../fixtures/instances/large-instance.ts";
import { accept, expect, given, instancePath, type Service, type ServiceResponse } from "../words.ts";

/** Stores one file as the whole body, or several as parts; made while they are sent. */
export function storeFiles(service: Service, files: readonly LargeInstance[]): Promise<ServiceResponse> {
  return service.storeBody(files, ...bodyOf(files));
}

/** A file comes whole in this form, compared by digest while it comes. */
export async function expectWholeFile(
  service: Service,
  file: LargeInstance,
  form: string = accept.instance,
): Promise<void> {
  const { response, size, sha256 } = await service.getDigest(instancePath(file), form);
  given(response, "RETRIEVE-003").toAnswer({ status: 200, mediaType: "application/dicom" });
  const sent = { size: file.size, sha256: digestOf(file.pieces()) };
  expect(response).toHold("the file", { size, sha256 }, sent);
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
