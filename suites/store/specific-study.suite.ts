import { ChangeFeed } from "../../fixtures/client/change-feed.ts";
import { memberNamesOf, resolvedUrl, resultOf, urlDiscrepancies } from "../../fixtures/matchers/store.ts";
import { text } from "../../fixtures/wire/dicom-json.ts";
import { nameOf } from "../../fixtures/wire/dictionary.ts";
import { accept, changeFeedGuide, checkRows, expect, must, ps3_18, statement, studyPath } from "../words.ts";
import { expectAbsent, expectNoStudy } from "./holdings.ts";
import { storeAgain } from "./store-again.ts";

const mrImageStorage = "1.2.840.10008.5.1.4.1.1.4";

/** The documents name a code of its own for a foreign study; Microsoft's code and its own tests send another. */
const mismatch = {
  reason: 43265,
  tolerate: [{ reason: 43264, because: "Microsoft's code reports a study mismatch as a validation failure" }],
} as const;

must(
  "STORE-002",
  {
    title: "instances posted to their study are stored, and the answer carries the URL of the study",
    request: "Store-instances-for-a-specific-study",
    profile: "dicomweb",
    clause: [ps3_18("I.1"), statement("Store Response Payload")],
  },
  async ({ service, instances }) => {
    const study = { StudyInstanceUID: instances.uid() };
    const both = [instances.minimal(study), instances.minimal(study)];
    const response = await service.store(both, { study: study.StudyInstanceUID });
    expect(response).toStore(both);
    const path = `/studies/${study.StudyInstanceUID}`;
    const url = text(resultOf(response), "RetrieveURL");
    if (url !== undefined || service.isAzure) {
      const absolute = resolvedUrl(response, url);
      expect(response).toHaveNo(urlDiscrepancies(absolute, path));
      expect(await service.follow(absolute ?? "", accept.instances)).toDeliver(both);
    }
  },
);

must(
  "STORE-010",
  {
    title:
      "only sequences with items appear, and the study URL only for a study request that stored something",
    request: "Store-instances-for-a-specific-study",
    clause: statement("Store Response Payload"),
  },
  async ({ service, instances }) => {
    const study = instances.uid();
    const own = () => instances.minimal({ StudyInstanceUID: study });
    const foreign = () => instances.minimal();
    const confirmed = "ReferencedSOPSequence";
    const rows = {
      "no study in the path": { study: undefined, sent: [foreign()], status: 200, members: [confirmed] },
      "all of the study": { study, sent: [own()], status: 200, members: ["RetrieveURL", confirmed] },
      "some of the study": {
        study,
        sent: [own(), foreign()],
        status: 202,
        members: ["RetrieveURL", "FailedSOPSequence", confirmed],
      },
      "none of the study": { study, sent: [foreign()], status: 409, members: ["FailedSOPSequence"] },
    };
    await checkRows(rows, async ({ sent, members, status, ...path }) => {
      const response = await service.store(sent, path);

      expect(response).toAnswer({ status });
      const names = memberNamesOf(response).toSorted();
      expect(response).toHold("attributes of the answer", names, members.map(nameOf).toSorted());
    });
  },
);

must(
  "STORE-013",
  {
    title: "parts of another study are refused while the matching ones are stored, with 202",
    request: "Store-instances-for-a-specific-study",
    profile: "dicomweb",
    clause: [ps3_18("10.5.3.1"), statement("Store Failure Reason Codes")],
  },
  async ({ service, instances }) => {
    // Of another class, so that the items cannot be mixed up unnoticed.
    const [own, foreign] = [instances.minimal(), instances.minimal({ SOPClassUID: mrImageStorage })];
    const next = instances.minimal({ StudyInstanceUID: own.studyInstanceUid });
    const response = await service.store([own, foreign, next], { study: own.studyInstanceUid });
    expect(response).toAnswer({ status: 202 });
    expect(response).toConfirm([own, next]);
    expect(response).toReportFailure(foreign, mismatch);
    const url = text(resultOf(response), "RetrieveURL");
    if (url !== undefined || service.isAzure) {
      expect(response).toHaveNo(urlDiscrepancies(resolvedUrl(response, url), studyPath(own)));
    }
    for (const instance of [own, next]) {
      expect(await service.retrieve(instance)).toDeliver([instance]);
    }
    await expectAbsent(service, foreign);
    await expectNoStudy(service, foreign.studyInstanceUid);
    const misplaced = { ...foreign, studyInstanceUid: own.studyInstanceUid };
    expect(await service.retrieve(misplaced)).toAnswer({ status: 404 });
  },
);

must(
  "STORE-014",
  {
    title: "when no part belongs to the study of the path, nothing is stored and the answer is 409",
    request: "Store-instances-for-a-specific-study",
    profile: "dicomweb",
    clause: [ps3_18("10.5.3.1"), statement("Store Response Status Codes")],
  },
  async ({ service, instances }) => {
    const foreign = [instances.minimal(), instances.minimal()];
    const study = instances.uid();
    const response = await service.store(foreign, { study });
    expect(response).toAnswer({
      status: 409,
      tolerate: [{ status: 400, profile: "dicomweb", because: "fair where all parts fail for one reason" }],
    });
    for (const instance of foreign) {
      // A bad request need not say what became of each instance.
      if (response.status === 409) {
        expect(response).toReportFailure(instance, mismatch);
      }
      expect(await service.retrieve(instance)).toAnswer({ status: 404 });
    }
    expect(response).toConfirm([]);
    expect(await service.metadata(`/studies/${study}`)).toAnswer({ status: 404 });
    await expectNoStudy(service, study);

    const twins = await storeAgain(service, () => service.store(foreign));
    expect(twins).toStore(foreign);
  },
);

must(
  "STORE-074",
  {
    title: "a refused instance leaves no trace, and can be stored once it is right",
    request: "Store-instances-for-a-specific-study",
    profile: "dicomweb",
    clause: [
      ps3_18("10.5.3.1"),
      statement("Store Response Status Codes"),
      changeFeedGuide("Change Feed Overview"),
    ],
  },
  async ({ service, instances }) => {
    const instance = instances.minimal();
    const feed = service.isAzure ? await ChangeFeed.fromNow(service) : undefined;
    const refused = await service.store([instance], { study: instances.uid() });
    expect(refused).toAnswer({
      status: 409,
      tolerate: [{ status: 400, profile: "dicomweb", because: "fair where all parts fail for one reason" }],
    });
    const text = await service.storeBody([instance], instance.bytes, { "Content-Type": "text/plain" });
    expect(text).toAnswer({
      status: 415,
      tolerate: [
        { status: 400, profile: "dicomweb", because: "a bad request is a fair word for it elsewhere" },
      ],
    });
    if (service.isAzure) {
      const invalid = instances.with(instance, { SeriesInstanceUID: "abc.123" });
      expect(await service.storeSinglePart(invalid)).toAnswer({ status: 409 });
      expect(await service.storeSinglePart(instance, { Accept: "image/png" })).toAnswer({ status: 406 });
    }
    expect(await service.retrieve(studyPath(instance))).toAnswer({ status: 404 });
    expect(await service.metadata(studyPath(instance))).toAnswer({ status: 404 });
    await expectNoStudy(service, instance.studyInstanceUid);
    expect(await service.search("/instances", { SOPInstanceUID: instance.sopInstanceUid })).toFindNothing();

    const store = () => service.store([instance], { study: instance.studyInstanceUid });
    const stored = await storeAgain(service, store);
    expect(stored).toStore([instance]);
    if (feed) {
      expect((await feed.changesOf([instance], 1)).length, "change feed entries").toBe(1);
    }
  },
);
