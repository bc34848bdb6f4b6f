import { failuresOf } from "../../fixtures/matchers/store.ts";
import { checkRows, expect, must, statement } from "../words.ts";
import { forms } from "./forms.ts";
import { expectNoUids, expectUnreadable } from "./unreadable.ts";

const bodies: Readonly<Record<string, Buffer>> = {
  "zero bytes": Buffer.alloc(0),
  "131 bytes": Buffer.alloc(131, 1),
  text: Buffer.from("this is no DICOM file\r\n".repeat(50)),
  "a JPEG file": Buffer.concat([Buffer.from("ffd8ffe000104a46494600010100", "hex"), Buffer.alloc(500, 0x55)]),
  "a bare prefix": Buffer.concat([Buffer.alloc(128), Buffer.from("DICM")]),
  "1024 zeros": Buffer.alloc(1_024),
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
    await checkRows(rows, (bytes, name) =>
      checkRows(forms, async (formOf) => {
        const { contentType, body } = formOf(bytes);

        const response = await service.storeBody([], body, { "Content-Type": contentType });

        expectUnreadable(response);
        // Zeros may be read as an empty dataset; then an attribute is missing.
        if (name !== "1024 zeros") {
          expectNoUids(response, failuresOf(response)[0]);
        }
      }),
    );
    expect(await service.storeSinglePart(twin)).toStore([twin]);
  },
);
