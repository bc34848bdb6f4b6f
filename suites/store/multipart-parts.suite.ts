import { values } from "../../fixtures/client/dicom-json.ts";
import { writeMultipart } from "../../fixtures/client/multipart.ts";
import { expect } from "../../fixtures/matchers/expect.ts";
import { inRow } from "../../fixtures/matchers/row.ts";
import { failuresOf, reasonDiscrepancies } from "../../fixtures/matchers/store.ts";
import { ps3_18, rfc, statement } from "../clause.ts";
import { requirement, type Scenario } from "../requirement.ts";
import { expectCleanStore, expectStored } from "./holdings.ts";

const azure = {
  request: "Store-instances-using-multipart/related",
  profile: "azure",
  api: ["v1", "v2"],
} as const;

const ofDicom = '; type="application/dicom"';
const labelled = { "Content-Type": "application/dicom" };
const nameless = {};

requirement(
  "STORE-052",
  {
    ...azure,
    level: "must",
    title: "a part without bytes is a failed instance without UIDs",
    clause: [
      statement("Store Response Status Codes"),
      statement("Store Response Payload"),
      ps3_18("I.2.2"),
    ],
  },
  async ({ service, instances }) => {
    const instance = instances.minimal();
    const headers = { "Content-Type": `multipart/related${ofDicom}; boundary=B` };
    const messageOf = (bytes: Buffer) => writeMultipart([{ headers: labelled, body: bytes }], "B").body;

    const response = await service.storeBody([instance], messageOf(Buffer.alloc(0)), headers);
    expect(response).toAnswer({ status: 409 });
    const failed = failuresOf(response);
    expect(failed.length, "failed items").toBe(1);
    const tolerate = [
      { reason: 272, because: "the documents call an unreadable file a general failure" },
      ...values(failed[0], "00081197")
        .filter((reason) => typeof reason === "number" && reason >= 0xc000 && reason <= 0xcfff)
        .map((reason) => ({ reason: Number(reason), because: "C000 to CFFF say that a file is not understood" })),
    ];
    expect(response).toHaveNo(reasonDiscrepancies(response, failed[0] ?? {}, 43264, tolerate));
    expect([values(failed[0], "00081155"), values(failed[0], "00081150")], "UIDs").toEqual([[], []]);
    expect(response).toConfirm([]);

    const twin = await service.storeBody([instance], messageOf(instance.bytes), headers);
    expectCleanStore(twin, [instance]);
  },
);

requirement(
  "STORE-054",
  {
    ...azure,
    level: "must",
    title: "a first part without Content-Type is of the type that the request names",
    clause: [statement("Store (STOW-RS)"), rfc(2387, "3.1")],
  },
  async (scenario) => {
    const { sent, response } = await storeParts(scenario, ofDicom, [nameless]);
    expect(response).toAnswer({ status: 200 });
    await expectStored(scenario.service, response, sent, sent);
  },
);

requirement(
  "STORE-055",
  {
    ...azure,
    level: "should",
    title: "a part whose type is neither stated nor implied makes the request unsupported, and nothing is stored",
    clause: [statement("Store Response Status Codes"), rfc(2387, "3.1")],
  },
  async (scenario) => {
    const rows = [
      { what: "the only part, and no type parameter", type: "", headers: [nameless], partlyRefused: 409 },
      { what: "the second part", type: ofDicom, headers: [labelled, nameless], partlyRefused: 202 },
    ];
    for (const { what, type, headers, partlyRefused } of rows) {
      await inRow(what, async () => {
        const { sent, response } = await storeParts(scenario, type, headers);
        expect(response).toAnswer({
          status: 415,
          tolerate: [
            { status: 200, because: "a service may take application/dicom for granted" },
            { status: partlyRefused, because: "a service may refuse the part alone" },
          ],
        });
        const stored = response.status === 200 ? sent : response.status === 202 ? sent.slice(0, 1) : [];
        await expectStored(scenario.service, response, sent, stored);

        const twin = await storeParts(scenario, type, headers.map(() => labelled));
        expectCleanStore(twin.response, twin.sent);
      });
    }
  },
);

const foreignTypes = ["application/octet-stream", "image/jpeg", "application/json", "application/dicom+json"];

requirement(
  "STORE-056",
  {
    ...azure,
    level: "should",
    title: "one part of a foreign media type makes the request unsupported, and nothing is stored",
    clause: statement("Store Response Status Codes"),
  },
  async (scenario) => {
    const { service } = scenario;
    for (const type of foreignTypes) {
      await inRow(`a second part of ${type}`, async () => {
        const { sent, response } = await storeParts(scenario, ofDicom, [labelled, { "Content-Type": type }]);
        expect(response).toAnswer({
          status: 415,
          tolerate: [{ status: 202, because: "the good part may be stored when the other one is reported" }],
        });
        const stored = response.status === 202 ? sent.slice(0, 1) : [];
        await expectStored(service, response, sent, stored);
        expect(failuresOf(response).length, `failed items for a part of ${type}`).toBe(stored.length);
      });
    }
    await inRow("a request of application/dicom+json", async () => {
      const type = "application/dicom+json";
      const { sent, response } = await storeParts(scenario, `; type="${type}"`, [{ "Content-Type": type }]);
      expect(response).toAnswer({ status: 415 });
      await expectStored(service, response, sent, []);
    });
    const twin = await storeParts(scenario, ofDicom, [labelled, labelled]);
    expectCleanStore(twin.response, twin.sent);
  },
);

type PartHeaders = Readonly<Record<string, string>>;

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
