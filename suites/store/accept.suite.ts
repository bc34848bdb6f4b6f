import { writeMultipart } from "../../fixtures/wire/multipart.ts";
import { accept, checkRows, expect, must, statement, studyPath } from "../words.ts";
import { disclosures } from "./disclosures.ts";

must(
  "STORE-042",
  {
    title:
      "an Accept header that does not allow application/dicom+json is refused with 406 and nothing is stored",
    request: "Store-single-instance",
    clause: statement("Store Response Status Codes"),
  },
  async ({ service, instances }) => {
    const refusing = [
      "application/dicom",
      "application/data",
      "application/dicom+xml",
      "image/png",
      "text/plain",
      "image/png, application/dicom",
      ";;;",
    ];
    const instance = instances.minimal();
    for (const Accept of refusing) {
      const single = await service.storeSinglePart(instance, { Accept });
      for (const response of [single, await service.store([instance], { Accept })]) {
        expect(response).toAnswer({ status: 406 });
        expect(response).toHaveNo(disclosures(response));
      }
    }
    expect(await service.retrieve(studyPath(instance))).toAnswer({ status: 404 });
    expect(await service.storeSinglePart(instance)).toAnswer({ status: 200 });
  },
);

/** One line each, but for the last row: two lines are one list (RFC 9110 5.3). */
const covering: Readonly<Record<string, readonly string[]>> = {
  "the media type": ["application/dicom+json"],
  "in mixed case": ["applicAtion/dICOM+Json"],
  anything: ["*/*"],
  "any application": ["application/*"],
  "JSON in general": ["application/json"],
  "second in a list": ["image/png, application/dicom+json"],
  "with a charset": ["application/dicom+json; charset=utf-8"],
  "with a transfer syntax": ["application/dicom+json; transfer-syntax=*"],
  "in a second line": ["image/png", "application/dicom+json"],
};

must(
  "STORE-044",
  {
    title: "any Accept header that covers application/dicom+json is honoured",
    request: "Store-single-instance",
    clause: statement("Store (STOW-RS)"),
  },
  async ({ service, instances }) => {
    await checkRows(covering, async (lines) => {
      const [single, inPart] = [instances.minimal(), instances.minimal()];
      const { contentType, body } = writeMultipart([{ body: inPart.bytes }]);
      const rows = [
        [single, single.bytes, "application/dicom"],
        [inPart, body, contentType],
      ] as const;
      for (const [instance, bytes, type] of rows) {
        const headers = [...lines.map((line) => ["Accept", line] as const), ["Content-Type", type] as const];
        const response = await service.storeBody([instance], bytes, headers);
        const isJsonAsAsked =
          lines[0] === "application/json" && response.mediaType.essence === "application/json";
        expect(response).toAnswer({ status: 200, mediaType: isJsonAsAsked ? undefined : accept.dicomJson });
        expect(response).toConfirm([instance]);
      }
    });
  },
);
