import { confirmedItem, failuresOf } from "../../fixtures/matchers/store.ts";
import { attribute, text, values } from "../../fixtures/wire/dicom-json.ts";
import { writeMultipart } from "../../fixtures/wire/multipart.ts";
import {
  came,
  checkRows,
  expect,
  holds,
  instancePath,
  must,
  type ServiceResponse,
  should,
  statement,
} from "../words.ts";
import { storeAgain } from "./store-again.ts";
import { expectReasonOfUnreadable } from "./unreadable.ts";

should(
  "STORE-011",
  {
    title: "v2 lists the findings on an instance in its own confirmed item only; v1 lists none",
    request: "Store-instances-using-multipart/related",
    clause: statement("Store Response Payload"),
  },
  async ({ service, instances }) => {
    const isV2 = service.endpoint.api === "v2";
    // A service can be set to refuse in v1 what v2 warns of.
    const flawed = instances.minimal(isV2 ? { DateOfSecondaryCapture: "tomorrow" } : {});
    const clean = instances.minimal();

    const response = await service.store([flawed, clean]);

    expect(response).toConfirm([flawed, clean]);
    expect(response).toConfirmWithoutWarning(clean);
    if (isV2) {
      expect(response).toWarn(flawed, { reason: 1, naming: "DateOfSecondaryCapture" });
    } else {
      expect(response).toConfirmWithoutWarning(flawed);
      await checkRows({ "the first": flawed, "the second": clean }, async (instance) => {
        const findings = attribute(confirmedItem(response, instance), "FailedAttributesSequence");
        expect(response).toHold("FailedAttributesSequence", findings, undefined);
      });
    }
  },
);

must(
  "STORE-019",
  {
    title: "study, series and instance UID identify an instance together, and may be equal to each other",
    request: "Store-single-instance",
    clause: statement("Store Required Attributes"),
  },
  async ({ service, instances }) => {
    const uid = instances.uid();
    const first = instances.minimal();
    const namesakes = {
      "an instance": first,
      "its namesake in another series": instances.with(first, { SeriesInstanceUID: instances.uid() }),
      "its namesake in another study": instances.with(first, { StudyInstanceUID: instances.uid() }),
    };
    const same = { StudyInstanceUID: uid, SeriesInstanceUID: uid, SOPInstanceUID: uid };
    const all = { ...namesakes, "an instance with one UID for all": instances.minimal(same) };

    await checkRows(all, async (instance) => {
      const response = await service.storeSinglePart(instance);
      expect(response).toStore([instance]);
    });

    await checkRows(all, async (instance) => {
      expect(await service.retrieve(instance)).toDeliver([instance]);
      const metadata = await service.metadata(instance);
      expect(metadata).toShow("instance", instance.sopInstanceUid, {
        StudyInstanceUID: [instance.studyInstanceUid],
        SeriesInstanceUID: [instance.seriesInstanceUid],
      });
    });
    const { sopInstanceUid } = first;
    const uids = Object.values(namesakes).map(() => sopInstanceUid);
    const found = await service.searchUntil("/instances", { SOPInstanceUID: sopInstanceUid }, (search) =>
      holds(search).toFind("instance", uids),
    );
    expect(found).toFind("instance", uids);
  },
);

must(
  "STORE-020",
  {
    title: "a deleted instance can be stored again, and is then the new one",
    request: "Store-single-instance",
    clause: statement("Store Failure Reason Codes"),
  },
  async ({ service, instances }) => {
    const first = instances.minimal({ PatientName: "First^Life" });
    const second = instances.with(first, { PatientName: "Second^Life" });
    await service.given.stored(first);
    // A service that keeps what was read has something to forget.
    await service.retrieve(first);
    await service.given.deleted(instancePath(first));

    const store = () => service.storeSinglePart(second);
    const response = await storeAgain(service, store, [45070, 45071]);

    expect(response).toStore([second]);
    expect(await service.retrieve(second)).toDeliver([second]);
    const metadata = await service.metadata(second);
    expect(metadata).toShow("instance", second.sopInstanceUid, {
      PatientName: [{ Alphabetic: "Second^Life" }],
    });
  },
);

