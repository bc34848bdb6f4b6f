import { failuresOf, resultOf } from "../../fixtures/matchers/store.ts";
import { attribute, values } from "../../fixtures/wire/dicom-json.ts";
import { writeMultipart } from "../../fixtures/wire/multipart.ts";
import {
  type AnswerTolerance,
  came,
  checkRows,
  expect,
  must,
  ps3_18,
  rfc,
  type Scenario,
  should,
  statement,
} from "../words.ts";
import { expectStored } from "./holdings.ts";
import { expectNoUids, expectReasonOfUnreadable, expectUnreadable } from "./unreadable.ts";

type PartHeaders = Readonly<Record<string, string>>;

const ofDicom = '; type="application/dicom"';
const labelled: PartHeaders = { "Content-Type": "application/dicom" };
const nameless: PartHeaders = {};

must(
  "STORE-052",
  {
    title: "a part without bytes is a failed instance without UIDs",
    request: "Store-instances-using-multipart/related",
    clause: [statement("Store Response Status Codes"), statement("Store Response Payload"), ps3_18("I.2.2")],
  },
  async ({ service, instances }) => {
    const instance = instances.minimal();
    const headers = { "Content-Type": `multipart/related${ofDicom}; boundary=B` };
    const messageOf = (bytes: Buffer) => writeMultipart([{ headers: labelled, body: bytes }], "B").body;

    const response = await service.storeBody([instance], messageOf(Buffer.alloc(0)), headers);

    expectUnreadable(response);
    const confirmed = attribute(resultOf(response), "ReferencedSOPSequence");
    expect(response).toHold("ReferencedSOPSequence", confirmed, undefined);
    expectNoUids(response, failuresOf(response)[0]);

    const twin = await service.storeBody([instance], messageOf(instance.bytes), headers);
    expect(twin).toStore([instance]);
  },
);

const passedOver: AnswerTolerance = {
  status: 200,
  profile: "dicomweb",
  because: "a part without bytes may be taken for no instance, so that none failed",
};

must(
  "STORE-053",
  {
    title: "a bad part beside a good one gives 202, and the good one is stored",
    request: "Store-instances-using-multipart/related",
    profile: "dicomweb",
    clause: [ps3_18("10.5.3.1"), statement("Store Response Status Codes")],
  },
  async ({ service, instances }) => {
    const bad = { headers: labelled, body: Buffer.alloc(0) };
    await checkRows({ "the bad part first": true, "the good part first": false }, async (isBadFirst) => {
      const good = instances.minimal();
      const part = { headers: labelled, body: good.bytes };
      const { contentType, body } = writeMultipart(isBadFirst ? [bad, part] : [part, bad]);

      const response = await service.storeBody([good], body, { "Content-Type": contentType });

      expect(response).toAnswer({ status: 202, tolerate: [passedOver] });
      expect(response).toConfirm([good]);
      const failed = failuresOf(response);
      if (came(response, 200)) {
        expect(response).toHold("failed items beside status 200", failed, []);
      } else if (service.isAzure || failed.length > 0) {
        expect(response).toHold("number of failed items", failed.length, 1);
        expectReasonOfUnreadable(response, failed[0]);
        expect(response).toHold(
          "UID of the unreadable part",
          values(failed[0], "ReferencedSOPInstanceUID"),
          [],
        );
      }
      expect(await service.retrieve(good)).toDeliver([good]);
    });
  },
);

must(
  "STORE-054",
  {
    title: "a first part without Content-Type is of the type that the request names",
    request: "Store-instances-using-multipart/related",
    clause: [statement("Store (STOW-RS)"), rfc(2387, "3.1")],
  },
  async (scenario) => {
    const { sent, response } = await storeParts(scenario, ofDicom, [nameless]);

    expect(response).toStore(sent);
    await expectStored(scenario.service, response, sent, sent);
  },
);

should(
  "STORE-055",
  {
    title:
      "a part whose type is neither stated nor implied makes the request unsupported, and nothing is stored",
    request: "Store-instances-using-multipart/related",
    clause: [statement("Store Response Status Codes"), rfc(2387, "3.1")],
  },
  async (scenario) => {
    const rows = {
      "the only part, without type parameter": { type: "", headers: [nameless], partlyRefused: 409 },
      "the second part": { type: ofDicom, headers: [labelled, nameless], partlyRefused: 202 },
    };
    await checkRows(rows, async ({ type, headers, partlyRefused }) => {
      const { sent, response } = await storeParts(scenario, type, headers);

      expect(response).toAnswer({
        status: 415,
        tolerate: [
          { status: 200, because: "a service may take application/dicom for granted" },
          { status: partlyRefused, because: "a service may refuse the part alone" },
        ],
      });
      const stored = came(response, 200) ? sent : came(response, 202) ? sent.slice(0, 1) : [];
      await expectStored(scenario.service, response, sent, stored);
      if (came(response, 202)) {
        expect(response).toHold("number of failed items", failuresOf(response).length, 1);
      }

      await expectPartsStored(
        scenario,
        type,
        headers.map(() => labelled),
      );
    });
  },
);

const foreignParts: Readonly<Record<string, { type: string; headers: readonly PartHeaders[] }>> = {
  "a part of bytes": { type: ofDicom, headers: [labelled, { "Content-Type": "application/octet-stream" }] },
  "a JPEG part": { type: ofDicom, headers: [labelled, { "Content-Type": "image/jpeg" }] },
  "a JSON part": { type: ofDicom, headers: [labelled, { "Content-Type": "application/json" }] },
  "a DICOM JSON part": { type: ofDicom, headers: [labelled, { "Content-Type": "application/dicom+json" }] },
  "a DICOM JSON request": {
    type: '; type="application/dicom+json"',
    headers: [{ "Content-Type": "application/dicom+json" }],
  },
};

should(
  "STORE-056",
  {
    title: "one part of a foreign media type makes the request unsupported, and nothing is stored",
    request: "Store-instances-using-multipart/related",
    clause: statement("Store Response Status Codes"),
  },
  async (scenario) => {
    await checkRows(foreignParts, async ({ type, headers }) => {
      const { sent, response } = await storeParts(scenario, type, headers);
      const goodPart = { status: 202, because: "the good part may be stored when the other one is reported" };
      expect(response).toAnswer({ status: 415, tolerate: headers.includes(labelled) ? [goodPart] : [] });
      const stored = came(response, 202) ? sent.slice(0, 1) : [];
      await expectStored(scenario.service, response, sent, stored);
      expect(response).toHold("number of failed items", failuresOf(response).length, stored.length);
    });

    await expectPartsStored(scenario, ofDicom, [labelled, labelled]);
  },
);

/** What was refused with other part headers is stored with these. */
async function expectPartsStored(scenario: Scenario, type: string, headers: readonly PartHeaders[]) {
  const { sent, response } = await storeParts(scenario, type, headers);
  expect(response).toStore(sent);
}

/** Posts one new file behind each of these part headers. @param type parameter of multipart/related, or "" */
async function storeParts({ service, instances }: Scenario, type: string, headers: readonly PartHeaders[]) {
  const parts = headers.map((each) => ({ headers: each, instance: instances.minimal() }));
  const sent = parts.map(({ instance }) => instance);
  const { body } = writeMultipart(
    parts.map((part) => ({ headers: part.headers, body: part.instance.bytes })),
    "B",
  );
  const contentType = `multipart/related${type}; boundary=B`;
  return { sent, response: await service.storeBody(sent, body, { "Content-Type": contentType }) };
}
