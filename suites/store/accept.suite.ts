import { accept, checkRows, expect, must, statement, studyPath } from "../words.ts";
import { expectNoDisclosure } from "./disclosures.ts";
import { forms } from "./forms.ts";
import { expectTwinStored } from "./store-again.ts";

const refusing = [
  "application/dicom",
  "application/data",
  "application/dicom+xml",
  "image/png",
  "text/plain",
  "image/png, application/dicom",
  ";;;",
];

must(
  "STORE-042",
  {
    title:
      "an Accept header that does not allow application/dicom+json is refused with 406 and nothing is stored",
    request: "Store-single-instance",
    clause: statement("Store Response Status Codes"),
  },
  async ({ service, instances }) => {
    await checkRows(refusing, (Accept) =>
      checkRows(forms, async (formOf) => {
        const instance = instances.minimal();
        const { contentType, body } = formOf(instance.bytes);

        const response = await service.storeBody([instance], body, { Accept, "Content-Type": contentType });

        expect(response).toAnswer({ status: 406 });
        expectNoDisclosure(response);
        expect(await service.retrieve(studyPath(instance))).toAnswer({ status: 404 });
        await expectTwinStored(service, instance);
      }),
    );
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
    await checkRows(covering, (lines) =>
      checkRows(forms, async (formOf) => {
        const instance = instances.minimal();
        const { contentType, body } = formOf(instance.bytes);
        const headers = [
          ...lines.map((line) => ["Accept", line] as const),
          ["Content-Type", contentType] as const,
        ];

        const response = await service.storeBody([instance], body, headers);

        const isJsonAsAsked =
          lines[0] === "application/json" && response.mediaType.essence === "application/json";
        expect(response).toAnswer({ status: 200, mediaType: isJsonAsAsked ? undefined : accept.dicomJson });
        expect(response).toConfirm([instance]);
      }),
    );
  },
);
