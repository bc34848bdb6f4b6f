import { type AnswerTolerance, accept, checkRows, expect, must, statement, studyPath } from "../words.ts";
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

const labelledAsAsked: AnswerTolerance = {
  status: 200,
  mediaType: "application/json",
  because: "application/json was asked for",
};

/** One line each, but for the last row: two lines are one list (RFC 9110 5.3). */
const covering: Readonly<
  Record<string, { lines: readonly string[]; tolerate?: readonly AnswerTolerance[] }>
> = {
  "the media type": { lines: ["application/dicom+json"] },
  "in mixed case": { lines: ["applicAtion/dICOM+Json"] },
  anything: { lines: ["*/*"] },
  "any application": { lines: ["application/*"] },
  "JSON in general": { lines: ["application/json"], tolerate: [labelledAsAsked] },
  "second in a list": { lines: ["image/png, application/dicom+json"] },
  "with a charset": { lines: ["application/dicom+json; charset=utf-8"] },
  "with a transfer syntax": { lines: ["application/dicom+json; transfer-syntax=*"] },
  "in a second line": { lines: ["image/png", "application/dicom+json"] },
};

must(
  "STORE-044",
  {
    title: "any Accept header that covers application/dicom+json is honoured",
    request: "Store-single-instance",
    clause: statement("Store (STOW-RS)"),
  },
  async ({ service, instances }) => {
    await checkRows(covering, ({ lines, tolerate }) =>
      checkRows(forms, async (formOf) => {
        const instance = instances.minimal();
        const { contentType, body } = formOf(instance.bytes);
        const headers = [
          ...lines.map((line) => ["Accept", line] as const),
          ["Content-Type", contentType] as const,
        ];

        const response = await service.storeBody([instance], body, headers);

        expect(response).toAnswer({ status: 200, mediaType: accept.dicomJson, tolerate });
        expect(response).toConfirm([instance]);
      }),
    );
  },
);
