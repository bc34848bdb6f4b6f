import {
  encodeDataset,
  explicitVrLittleEndian,
  implicitVrLittleEndian,
} from "../../fixtures/instances/part10.ts";
import type { AnswerExpectation } from "../../fixtures/matchers/answer.ts";
import { failuresOf } from "../../fixtures/matchers/store.ts";
import { writeMultipart } from "../../fixtures/wire/multipart.ts";
import {
  accept,
  came,
  checkRows,
  condition,
  dicom,
  expect,
  type Instance,
  instancePath,
  may,
  must,
  ps3_18,
  rfc,
  type Service,
  type ServiceResponse,
  should,
  statement,
  studyPath,
} from "../words.ts";
import { expectNoDisclosure } from "./disclosures.ts";
import { expectStored } from "./holdings.ts";
import { expectNotStored, expectStoredOrRefused } from "./stored-or-refused.ts";

const dicomType = { "Content-Type": "application/dicom" };

may(
  "STORE-043",
  {
    title: "a store without Accept header is refused with 406 or answered in application/dicom+json",
    request: "Store-single-instance",
    clause: [statement("Store (STOW-RS)"), rfc(9110, "12.5.1")],
  },
  async ({ service, instances }) => {
    await checkRows({ "no Accept header": undefined, "an empty Accept header": "" }, async (Accept) => {
      const instance = instances.minimal();
      const response = await service.storeSinglePart(instance, { Accept });
      await expectStoredOrRefused(service, response, instance, {
        status: 406,
        because: "the documents want an Accept header that allows application/dicom+json",
      });
      if (came(response, 200)) {
        expect(response).toAnswer({ status: 200, mediaType: accept.dicomJson });
      }
    });
  },
);

may(
  "STORE-047",
  {
    title: "an unquoted type parameter with a slash is refused or understood, never misread",
    request: "Store-instances-using-multipart/related",
    clause: [rfc(2045, "5.1"), statement("Store (STOW-RS)")],
  },
  async ({ service, instances }) => {
    const types = { "no quotes": "application/dicom", "single quotes": "'application/dicom'" };
    await checkRows(types, async (type) => {
      const instance = instances.minimal();
      const { body, boundary } = writeMultipart([{ headers: dicomType, body: instance.bytes }]);
      const response = await service.storeBody([instance], body, {
        "Content-Type": `multipart/related; type=${type}; boundary=${boundary}`,
      });
      await expectStoredOrRefused(service, response, instance, {
        status: [415, 400],
        because: "RFC 2045 5.1 wants quotes around a value with a slash",
      });
    });
  },
);

/** The longest that RFC 2046 permits, with all the punctuation that it permits. */
const longBoundary = "0123456789'()+_,-./:=?ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuv";

must(
  "STORE-048",
  {
    title: "equivalent spellings of the multipart Content-Type are all understood",
    request: "Store-instances-using-multipart/related",
    profile: "dicomweb",
    clause: [rfc(2046, "5.1.1"), ps3_18("8.7"), statement("Store (STOW-RS)")],
  },
  async ({ service, instances }) => {
    // Many servers understand no punctuation there, and clients send none: elsewhere that is not judged.
    const long = service.isAzure ? longBoundary : longBoundary.replace(/\W/g, "0");
    const spellings = {
      "a boundary in quotes": 'multipart/related; type="application/dicom"; boundary="B"',
      "the boundary first": 'multipart/related; boundary=B; type="application/dicom"',
      "capitals and small letters": 'Multipart/Related; TYPE="application/dicom"; BOUNDARY=B',
      "a parameter that means nothing": 'multipart/related; type="application/dicom"; boundary=B; foo=bar',
      "the longest boundary": `multipart/related; type="application/dicom"; boundary="${long}"`,
      ...(service.isAzure && { "no type": "multipart/related; boundary=B" }),
    };
    await checkRows(spellings, async (type) => {
      const instance = instances.minimal();
      const part = { headers: dicomType, body: instance.bytes };
      const { body } = writeMultipart([part], type.includes(long) ? long : "B");

      const response = await service.storeBody([instance], body, { "Content-Type": type });

      expect(response).toStore([instance]);
      await expectStored(service, response, [instance], [instance]);
    });
  },
);

const rleLossless = "1.2.840.10008.1.2.5";
const ownSyntax = `application/dicom; transfer-syntax=${explicitVrLittleEndian}`;
const otherSyntax = `application/dicom; transfer-syntax=${rleLossless}`;

const parametrized: Readonly<Record<string, Send>> = {
  "a request that names the syntax of its file": (service, instance) =>
    service.storeSinglePart(instance, { "Content-Type": ownSyntax }),
  "a part that names its own syntax": (service, instance) => storePart(service, instance, ownSyntax),
  "a part that names another syntax": (service, instance) => storePart(service, instance, otherSyntax),
};

