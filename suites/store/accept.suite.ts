import { accept, studyPath } from "../../fixtures/client/resources.ts";
import { expect } from "../../fixtures/matchers/expect.ts";
import { checkRows } from "../../fixtures/matchers/rows.ts";
import { statement } from "../clause.ts";
import { requirement } from "../requirement.ts";

const azure = {
  request: "Store-single-instance",
  level: "must",
  profile: "azure",
  api: ["v1", "v2"],
} as const;

requirement(
  "STORE-042",
  {
    ...azure,
    title:
      "an Accept header that does not allow application/dicom+json is refused with 406 and nothing is stored",
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
      expect(await service.storeSinglePart(instance, { Accept })).toAnswer({ status: 406 });
    }
    expect(await service.get(studyPath(instance), accept.instances)).toAnswer({ status: 404 });
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

requirement(
  "STORE-044",
  {
    ...azure,
    title: "any Accept header that covers application/dicom+json is honoured",
    clause: statement("Store (STOW-RS)"),
  },
  async ({ service, instances }) => {
    await checkRows(covering, async (lines) => {
      const instance = instances.minimal();
      const response = await service.storeBody([instance], instance.bytes, [
        ...lines.map((line) => ["Accept", line] as const),
        ["Content-Type", "application/dicom"],
      ]);
      expect(response).toAnswer({ status: 200 });
      expect(response).toConfirm([instance]);
      const isJsonAsAsked =
        lines[0] === "application/json" && response.mediaType.essence === "application/json";
      if (!isJsonAsAsked) {
        expect(response).toAnswer({ status: 200, mediaType: accept.dicomJson });
      }
    });
  },
);
