import { partsOf } from "../../fixtures/client/endpoint.ts";
import { confirmedItem, failuresOf, resultOf } from "../../fixtures/matchers/store.ts";
import { attribute, text } from "../../fixtures/wire/dicom-json.ts";
import {
  accept,
  came,
  checkRows,
  expect,
  holds,
  type Instance,
  instancePath,
  must,
  type Service,
  statement,
  studyPath,
} from "../words.ts";
import { forms } from "./forms.ts";
import { expectAbsent, expectFound, expectNoStudy } from "./holdings.ts";
import { expectRetrieveUrl } from "./retrieve-url.ts";
import { expectTwinStored } from "./store-again.ts";

must(
  "STORE-003",
  {
    title:
      "one Part 10 file sent as application/dicom is stored without multipart, on both store resources, but below its own study only",
    request: "Store-single-instance",
    clause: [
      statement("Store (STOW-RS)"),
      statement("Store Response Payload"),
      statement("Store Failure Reason Codes"),
    ],
  },
  async ({ service, instances }) => {
    await checkRows({ "/studies": false, "/studies/{study}": true }, async (isOfStudy) => {
      const instance = instances.minimal();

      const response = await service.storeSinglePart(instance, {
        study: isOfStudy ? instance.studyInstanceUid : undefined,
      });

      expect(response).toAnswer({ status: 200, mediaType: accept.dicomJson });
      expect(response).toConfirm([instance]);
      if (isOfStudy) {
        expectRetrieveUrl(response, resultOf(response), studyPath(instance));
      } else {
        const url = attribute(resultOf(response), "RetrieveURL");
        expect(response).toHold("RetrieveURL of the answer", url, undefined);
      }
      expect(await service.retrieve(instance)).toDeliver([instance]);
    });

    const foreign = instances.minimal();
    const refused = await service.storeSinglePart(foreign, { study: instances.uid() });
    expect(refused).toAnswer({ status: 409 });
    expect(refused).toConfirm([]);
    await expectAbsent(service, foreign);
    await expectTwinStored(service, foreign);
  },
);

