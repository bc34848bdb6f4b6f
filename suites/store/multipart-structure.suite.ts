import { NotApplicable } from "../../fixtures/client/inconclusive.ts";
import { writeMultipart } from "../../fixtures/client/multipart.ts";
import type { Instance } from "../../fixtures/instances/instance.ts";
import { expect } from "../../fixtures/matchers/expect.ts";
import { inRow } from "../../fixtures/matchers/row.ts";
import { dicom, ps3_18, rfc, statement } from "../clause.ts";
import { requirement } from "../requirement.ts";
import { expectCleanStore, expectKept, expectStored } from "./holdings.ts";

const request = "Store-instances-using-multipart/related";
const standard = { request, level: "must", profile: "dicomweb", api: ["v1", "v2"] } as const;
const azure = { ...standard, level: "should", profile: "azure" } as const;

const multipartWith = (boundary: string) => ({
  "Content-Type": `multipart/related; type="application/dicom"; boundary=${boundary}`,
});

requirement(
  "STORE-057",
  {
    ...azure,
    title: "malformed multipart structure is a bad request, and nothing is stored",
    clause: [statement("Store Response Status Codes"), rfc(2387, "3.2")],
  },
  async ({ service, instances }) => {
    const messageOf = ({ bytes }: Instance, boundary = "announced", header = "X-Foo: bar") =>
      Buffer.concat([
        Buffer.from(`--${boundary}\r\nContent-Type: application/dicom\r\n${header}\r\n\r\n`),
        bytes,
        Buffer.from(`\r\n--${boundary}--\r\n`),
      ]);
    const announced = multipartWith("announced");
    const [withStart, withoutColon, unannounced, twin] = [
      instances.minimal(),
      instances.minimal(),
      instances.minimal(),
      instances.minimal(),
    ];

    const headers = { "Content-Type": `${announced["Content-Type"]}; start="<root>"` };
    const root = messageOf(withStart, "announced", "Content-ID: <root>");
    await inRow("a start parameter", async () => {
      const response = await service.storeBody([withStart], root, headers);
      expect(response).toAnswer({
        status: 400,
        tolerate: [{ status: 200, because: "a service may understand the start parameter" }],
      });
      await expectStored(service, response, [withStart], response.status === 200 ? [withStart] : []);
    });
    for (const [what, instance, body] of [
      ["a header line without a colon", withoutColon, messageOf(withoutColon, "announced", "X-Foo bar")],
      ["a delimiter that was not announced", unannounced, messageOf(unannounced, "another")],
    ] as const) {
      await inRow(what, async () => {
        const response = await service.storeBody([instance], body, announced);
        expect(response).toAnswer({ status: 400 });
        await expectStored(service, response, [instance], []);
      });
    }
    expectCleanStore(await service.storeBody([twin], messageOf(twin), announced), [twin]);
  },
);

