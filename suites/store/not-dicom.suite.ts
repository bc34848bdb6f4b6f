import { failuresOf } from "../../fixtures/matchers/store.ts";
import { values } from "../../fixtures/wire/dicom-json.ts";
import { writeMultipart } from "../../fixtures/wire/multipart.ts";
import { checkRows, expect, must, type Service, type ServiceResponse, statement } from "../words.ts";
import { expectUnreadable } from "./unreadable.ts";

const prefix = Buffer.concat([Buffer.alloc(128), Buffer.from("DICM")]);

const bodies: Readonly<Record<string, Buffer>> = {
  "zero bytes": Buffer.alloc(0),
  "131 bytes": Buffer.alloc(131, 1),
  text: Buffer.from("this is no DICOM file\r\n".repeat(50)),
  "a JPEG file": Buffer.concat([Buffer.from("ffd8ffe000104a46494600010100", "hex"), Buffer.alloc(500, 0x55)]),
  "a bare prefix": prefix,
};

must(
  "STORE-070",
  {
    title: "a body that is no DICOM file is refused as a failed instance without UIDs",
    request: "Store-single-instance",
    clause: [statement("Store Response Status Codes"), statement("Store Response Payload")],
  },
  async ({ service, instances }) => {
    const twin = instances.minimal();
    const rows = { ...bodies, "a file cut inside its meta information": twin.bytes.subarray(0, 180) };
    await checkRows(rows, async (body) => {
      for (const response of await bothForms(service, body)) {
        expectUnreadable(response);
        const [failed] = failuresOf(response);
        const uids = [
          ...values(failed, "ReferencedSOPInstanceUID"),
          ...values(failed, "ReferencedSOPClassUID"),
        ];
        expect(uids, "UIDs of a file that cannot be read").toEqual([]);
      }
    });
    // Zeros may be read as an empty dataset; then an attribute is missing.
    for (const response of await bothForms(service, Buffer.alloc(1_024))) {
      expectUnreadable(response);
    }

    const stored = await service.storeSinglePart(twin);
    expect(stored).toStore([twin]);
  },
);

/** Posts bytes as the whole body, and as a part. */
async function bothForms(service: Service, bytes: Buffer): Promise<ServiceResponse[]> {
  const { contentType, body } = writeMultipart([{ body: bytes }]);
  return [
    await service.storeBody([], bytes, { "Content-Type": "application/dicom" }),
    await service.storeBody([], body, { "Content-Type": contentType }),
  ];
}
