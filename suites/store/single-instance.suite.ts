import {
  failuresOf,
  reasonDiscrepancies,
  resultOf,
  urlDiscrepancies,
} from "../../fixtures/matchers/store.ts";
import { items, text, values } from "../../fixtures/wire/dicom-json.ts";
import {
  accept,
  checkRows,
  expect,
  type Instance,
  instancePath,
  must,
  type Service,
  type ServiceResponse,
  statement,
} from "../words.ts";
import { expectAbsent, expectNoStudy } from "./holdings.ts";
import { storeAgain } from "./store-again.ts";

must(
  "STORE-003",
  {
    title: "one Part 10 file sent as application/dicom is stored without multipart, on both store resources",
    request: "Store-single-instance",
    clause: statement("Store (STOW-RS)"),
  },
  async ({ service, instances }) => {
    const free = instances.minimal();
    const response = await service.storeSinglePart(free);
    expect(response).toAnswer({ status: 200, mediaType: accept.dicomJson });
    expect(response).toConfirm([free]);

    const bound = instances.minimal();
    const ofStudy = await service.storeSinglePart(bound, { study: bound.studyInstanceUid });
    expect(ofStudy).toAnswer({ status: 200, mediaType: accept.dicomJson });
    expect(ofStudy).toConfirm([bound]);
    expect(await service.retrieve(bound)).toDeliver([bound]);
  },
);

type Store = (service: Service, instance: Instance) => Promise<ServiceResponse>;

const waysToStore: Readonly<Record<string, Store>> = {
  "a file": (service, instance) => service.storeSinglePart(instance),
  "a file of the study": (service, instance) =>
    service.storeSinglePart(instance, { study: instance.studyInstanceUid }),
  "a part": (service, instance) => service.store([instance]),
  "a part of the study": (service, instance) =>
    service.store([instance], { study: instance.studyInstanceUid }),
};

must(
  "STORE-009",
  {
    title: "the retrieve URL of a stored instance is absolute, names its version and can be fetched as given",
    request: "Store-single-instance",
    clause: statement("Store Response Payload"),
  },
  async ({ service, instances }) => {
    const version = /\/v[12]$/.exec(service.endpoint.baseUrl)?.[0] ?? "";
    await checkRows(waysToStore, async (store) => {
      const instance = instances.minimal();
      const stored = await store(service, instance);
      expect(stored).toAnswer({ status: 200 });
      const url = text(items(resultOf(stored), "ReferencedSOPSequence")[0], "RetrieveURL") ?? "";
      expect(stored).toHaveNo(urlDiscrepancies(url, `${version}${instancePath(instance)}`));

      expect(await service.follow(url, accept.instance)).toDeliver([instance]);
    });
  },
);

must(
  "STORE-012",
  {
    title: "a refused instance is reported with its UIDs, reason 43264 and the failing attribute",
    request: "Store-single-instance",
    clause: [statement("Store Response Payload"), statement("Store Failure Reason Codes")],
  },
  async ({ service, instances }) => {
    const valid = instances.minimal();
    const refused = instances.with(valid, { SeriesInstanceUID: "abc.123" });
    const response = await service.storeSinglePart(refused);
    expect(response).toAnswer({ status: 409 });
    expect(response).toReportFailure(refused, { reason: 43264, naming: "SeriesInstanceUID" });
    expect(response).toConfirm([]);
    await expectNoStudy(service, valid.studyInstanceUid);

    const twin = await storeAgain(service, () => service.storeSinglePart(valid));
    expect(twin).toStore([valid]);
  },
);

must(
  "STORE-017",
  {
    title: "a second copy of a stored instance is refused with reason 45070 and leaves the first untouched",
    request: "Store-single-instance",
    clause: [statement("Store Required Attributes"), statement("Store Failure Reason Codes")],
  },
  async ({ service, instances }) => {
    const first = instances.minimal({ PatientName: "First^Copy" });
    const second = instances.with(first, { PatientName: "Second^Copy", BitsAllocated: 8 });
    await service.given.stored(first);

    for (const response of [await service.storeSinglePart(second), await service.store([second])]) {
      expect(response).toAnswer({ status: 409 });
      expect(response).toReportFailure(second, { reason: 45070 });
      expect(response).toConfirm([]);
    }
    expect(await service.retrieve(first)).toDeliver([first]);
    const metadata = await service.metadata(first);
    const name = { "00100010": [{ Alphabetic: "First^Copy" }] };
    expect(metadata).toFind("instance", [first.sopInstanceUid]);
    expect(metadata).toShow("instance", first.sopInstanceUid, name);
    const search = () => service.search("/studies", { StudyInstanceUID: first.studyInstanceUid });
    const found = await service.eventually(search, ({ status }) => status === 200);
    expect(found).toShow("study", first.studyInstanceUid, name);
  },
);

