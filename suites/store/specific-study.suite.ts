import { ChangeFeed } from "../../fixtures/client/change-feed.ts";
import type { AnswerExpectation } from "../../fixtures/matchers/answer.ts";
import { failuresOf, memberNamesOf, resultOf } from "../../fixtures/matchers/store.ts";
import { nameOf } from "../../fixtures/wire/dictionary.ts";
import {
  accept,
  came,
  changeFeedGuide,
  checkRows,
  expect,
  must,
  ps3_18,
  type ServiceResponse,
  statement,
  studyPath,
} from "../words.ts";
import { expectAbsent, expectNoStudy } from "./holdings.ts";
import { expectRetrieveUrl } from "./retrieve-url.ts";
import { storeAgain } from "./store-again.ts";

/** The documents name a code of its own for a foreign study; Microsoft's code and its own tests send another. */
const mismatch = {
  reason: 43265,
  tolerate: [{ reason: 43264, because: "Microsoft's code reports a study mismatch as a validation failure" }],
} as const;

const allForOneReason = {
  status: 400,
  profile: "dicomweb",
  because: "a request may be called bad when all of its parts fail for one reason",
} as const;

const badRequest = {
  status: 400,
  profile: "dicomweb",
  because: "a server may call what it does not read a bad request",
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
    const study = instances.uid();
    const own = () => instances.minimal({ StudyInstanceUID: study });
    const both = [own(), own()];

    const response = await service.store(both, { study });

    expect(response).toStore(both);
    const url = expectRetrieveUrl(response, resultOf(response), `/studies/${study}`);
    if (url !== undefined) {
      expect(await service.follow(url, accept.instances)).toDeliver(both);
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
    const [own, foreign] = [instances.minimal(), instances.report()];
    const next = instances.minimal({ StudyInstanceUID: own.studyInstanceUid });

    const response = await service.store([own, foreign, next], { study: own.studyInstanceUid });

    expect(response).toAnswer({ status: 202 });
    expect(response).toConfirm([own, next]);
    expect(response).toHold("number of failed items", failuresOf(response).length, 1);
    expect(response).toReportFailure(foreign, mismatch);
    expectRetrieveUrl(response, resultOf(response), studyPath(own));
    await checkRows({ "the first of the study": own, "the second of the study": next }, async (instance) => {
      expect(await service.retrieve(instance)).toDeliver([instance]);
    });
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
    const foreign = { "the first part": instances.minimal(), "the second part": instances.minimal() };
    const study = instances.uid();

    const response = await service.store(Object.values(foreign), { study });

    expect(response).toAnswer({ status: 409, tolerate: [allForOneReason] });
    expect(response).toConfirm([]);
    // A bad request need not say what became of each instance.
    const isReported = came(response, 409);
    if (isReported) {
      expect(response).toHold("number of failed items", failuresOf(response).length, 2);
    }
    await checkRows(foreign, async (instance) => {
      if (isReported) {
        expect(response).toReportFailure(instance, mismatch);
      }
      expect(await service.retrieve(instance)).toAnswer({ status: 404 });
    });
    expect(await service.metadata(`/studies/${study}`)).toAnswer({ status: 404 });
    await expectNoStudy(service, study);

    const twins = await storeAgain(service, () => service.store(Object.values(foreign)));
    expect(twins).toStore(Object.values(foreign));
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

    const rows: Readonly<Record<string, Refusal>> = {
      "a store to another study": {
        send: () => service.store([instance], { study: instances.uid() }),
        answer: { status: 409, tolerate: [allForOneReason] },
      },
      "a store of what is called a text": {
        send: () => service.storeBody([instance], instance.bytes, { "Content-Type": "text/plain" }),
        answer: { status: 415, tolerate: [badRequest] },
      },
      ...(service.isAzure && {
        "a store with a malformed Series Instance UID": {
          send: () => service.storeSinglePart(instances.with(instance, { SeriesInstanceUID: "abc.123" })),
          answer: { status: 409 },
        },
        "a store that wants a picture for an answer": {
          send: () => service.storeSinglePart(instance, { Accept: accept.png }),
          answer: { status: 406 },
        },
      }),
    };
    await checkRows(rows, async ({ send, answer }) => expect(await send()).toAnswer(answer));

    expect(await service.retrieve(studyPath(instance))).toAnswer({ status: 404 });
    expect(await service.metadata(studyPath(instance))).toAnswer({ status: 404 });
    await expectNoStudy(service, instance.studyInstanceUid);
    expect(await service.search("/instances", { SOPInstanceUID: instance.sopInstanceUid })).toFindNothing();

    const store = () => service.store([instance], { study: instance.studyInstanceUid });
    const stored = await storeAgain(service, store);
    expect(stored).toStore([instance]);
    if (feed) {
      const { changes, response } = await feed.changesOf([instance], 1);
      expect(response).toHold("entries in the change feed", changes.length, 1);
    }
  },
);

interface Refusal {
  readonly send: () => Promise<ServiceResponse>;
  readonly answer: AnswerExpectation;
}
