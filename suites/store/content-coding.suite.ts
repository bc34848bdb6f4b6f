import { gzipSync } from "node:zlib";
import { writeMultipart } from "../../fixtures/wire/multipart.ts";
import { type AnswerTolerance, came, checkRows, expect, may, rfc, text } from "../words.ts";
import { expectNotStored } from "./stored-or-refused.ts";

const unreadable: AnswerTolerance = {
  status: [400, 409],
  ends: "warned",
  because: "it is refused like any body that cannot be read, which does not say what to do",
};

may(
  "STORE-080",
  {
    title: "a body in a content coding is unpacked, or refused for its coding",
    request: "Store-instances-using-multipart/related",
    profile: "dicomweb",
    clause: [rfc(9110, "8.4"), rfc(9110, "15.5.16")],
  },
  async ({ service, instances }) => {
    const unpacked: AnswerTolerance = { status: 200, because: "the coding is known" };
    const codings = { gzip: [unpacked, unreadable], "x-nobodys-coding": [unreadable] };
    await checkRows(codings, async (tolerate, coding) => {
      const instance = instances.minimal();
      const { contentType, body } = writeMultipart([
        { headers: { "Content-Type": "application/dicom" }, body: instance.bytes },
      ]);
      const headers = { "Content-Type": contentType, "Content-Encoding": coding };
      const response = await service.storeBody([instance], gzipSync(body), headers);
      expect(response).toAnswer({ status: 415, tolerate });
      if (came(response, 200)) {
        expect(response).toConfirm([instance]);
        expect(await service.retrieve(instance)).toDeliver([instance]);
      } else {
        expect(response).toHold("Accept-Encoding", response.header("Accept-Encoding"), text);
        await expectNotStored(service, instance);
      }
    });
  },
);
