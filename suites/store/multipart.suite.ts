import { failuresOf, resolvedUrl, resultOf, urlDiscrepancies } from "../../fixtures/matchers/store.ts";
import { items, text, values } from "../../fixtures/wire/dicom-json.ts";
import { writeMultipart } from "../../fixtures/wire/multipart.ts";
import {
  accept,
  expect,
  type Instance,
  instancePath,
  must,
  ps3_18,
  rfc,
  type ServiceResponse,
  statement,
} from "../words.ts";
import { representationDiscrepancies } from "./answer-model.ts";
import { expectReasonOfUnreadable } from "./unreadable.ts";

const mrImageStorage = "1.2.840.10008.5.1.4.1.1.4";

must(
  "STORE-001",
  {
    title:
      "one instance posted as multipart/related is stored, confirmed with 200, retrievable and searchable",
    request: "Store-instances-using-multipart/related",
    profile: "dicomweb",
    clause: [ps3_18("10.5.3.1"), statement("Store (STOW-RS)")],
  },
  async ({ service, instances }) => {
    const instance = instances.minimal();
    const response = await service.store([instance]);
    expect(response).toStore([instance]);
    expect(failuresOf(response), "failed items").toEqual([]);
    expect(await service.retrieve(instance)).toDeliver([instance]);
    const search = () => service.search("/instances", { SOPInstanceUID: instance.sopInstanceUid });
    expect(await service.eventually(search, ({ dicomJson }) => dicomJson.datasets.length > 0)).toFind(
      "instance",
      [instance.sopInstanceUid],
    );
  },
);

must(
  "STORE-004",
  {
    title: "one request may carry instances of several studies, and all are stored",
    request: "Store-instances-using-multipart/related",
    profile: "dicomweb",
    clause: [ps3_18("10.5.1"), statement("Store (STOW-RS)")],
  },
  async ({ service, instances }) => {
    const [a, b, series] = [instances.uid(), instances.uid(), instances.uid()];
    const all = [
      instances.minimal({ StudyInstanceUID: a }),
      instances.minimal({ StudyInstanceUID: a }),
      instances.minimal({ StudyInstanceUID: b, SeriesInstanceUID: series }),
      instances.minimal({ StudyInstanceUID: b, SeriesInstanceUID: series }),
    ];
    const response = await service.store(all);
    expect(response).toStore(all);
    for (const instance of all) {
      expect(await service.retrieve(instance)).toDeliver([instance]);
    }
  },
);

must(
  "STORE-005",
  {
    title:
      "store answers with a dataset are one DICOM JSON object in application/dicom+json with typed values",
    request: "Store-instances-using-multipart/related",
    profile: "dicomweb",
    clause: [ps3_18("F.2"), ps3_18("I.1"), statement("Store Response Payload")],
  },
  async ({ service, instances }) => {
    const [first, second] = [instances.minimal(), instances.minimal()];
    const foreign = { study: first.studyInstanceUid };
    const mixed = await service.store([first, second], foreign);
    const refused = await service.store([instances.minimal()], foreign);
    const stored = await service.store([second]);
    // Elsewhere a request of which nothing can be stored may be a bad one, and its answer a sentence.
    const hasDataset = service.isAzure || refused.status === 409;
    for (const response of hasDataset ? [stored, mixed, refused] : [stored, mixed]) {
      expect(response).toHaveNo(typeDiscrepancies(response));
      const { breaches, datasets } = response.dicomJson;
      // An empty sequence may be written with an empty Value as well as without one.
      expect(response).toBeWithoutBreach(breaches.filter(({ kind }) => kind !== "empty-sequence-array"));
      expect(response).toHaveNo(datasets.flatMap(representationDiscrepancies));
      expect(datasets.length, "datasets in the answer").toBe(1);
      if (response.dicomJson.isArray && !service.isAzure) {
        response.note("the dataset is wrapped in an array");
      } else {
        expect(response.dicomJson.isArray, "the body is an array").toBe(false);
      }
    }
    expect(stored).toConfirm([second]);
  },
);

must(
  "STORE-008",
  {
    title: "each stored instance is confirmed with its class UID, instance UID and its own retrieve URL",
    request: "Store-instances-using-multipart/related",
    profile: "dicomweb",
    clause: [ps3_18("I.1"), statement("Store Response Payload")],
  },
  async ({ service, instances }) => {
    const both = [instances.minimal(), instances.minimal({ SOPClassUID: mrImageStorage })];
    const response = await service.store(both);
    expect(response).toStore(both);
    for (const item of items(resultOf(response), "ReferencedSOPSequence")) {
      const instance = both.find(
        ({ sopInstanceUid }) => sopInstanceUid === text(item, "ReferencedSOPInstanceUID"),
      );
      const url = resolvedUrl(response, text(item, "RetrieveURL"));
      if (instance && (url !== undefined || service.isAzure)) {
        expect(response).toHaveNo(urlDiscrepancies(url, instancePath(instance)));
      }
      expect(item["00081197"], "failure reason of a confirmed instance").toBeUndefined();
    }
  },
);

must(
  "STORE-018",
  {
    title: "the same instance twice in one request is stored once and refused once, with 202",
    request: "Store-instances-using-multipart/related",
    clause: [statement("Store Response Status Codes"), statement("Store Failure Reason Codes")],
  },
  async ({ service, instances }) => {
    const instance = instances.minimal();
    const response = await service.store([instance, instance], { study: instance.studyInstanceUid });
    expect(response).toAnswer({ status: 202 });
    expect(response).toConfirm([instance]);
    expect(response).toReportFailure(instance, {
      reason: 45070,
      tolerate: [{ reason: 45071, because: "a service may store the parts of a request in parallel" }],
    });
    expect(await service.retrieve(instance)).toDeliver([instance]);
    const metadata = await service.metadata(`/studies/${instance.studyInstanceUid}`);
    expect(metadata).toFind("instance", [instance.sopInstanceUid]);
  },
);

