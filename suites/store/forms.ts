import { writeMultipart } from "../../fixtures/wire/multipart.ts";

interface Form {
  readonly contentType: string;
  readonly body: Buffer;
}

/** How one file is stored: as the whole body, Microsoft's own form, or as the only part of multipart/related. */
export const forms: Readonly<Record<string, (file: Buffer) => Form>> = {
  "as a file": (body) => ({ contentType: "application/dicom", body }),
  "as a part": (file) => writeMultipart([{ body: file }]),
};
