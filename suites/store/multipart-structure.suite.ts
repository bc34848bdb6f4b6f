import { failuresOf } from "../../fixtures/matchers/store.ts";
import { writeMultipart } from "../../fixtures/wire/multipart.ts";
import {
  type AnswerTolerance,
  came,
  checkRows,
  expect,
  type Instance,
  must,
  ps3_18,
  rfc,
  should,
  statement,
} from "../words.ts";
import { expectStored } from "./holdings.ts";

const multipartOf = (boundary: string, parameter = "") => ({
  "Content-Type": `multipart/related; type="application/dicom"; boundary=${boundary}${parameter}`,
});

should(
  "STORE-057",
  {
    title: "malformed multipart structure is a bad request, and nothing is stored",
    request: "Store-instances-using-multipart/related",
    clause: [statement("Store Response Status Codes"), rfc(2387, "3.2")],
  },
  async ({ service, instances }) => {
    const start = { status: 200, because: "a service may understand the start parameter" };
    const rows = {
      "a start parameter": { parameter: '; start="<root>"', tolerate: [start] },
      "a part header without a colon": { header: "Content-ID <root>" },
      "a delimiter that was not announced": { delimiter: "C" },
      "the twin of them all": { status: 200 },
    };
    await checkRows<Malformation>(rows, async (row) => {
      const { parameter = "", header = "Content-ID: <root>", delimiter = "B", ...answer } = row;
      const instance = instances.minimal();
      const body = Buffer.concat([
        Buffer.from(`--${delimiter}\r\n${header}\r\nContent-Type: application/dicom\r\n\r\n`),
        instance.bytes,
        Buffer.from(`\r\n--${delimiter}--\r\n`),
      ]);

      const response = await service.storeBody([instance], body, multipartOf("B", parameter));

      expect(response).toAnswer({ status: 400, ...answer });
      await expectStored(service, response, [instance], came(response, 200) ? [instance] : []);
    });
  },
);

interface Malformation {
  readonly parameter?: string;
  readonly header?: string;
  readonly delimiter?: string;
  readonly status?: number;
  readonly tolerate?: readonly AnswerTolerance[];
}

must(
  "STORE-058",
  {
    title: "text around the parts, blanks behind a delimiter and further part headers do not matter",
    request: "Store-instances-using-multipart/related",
    profile: "dicomweb",
    clause: rfc(2046, "5.1.1"),
  },
  async ({ service, instances }) => {
    const type = "Content-Type: application/dicom";
    const further = "content-ID: <1>\r\nCONTENT-LOCATION: one.dcm\r\nx-fOO: bar\r\ncontent-LENGTH:";
    const rows = {
      "text before the first delimiter": { head: () => `No part.\r\n--B\r\n${type}` },
      "text after the last delimiter": { head: () => `--B\r\n${type}`, rest: "No part either.\r\n" },
      "blanks behind a delimiter": { head: () => `--B \t \r\n${type}` },
      "further part headers": { head: (size: number) => `--B\r\n${further} ${size}\r\n${type}` },
    };
    await checkRows<{ head: (size: number) => string; rest?: string }>(rows, async ({ head, rest = "" }) => {
      const instance = instances.minimal();
      const body = Buffer.concat([
        Buffer.from(`${head(instance.bytes.length)}\r\n\r\n`),
        instance.bytes,
        Buffer.from(`\r\n--B--\r\n${rest}`),
      ]);

      const response = await service.storeBody([instance], body, multipartOf("B"));

      expect(response).toStore([instance]);
      await expectStored(service, response, [instance], [instance]);
    });
  },
);

const closing = "\r\n--B--\r\n".length;
/** (7FE0,0010) Pixel Data, the last element of a minimal instance: without it the file still reads as a whole one. */
const lastElement = 14;