must(
  "STORE-021",
  {
    title: "of eight stores of one instance at the same time exactly one succeeds",
    request: "Store-single-instance",
    clause: statement("Store Failure Reason Codes"),
  },
  async ({ service, instances }) => {
    const instance = instances.minimal();
    const store = () => service.storeSinglePart(instance);

    // None may still be on its way when the instance is taken away again.
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, store));

    const answers = outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []));
    const [winner, ...rivals] = answers.filter((answer) => holds(answer).toAnswer({ status: 200 }));
    const lost = outcomes.find((outcome) => outcome.status === "rejected");
    const decisive = rivals[0] ?? winner ?? answers[0];
    if (decisive === undefined || (winner === undefined && lost)) {
      throw lost?.reason;
    }
    expect(decisive).toHold("stores that succeeded", rivals.length + (winner ? 1 : 0), 1);
    expect(decisive).toConfirm([instance]);
    const rows = outcomes.map((outcome, index) => [`store ${index + 1}`, outcome] as const);
    await checkRows(Object.fromEntries(rows), async (outcome) => {
      const response = outcome.status === "fulfilled" ? outcome.value : undefined;
      if (response === winner) {
        return;
      }
      if (response !== undefined) {
        expect(response).toAnswer({ status: 409, tolerate: [lostRace] });
      }
      // A service that was too busy to say why has to say it now.
      const isVague = response === undefined || came(response, 500) || reasonOf(response) === 272;
      const refused = isVague ? await store() : response;
      expect(refused).toAnswer({ status: 409 });
      expect(refused).toConfirm([]);
      expect(refused).toGiveReason(45070, [
        { reason: 45071, because: "the other store was still on its way" },
      ]);
    });
    expect(await service.retrieve(instance)).toDeliver([instance]);
    const { sopInstanceUid } = instance;
    const found = await service.searchUntil("/instances", { SOPInstanceUID: sopInstanceUid }, (search) =>
      holds(search).toAnswer({ status: 200 }),
    );
    expect(found).toFind("instance", [sopInstanceUid]);
  },
);

/** The managed service documents 500 for a store that lost against another one. */
const lostRace = {
  status: 500,
  because: "a store that lost a race may fail, where it is refused when it is sent again",
};

const dicomPart = { "Content-Type": "application/dicom" };
const unreadable = Buffer.alloc(200, "this is no DICOM file; ");

must(
  "STORE-022",
  {
    title: "each part of a mixed request is judged on its own and reported with its own reason",
    request: "Store-instances-using-multipart/related",
    clause: [statement("Store Response Status Codes"), statement("Store Response Payload")],
  },
  async ({ service, instances }) => {
    const [known, before, after] = [instances.minimal(), instances.minimal(), instances.minimal()];
    const incomplete = instances.without(instances.minimal(), "SeriesInstanceUID");
    await service.given.stored(known);

    const parts = [before.bytes, known.bytes, incomplete.bytes, unreadable, after.bytes];
    const { contentType, body } = writeMultipart(parts.map((part) => ({ headers: dicomPart, body: part })));
    const sent = [before, incomplete, after];
    const response = await service.storeBody(sent, body, { "Content-Type": contentType });

    expect(response).toAnswer({ status: 202 });
    expect(response).toConfirm([before, after]);
    expect(response).toHold("number of failed items", failuresOf(response).length, 3);
    expect(response).toReportFailure(known, { reason: 45070 });
    expect(response).toReportFailure(incomplete, { reason: 43264, naming: "SeriesInstanceUID" });
    const unnamed = failuresOf(response).find((item) => !text(item, "ReferencedSOPInstanceUID"));
    expectReasonOfUnreadable(response, unnamed);
    await checkRows({ "the first part": before, "the last part": after }, async (instance) => {
      expect(await service.retrieve(instance)).toDeliver([instance]);
    });
  },
);

function reasonOf(response: ServiceResponse): unknown {
  return values(failuresOf(response)[0], "FailureReason")[0];
}