requirement(
  "STORE-058",
  {
    ...standard,
    level: "should",
    title: "text around the parts, blanks behind a delimiter and further part headers do not matter",
    clause: rfc(2046, "5.1.1"),
  },
  async ({ service, instances }) => {
    const type = "Content-Type: application/dicom";
    const further = "content-ID: <1>\r\nCONTENT-LOCATION: one.dcm\r\nx-fOO: bar\r\ncontent-LENGTH:";
    const rows: [what: string, before: (size: number) => string, after: string][] = [
      ["text before the first delimiter", () => `No part.\r\n--B\r\n${type}`, "--B--\r\n"],
      ["text after the last delimiter", () => `--B\r\n${type}`, "--B--\r\nNo part either.\r\n"],
      ["blanks behind a delimiter", () => `--B \t \r\n${type}`, "--B--\r\n"],
      ["further part headers", (size) => `--B\r\n${further} ${size}\r\n${type}`, "--B--\r\n"],
    ];
    for (const [what, before, after] of rows) {
      const instance = instances.minimal();
      const { bytes } = instance;
      const head = `${before(bytes.length)}\r\n\r\n`;
      const body = Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n${after}`)]);
      await inRow(what, async () => {
        const response = await service.storeBody([instance], body, multipartWith("B"));
        expect(response).toAnswer({ status: 200 });
        await expectStored(service, response, [instance], [instance]);
      });
    }
  },
);

const closing = "\r\n--B--\r\n".length;
/** (0028,0100) Bits Allocated, the last element of a minimal instance: without it the file still reads as a whole one. */
const lastElement = 10;

requirement(
  "STORE-059",
  {
    ...azure,
    title: "a multipart body that breaks off never leads to a false confirmation",
    clause: [statement("Store Response Status Codes"), rfc(2046, "5.1.1")],
  },
  async ({ service, instances }) => {
    const messageOf = (files: readonly Instance[]) =>
      writeMultipart(
        files.map(({ bytes }) => ({ body: bytes })),
        "B",
      ).body;
    const [only, first, cut] = [instances.minimal(), instances.minimal(), instances.minimal()];
    const nothing = "a service may pass over a part that does not end";
    for (const [what, files, missing, silent] of [
      ["behind the only file", [only], closing, 204],
      ["in the second file", [first, cut], closing + lastElement, 202],
    ] as const) {
      await inRow(`the body ends ${what}`, async () => {
        const response = await service.storeBody(
          files,
          messageOf(files).subarray(0, -missing),
          multipartWith("B"),
        );
        expect(response).toAnswer({
          status: 400,
          tolerate: [
            { status: silent, because: nothing },
            { status: 200, because: "what is confirmed is stored" },
            { status: 409, because: "a service may report the part as failed" },
          ],
        });
        const isStored = response.status === 200 || response.status === 202;
        await expectStored(service, response, files, isStored ? files.slice(0, 1) : []);
      });
    }
    const whole = [instances.minimal(), instances.minimal()];
    expectCleanStore(await service.storeBody(whole, messageOf(whole), multipartWith("B")), whole);
  },
);

/** None of them holds CR LF and the whole delimiter, which would be the sender's fault. */
const lookalikes = ["--BOUNDARY\r\n\r\n--BOUND\r\n--\r\n", "\r\r\n\n\r\n\r\n--BOUNDAR--\r\n--BOUNDAR\r\n\r\n"];

requirement(
  "STORE-060",
  {
    ...standard,
    title: "bytes in a file that look like the delimiter do not end its part",
    clause: [rfc(2046, "5.1.1"), ps3_18("8.6.1.2.1")],
  },
  async ({ service, instances }) => {
    const files = lookalikes.map((text) => {
      const pixels = (_frame: number, _row: number, column: number) => text.charCodeAt(column);
      return instances.image({ rows: 1, columns: text.length, frames: 1, pixels });
    });
    const { body } = writeMultipart(
      files.map(({ bytes }) => ({ body: bytes })),
      "BOUNDARY",
    );
    const response = await service.storeBody(files, body, multipartWith("BOUNDARY"));
    expect(response).toAnswer({ status: 200 });
    await expectStored(service, response, files, files);
  },
);

requirement(
  "STORE-073",
  {
    ...standard,
    title: "an upload without Content-Length is stored like any other, wherever its chunks are cut",
    clause: [ps3_18("10.5.1.3"), rfc(9112, "7.1")],
  },
  async ({ service, instances }) => {
    const image = instances.image({ rows: 901, columns: 999, frames: 1 });
    const both = [instances.minimal(), instances.minimal()];
    const { body } = writeMultipart(
      both.map(({ bytes }) => ({ body: bytes })),
      "BOUNDARY",
    );
    const uploads = [
      { files: both, pieces: piecesOf(body, 3), headers: multipartWith("BOUNDARY") },
      ...(service.isAzure
        ? [
            {
              files: [image],
              pieces: piecesOf(image.bytes, 65_537),
              headers: { "Content-Type": "application/dicom" },
            },
          ]
        : []),
    ];
    for (const { files, pieces, headers } of uploads) {
      const response = await service.storeBody(files, pieces, headers);
      if (response.status === 411) {
        throw new NotApplicable("answered 411: what stands before the service takes no chunked requests");
      }
      await inRow(`${pieces.length} chunks of ${headers["Content-Type"]}`, async () => {
        expect(response).toAnswer({ status: 200 });
        expect(response).toConfirm(files);
        for (const file of files) {
          await expectKept(service, file);
        }
      });
    }
  },
);

/** @param size bytes of each piece but the last */
function piecesOf(body: Buffer, size: number): Buffer[] {
  const count = Math.ceil(body.length / size);
  return Array.from({ length: count }, (_, index) => body.subarray(index * size, (index + 1) * size));
}