const requiredAttributes = [
  ["StudyInstanceUID", "0020000D"],
  ["SeriesInstanceUID", "0020000E"],
  ["SOPInstanceUID", "00080018"],
  ["SOPClassUID", "00080016"],
  ["PatientID", "00100020"],
] as const;

must(
  "STORE-023",
  {
    title: "a file without one of the five required attributes, or with an empty UID, is refused with 43264",
    request: "Store-single-instance",
    clause: statement("Store Required Attributes"),
  },
  async ({ service, instances }) => {
    const complete = instances.minimal();
    for (const [keyword, tag] of requiredAttributes) {
      const empty = keyword === "PatientID" ? [] : [instances.with(complete, { [keyword]: null })];
      for (const refused of [instances.without(complete, keyword), ...empty]) {
        const response = await service.storeSinglePart(refused);
        expect(response).toAnswer({ status: 409 });
        expect(response).toHaveNo(reasonDiscrepancies(response, failuresOf(response)[0] ?? {}, 43264));
        expect(response).toNameAttribute(tag);
        expect(response).toConfirm([]);
      }
    }
    await expectAbsent(service, complete);
    await expectNoStudy(service, complete.studyInstanceUid);

    const twin = await storeAgain(service, () => service.storeSinglePart(complete));
    expect(twin).toStore([complete]);
  },
);

must(
  "STORE-024",
  {
    title: "v1 refuses an empty Patient ID",
    request: "Store-single-instance",
    api: ["v1"],
    clause: statement("Store (STOW-RS)", "v1"),
  },
  async ({ service, instances }) => {
    const complete = instances.minimal();
    const refused = instances.with(complete, { PatientID: null });
    const response = await service.storeSinglePart(refused);
    expect(response).toAnswer({ status: 409 });
    expect(response).toReportFailure(refused, { reason: 43264, naming: "PatientID" });
    await expectAbsent(service, refused);
    await expectNoStudy(service, refused.studyInstanceUid);

    const twin = await storeAgain(service, () => service.storeSinglePart(complete));
    expect(twin).toAnswer({ status: 200 });
  },
);

must(
  "STORE-025",
  {
    title: "v2 stores an empty Patient ID with a warning, and a later filled one wins for the study",
    request: "Store-single-instance",
    api: ["v2"],
    clause: statement("Store Required Attributes"),
  },
  async ({ service, instances }) => {
    const study = { StudyInstanceUID: instances.uid() };
    const empty = () => instances.minimal({ ...study, PatientID: null });
    const filled = instances.minimal(study);
    const patientId = [filled.attributes.PatientID];
    for (const [instance, expected] of [
      [empty(), []],
      [filled, patientId],
      [empty(), patientId],
    ] as const) {
      const isEmpty = instance !== filled;
      const response = await service.storeSinglePart(instance);
      expect(response).toAnswer({ status: isEmpty ? 202 : 200 });
      expect(response).toConfirm([instance]);
      if (isEmpty) {
        expect(response).toWarn(instance, { reason: 1, naming: "PatientID" });
      }
      expect(await service.retrieve(instance)).toDeliver([instance]);
      const search = () => service.search("/studies", { StudyInstanceUID: study.StudyInstanceUID });
      const isShown = ({ dicomJson }: Awaited<ReturnType<typeof search>>) =>
        dicomJson.datasets.length > 0 && values(dicomJson.datasets[0], "PatientID")[0] === expected[0];
      const found = await service.eventually(search, isShown);
      expect(found).toShow("study", study.StudyInstanceUID, { PatientID: expected });
    }
  },
);