must(
  "STORE-059",
  {
    title: "a multipart body that breaks off never leads to a false confirmation",
    request: "Store-instances-using-multipart/related",
    clause: [statement("Store Response Status Codes"), rfc(2046, "5.1.1")],
  },
  async ({ service, instances }) => {
    const reported = "what came whole is stored, and the part that does not end is reported as failed";
    const rows: Readonly<Record<string, BrokenOff>> = {
      "the body ends behind its only file": {
        count: 1,
        missing: closing,
        tolerate: [{ status: 200, because: "a file that came whole may be stored" }],
      },
      "the body ends in its second file": {
        count: 2,
        missing: closing + lastElement,
        tolerate: [{ status: 202, because: reported }],
      },
    };
    // The catalogue tolerates that Microsoft's code drops the last part without a word; issue 12 does not.
    await checkRows(rows, async ({ count, missing, tolerate }) => {
      const files = Array.from({ length: count }, () => instances.minimal());
      const body = messageOf(files, "B").subarray(0, -missing);

      const response = await service.storeBody(files, body, multipartOf("B"));

      expect(response).toAnswer({
        status: 400,
        tolerate: [
          ...tolerate,
          { status: 409, because: "a service may report a part that does not end as failed" },
        ],
      });
      const isFirstStored = came(response, 200, 202);
      await expectStored(service, response, files, isFirstStored ? files.slice(0, 1) : []);
      if (came(response, 202)) {
        expect(response).toHold("failed items", failuresOf(response).length, 1);
      }
    });

    const twins = [instances.minimal(), instances.minimal()];
    const stored = await service.storeBody(twins, messageOf(twins, "B"), multipartOf("B"));
    expect(stored).toStore(twins);
  },
);

interface BrokenOff {
  /** Files of the request. */
  readonly count: number;
  /** Bytes of the body that are not sent. */
  readonly missing: number;
  readonly tolerate: readonly AnswerTolerance[];
}

/** None of them holds CR LF and the whole delimiter, which would be the sender's fault. */
const lookalikes = {
  "the whole delimiter, but for the line break before it": "--BOUNDARY\r\n\r\n--BOUND-\r\n--\r\n",
  "line breaks, and delimiters that lack a letter": "\r\r\n\n\r\n\r\n--BOUNDAR--\r\n--BOUNDAR\r\n\r\n",
};

must(
  "STORE-060",
  {
    title: "bytes in a file that look like the delimiter do not end its part",
    request: "Store-instances-using-multipart/related",
    profile: "dicomweb",
    clause: [rfc(2046, "5.1.1"), ps3_18("8.6.1.2.1")],
  },
  async ({ service, instances }) => {
    const fileWith = (text: string) => {
      const pixels = (_frame: number, _row: number, column: number) => text.charCodeAt(column);
      return instances.image({ rows: 1, columns: text.length, frames: 1, pixels });
    };
    const rows = {
      ...Object.fromEntries(Object.entries(lookalikes).map(([name, text]) => [name, [text]])),
      "both in one request": Object.values(lookalikes),
    };
    await checkRows(rows, async (texts) => {
      const files = texts.map(fileWith);

      const response = await service.storeBody(files, messageOf(files, "BOUNDARY"), multipartOf("BOUNDARY"));

      expect(response).toStore(files);
      await expectStored(service, response, files, files);
    });
  },
);

must(
  "STORE-073",
  {
    title: "an upload without Content-Length is stored like any other, wherever its chunks are cut",
    request: "Store-instances-using-multipart/related",
    profile: "dicomweb",
    clause: [ps3_18("10.5.1.3"), rfc(9112, "7.1"), rfc(9110, "10.1.1")],
  },
  async ({ service, instances }) => {
    const image = instances.image({ rows: 1_801, columns: 1_799, frames: 1 });
    const both = [instances.minimal(), instances.minimal()];
    const expected = instances.minimal();
    const rows = {
      "chunks of 3 bytes": {
        files: both,
        body: piecesOf(messageOf(both, "BOUNDARY"), 3),
        headers: multipartOf("BOUNDARY"),
      },
      "chunks that expect 100 Continue": {
        files: [expected],
        body: piecesOf(messageOf([expected], "BOUNDARY"), 1_021),
        headers: { ...multipartOf("BOUNDARY"), Expect: "100-continue" },
      },
      ...(service.isAzure && {
        "a single part in chunks of 65,537 bytes": {
          files: [image],
          body: piecesOf(image.bytes, 65_537),
          headers: { "Content-Type": "application/dicom" },
        },
      }),
    };
    await checkRows(rows, async ({ files, body, headers }) => {
      const response = await service.storeBody(files, body, headers);

      expect(response).toBeOffered({
        status: [411, 417],
        ends: "skipped",
        because: "what stands before the service takes no chunked requests, or meets no expectation",
      });
      expect(response).toStore(files);
      await expectStored(service, response, files, files);
    });
  },
);

function messageOf(files: readonly Instance[], boundary: string): Buffer {
  const parts = files.map(({ bytes }) => ({ body: bytes }));
  return writeMultipart(parts, boundary).body;
}

/** @param size bytes of each piece but the last */
function piecesOf(body: Buffer, size: number): Buffer[] {
  const count = Math.ceil(body.length / size);
  return Array.from({ length: count }, (_, index) => body.subarray(index * size, (index + 1) * size));
}