may(
  "STORE-049",
  {
    title: "application/dicom with a transfer-syntax parameter is refused or stored in the file's own syntax",
    request: "Store-instances-using-multipart/related",
    clause: [ps3_18("8.7.9"), statement("Store (STOW-RS)")],
  },
  async ({ service, instances }) => {
    await checkRows(parametrized, async (send) => {
      const instance = instances.minimal();
      const response = await send(service, instance);
      await expectStoredOrRefused(service, response, instance, {
        status: 415,
        because: "the documents list application/dicom without parameters",
      });
      if (came(response, 200)) {
        expect(await service.retrieve(instance, ownSyntax)).toDeliver([instance]);
      }
    });

    const instance = instances.minimal();
    const inCapitals = await storePart(service, instance, "APPLICATION/DICOM");
    expect(inCapitals).toStore([instance]);
    await expectStored(service, inCapitals, [instance], [instance]);
  },
);

const tooLong = "1".repeat(70);
const badType = { "Content-Type": "application/octet-stream" };
const badAccept = { Accept: "text/plain" };

const either = (status: number) => [{ status, because: "of two faults a service may name either" }];

const refusals: Readonly<Record<string, Refusal>> = {
  "a malformed study UID": { study: tooLong, headers: {}, answer: { status: 400 } },
  "an Accept header that refuses JSON": { headers: badAccept, answer: { status: 406 } },
  "an unsupported Content-Type": { headers: badType, answer: { status: 415 } },
  "a bad Content-Type with a bad Accept": {
    headers: { ...badType, ...badAccept },
    answer: { status: 415, tolerate: either(406) },
  },
  "a bad Accept with a malformed study UID": {
    study: tooLong,
    headers: badAccept,
    answer: { status: 406, tolerate: either(400) },
  },
  "a malformed study UID without a body": {
    study: tooLong,
    headers: {},
    isEmpty: true,
    answer: { status: 400 },
  },
};

should(
  "STORE-050",
  {
    title: "a refusal before processing carries a short message or nothing, and of several faults names one",
    request: "Store-single-instance",
    clause: statement("Store Response Status Codes"),
  },
  async ({ service, instances }) => {
    const instance = instances.minimal();
    const { contentType, body } = writeMultipart([{ headers: dicomType, body: instance.bytes }]);
    await checkRows(refusals, async ({ study, headers, isEmpty, answer }) => {
      const sent = isEmpty ? Buffer.alloc(0) : body;
      const response = await service.storeBody(
        [instance],
        sent,
        { "Content-Type": contentType, ...headers },
        study,
      );

      expect(response).toAnswer(answer);
      expectNoDisclosure(response);
    });

    const stored = await service.storeSinglePart(instance);
    expect(stored).toStore([instance]);
  },
);

const lengthOfPreambleAndPrefix = 132;
const headless: Readonly<Record<string, { syntax: string; hasMeta?: boolean }>> = {
  "a file without preamble and prefix": { syntax: explicitVrLittleEndian, hasMeta: true },
  "a bare dataset in explicit VR": { syntax: explicitVrLittleEndian },
  "a bare dataset in implicit VR": { syntax: implicitVrLittleEndian },
};

may(
  "STORE-072",
  {
    title: "a dataset without preamble or file meta information is refused or stored, and breaks nothing",
    request: "Store-single-instance",
    clause: [dicom("PS3.10", "7.1"), statement("Store (STOW-RS)")],
  },
  async ({ service, instances }) => {
    await checkRows(headless, async ({ syntax, hasMeta }) => {
      const instance = instances.minimal();
      const dataset = encodeDataset(instance.attributes, syntax);
      const body = hasMeta ? instance.bytes.subarray(lengthOfPreambleAndPrefix) : dataset;

      const response = await service.storeBody([instance], body, dicomType);

      expect(response).toAnswer({
        status: 409,
        tolerate: [{ status: [200, 202], because: "a service may know such a dataset for what it is" }],
      });
      if (came(response, 409)) {
        expect(response).toHold("number of failed items", failuresOf(response).length, 1);
        expect(response).toConfirm([]);
        await expectNotStored(service, instance);
        return;
      }
      expect(response).toConfirm([instance]);
      const whole = condition(`with the ${dataset.length} bytes of the dataset in it`, (body) =>
        (body as Buffer).includes(dataset),
      );
      const paths = { "the instance": instancePath(instance), "its study": studyPath(instance) };
      await checkRows(paths, async (path) => {
        const retrieved = await service.retrieve(path);
        expect(retrieved).toAnswer({ status: 200 });
        expect(retrieved).toHold("the body", retrieved.body, whole);
      });
      const metadata = await service.metadata(studyPath(instance));
      expect(metadata).toFind("instance", [instance.sopInstanceUid]);
    });
  },
);

type Send = (service: Service, instance: Instance) => Promise<ServiceResponse>;

interface Refusal {
  readonly study?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly isEmpty?: boolean;
  readonly answer: AnswerExpectation;
}

function storePart(service: Service, instance: Instance, type: string): Promise<ServiceResponse> {
  const { contentType, body } = writeMultipart([{ headers: { "Content-Type": type }, body: instance.bytes }]);
  return service.storeBody([instance], body, { "Content-Type": contentType });
}