must(
  "STORE-045",
  {
    title: "an unsupported request media type, or none, is refused with 415 and nothing is stored",
    request: "Store-instances-using-multipart/related",
    profile: "dicomweb",
    clause: [ps3_18("10.5.3.1"), statement("Store Response Status Codes")],
  },
  async ({ service, instances }) => {
    const instance = instances.minimal();
    const { body: message } = writeMultipart([partOf(instance)], "B");
    const types = [
      "application/octet-stream",
      "text/plain",
      "image/jpeg",
      "application/json",
      "multipart/mixed; boundary=B",
      "multipart/form-data; boundary=B",
      'multipart/form; type="application/dicom"; boundary=B',
      undefined,
      // PS3.18 10.5.2 knows these two; Microsoft's service does not.
      ...(service.isAzure ? ["application/dicom+json", "application/dicom+xml"] : []),
    ];
    for (const type of types) {
      // Elsewhere a server may be lenient with the subtype of a body that it can read.
      const body = service.isAzure && type?.startsWith("multipart/") ? message : instance.bytes;
      const response = await service.storeBody([instance], body, { "Content-Type": type });
      expect(response).toAnswer({
        status: 415,
        tolerate: [
          { status: 400, profile: "dicomweb", because: "a bad request is a fair word for it elsewhere" },
          { status: 409, profile: "dicomweb", because: "who reads JSON may report what he cannot read" },
        ],
      });
    }
    expect(await service.retrieve(instance)).toAnswer({ status: 404 });
    expect(await service.store([instance])).toConfirm([instance]);
  },
);

must(
  "STORE-046",
  {
    title: "multipart/related without a usable boundary is refused and nothing is stored",
    request: "Store-instances-using-multipart/related",
    profile: "dicomweb",
    clause: [rfc(2046, "5.1.1"), statement("Store Response Status Codes")],
  },
  async ({ service, instances }) => {
    const instance = instances.minimal();
    const { body } = writeMultipart([partOf(instance)], "B");
    for (const parameters of ['; type="application/dicom"', "", '; type="application/dicom"; boundary=""']) {
      const response = await service.storeBody([instance], body, {
        "Content-Type": `multipart/related${parameters}`,
      });
      expect(response).toAnswer({
        status: 415,
        tolerate: [{ status: 400, because: "both words fit a type without its boundary" }],
      });
    }
    expect(await service.retrieve(instance)).toAnswer({ status: 404 });
    expect(await service.store([instance])).toConfirm([instance]);
  },
);

must(
  "STORE-051",
  {
    title: "a multipart request without any part is answered with 204",
    request: "Store-instances-using-multipart/related",
    clause: statement("Store Response Status Codes"),
  },
  async ({ service, instances }) => {
    const headers = { "Content-Type": 'multipart/related; type="application/dicom"; boundary=B' };
    for (const body of ["--B\r\n\r\n--B--\r\n", "--B--\r\n"]) {
      const response = await service.storeBody([], Buffer.from(body), headers);
      expect(response).toAnswer({ status: 204, isEmpty: true });
    }
    expect(await service.storeBody([], Buffer.alloc(0), headers)).toAnswer({
      status: 204,
      tolerate: [
        { status: 400, because: "Microsoft's code misses the first delimiter, the documents promise 204" },
      ],
    });
    const twin = instances.minimal();
    expect(await service.store([twin])).toConfirm([twin]);
  },
);

must(
  "STORE-053",
  {
    title: "a bad part beside a good one gives 202, and the good one is stored",
    request: "Store-instances-using-multipart/related",
    profile: "dicomweb",
    clause: [ps3_18("10.5.3.1"), statement("Store Response Status Codes")],
  },
  async ({ service, instances }) => {
    for (const isBadFirst of [true, false]) {
      const good = instances.minimal();
      const bad = { headers: { "Content-Type": "application/dicom" }, body: Buffer.alloc(0) };
      const parts = isBadFirst ? [bad, partOf(good)] : [partOf(good), bad];
      const { contentType, body } = writeMultipart(parts);
      const response = await service.storeBody([good], body, { "Content-Type": contentType });
      expect(response).toAnswer({ status: 202 });
      expect(response).toConfirm([good]);
      const failed = failuresOf(response);
      expect(failed.length, "failed items").toBe(1);
      expectReasonOfUnreadable(response, failed[0] ?? {});
      expect(
        values(failed[0], "ReferencedSOPInstanceUID"),
        "SOP Instance UID of the unreadable part",
      ).toEqual([]);
      expect(await service.retrieve(good)).toDeliver([good]);
    }
  },
);

/** Elsewhere a refusal may carry its dataset without saying so: RFC 9110 8.3 only asks for a Content-Type. */
function typeDiscrepancies(response: ServiceResponse) {
  const received = response.header("Content-Type");
  if (received === undefined && response.status >= 400 && response.profile === "dicomweb") {
    response.note("a refusal without Content-Type");
    return [];
  }
  const isRight = response.mediaType.essence === accept.dicomJson;
  return isRight ? [] : [{ expected: `Content-Type ${accept.dicomJson}`, received: received ?? "none" }];
}

function partOf(instance: Instance) {
  return { headers: { "Content-Type": "application/dicom" }, body: instance.bytes };
}