must(
  "STORE-009",
  {
    title: "the retrieve URL of a stored instance is absolute, names its version and can be fetched as given",
    request: "Store-single-instance",
    clause: statement("Store Response Payload"),
  },
  async ({ service, instances }) => {
    const { version, partition } = partsOf(service.endpoint.baseUrl);
    await checkRows(forms, async (formOf) => {
      await checkRows({ "to /studies": false, "to its study": true }, async (isOfStudy) => {
        const instance = instances.minimal();
        const { contentType, body } = formOf(instance.bytes);
        const study = isOfStudy ? instance.studyInstanceUid : undefined;

        const stored = await service.storeBody([instance], body, { "Content-Type": contentType }, study);

        expect(stored).toAnswer({ status: 200 });
        const path = `${version}${partition}${instancePath(instance)}`;
        const url = expectRetrieveUrl(stored, confirmedItem(stored, instance), path);
        expect(await service.follow(url ?? "", accept.instance)).toDeliver([instance]);
      });
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
    const url = attribute(failuresOf(response)[0], "RetrieveURL");
    expect(response).toHold("RetrieveURL of the failed item", url, undefined);
    expect(response).toConfirm([]);
    await expectNoStudy(service, valid.studyInstanceUid);
    await expectTwinStored(service, valid);
  },
);

must(
  "STORE-017",
  {
    title:
      "a second copy of a stored instance is refused with 45070 through either version and leaves the first untouched",
    request: "Store-single-instance",
    clause: [statement("Store Required Attributes"), statement("Store Failure Reason Codes")],
  },
  async ({ service, instances }) => {
    const first = instances.minimal({ PatientName: "First^Copy" });
    const second = instances.with(first, { PatientName: "Second^Copy", InstanceNumber: 2 });
    await service.given.stored(first);

    await checkRows(["v1", "v2"] as const, async (api) => {
      const through = service.through(api);
      const read = await through.retrieve(first);
      expect(read).toAnswer({ status: 200, tolerate: api === service.endpoint.api ? [] : [notServed] });
      await checkRows(came(read, 200) ? forms : {}, async (formOf) => {
        const { contentType, body } = formOf(second.bytes);

        const response = await through.storeBody([second], body, { "Content-Type": contentType });

        expect(response).toAnswer({ status: 409 });
        expect(response).toHold("number of failed items", failuresOf(response).length, 1);
        expect(response).toReportFailure(second, { reason: 45070 });
        expect(response).toConfirm([]);
      });
    });

    expect(await service.retrieve(first)).toDeliver([first]);
    const shown = { PatientName: [{ Alphabetic: "First^Copy" }] };
    const metadata = await service.metadata(first);
    expect(metadata).toFind("instance", [first.sopInstanceUid]);
    expect(metadata).toShow("instance", first.sopInstanceUid, shown);
    const study = first.studyInstanceUid;
    const found = await expectFound(service, "study", study, { StudyInstanceUID: study });
    expect(found).toShow("study", study, shown);
  },
);

/** Microsoft's code answers 400 for a version that it does not serve. */
const notServed = { status: [400, 404], because: "the service is reached through one of its versions only" };

const lacking = { absent: undefined, empty: null };
const requiredAttributes = {
  StudyInstanceUID: lacking,
  SeriesInstanceUID: lacking,
  SOPInstanceUID: lacking,
  SOPClassUID: lacking,
  // Empty, it is refused by v1 only.
  PatientID: { absent: undefined },
};

/** What a failed item repeats of a file. */
const repeatedUids = {
  ReferencedSOPClassUID: "SOPClassUID",
  ReferencedSOPInstanceUID: "SOPInstanceUID",
};

must(
  "STORE-023",
  {
    title: "a file without one of the five required attributes, or with an empty UID, is refused with 43264",
    request: "Store-single-instance",
    clause: statement("Store Required Attributes"),
  },
  async ({ service, instances }) => {
    const complete = instances.minimal();
    await checkRows(requiredAttributes, (values, keyword) =>
      checkRows(values, async (value) => {
        const refused = instances.with(complete, { [keyword]: value });

        const response = await service.storeSinglePart(refused);

        expect(response).toAnswer({ status: 409 });
        expect(response).toGiveReason(43264);
        expect(response).toNameAttribute(keyword);
        expect(response).toConfirm([]);
        const [item] = failuresOf(response);
        for (const [repeated, of] of Object.entries(repeatedUids)) {
          const sent = of === keyword ? undefined : complete.attributes[of];
          expect(response).toHold(`${repeated} of the failed item`, text(item, repeated) || undefined, sent);
        }
      }),
    );

    await expectAbsent(service, complete);
    await expectNoStudy(service, complete.studyInstanceUid);
    await expectTwinStored(service, complete);
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
    await expectTwinStored(service, complete);
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
    const StudyInstanceUID = instances.uid();
    const empty = () => instances.minimal({ StudyInstanceUID, PatientID: null });
    const filled = instances.minimal({ StudyInstanceUID });
    const patientId = filled.attributes.PatientID;

    await expectWarnedOfPatientId(service, empty());
    await expectPatientId(service, StudyInstanceUID, []);

    const stored = await service.storeSinglePart(filled);
    expect(stored).toStore([filled]);
    expect(stored).toConfirmWithoutWarning(filled);
    expect(await service.retrieve(filled)).toDeliver([filled]);
    await expectPatientId(service, StudyInstanceUID, [patientId]);

    await expectWarnedOfPatientId(service, empty());
    await expectPatientId(service, StudyInstanceUID, [patientId]);
  },
);

async function expectWarnedOfPatientId(service: Service, instance: Instance): Promise<void> {
  const response = await service.storeSinglePart(instance);
  expect(response).toAnswer({ status: 202 });
  expect(response).toConfirm([instance]);
  expect(response).toWarn(instance, { reason: 1, naming: "PatientID" });
  expect(await service.retrieve(instance)).toDeliver([instance]);
}

/** A search shows the study with this Patient ID, at once or soon. */
async function expectPatientId(service: Service, study: string, values: readonly unknown[]): Promise<void> {
  const shown = ["study", study, { PatientID: values }] as const;
  const query = { StudyInstanceUID: study };
  const found = await service.searchUntil("/studies", query, (each) => holds(each).toShow(...shown));
  expect(found).toShow(...shown);
}
