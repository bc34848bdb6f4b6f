import {
  ChangeFeed,
  type Changes,
  readChanges,
  readFeed,
  readLatest,
  windowOf,
} from "../../fixtures/client/change-feed.ts";
import { queryOf } from "../../fixtures/client/resources.ts";
import { text } from "../../fixtures/wire/dicom-json.ts";
import {
  allExoticValues,
  changeFeedGuide,
  checkRows,
  containing,
  expect,
  given,
  type Instance,
  must,
  named,
  type Service,
} from "../words.ts";
import { datasetOf, entryIn, instancesIn, oneObject } from "./entry.ts";
import { actedLast } from "./latest.ts";

const json = "application/json";

must(
  "CHANGEFEED-045",
  {
    title: "one instance that is hard to read does not close the feed",
    request: "changefeed",
    clause: changeFeedGuide("Change Feed"),
  },
  async ({ service, instances }) => {
    const [before, after] = [instances.minimal(), instances.minimal()];
    const hard = instances.minimal(allExoticValues);
    const feed = await ChangeFeed.fromNow(service);
    await service.given.stored(before);
    given(await service.store([hard]), "STORE-001").toConfirm([hard]);
    await service.given.stored(after);
    const { changes } = await feed.changesOf([before, hard, after], 3);

    await expectOpen(service, changes, [before, hard, after], [before, after]);

    await service.given.deleted(hard);
    await expectOpen(service, changes, [before, hard, after], [before, after]);

    const { latest } = await actedLast(
      service,
      async () => {
        const another = instances.minimal(allExoticValues);
        given(await service.store([another]), "STORE-001").toConfirm([another]);
        return another;
      },
      () => service.getPersistently("/changefeed/latest", json, () => readLatest(service)),
    );
    for (const newest of latest) {
      expect(newest).toAnswer({ status: 200, mediaType: json });
      expect(newest).toHold("the metadata", readChanges(newest)[0]?.metadata, oneObject);
    }
  },
);

/** The page that holds these changes is there, with metadata and without. */
async function expectOpen(
  service: Service,
  changes: Changes["changes"],
  all: readonly Instance[],
  ordinary: readonly Instance[],
): Promise<void> {
  const window = windowOf(changes, service.endpoint.api);
  const twin = () => readFeed(service, window);
  const uids = all.map(({ sopInstanceUid }) => sopInstanceUid);
  const requests = { "the default": window, "includeMetadata=true": { ...window, includeMetadata: "true" } };
  const plain = await twin();
  expect(plain).toAnswer({ status: 200, mediaType: json });
  expect(plain).toHold("instances with an entry, without metadata", instancesIn(plain), containing(...uids));
  await checkRows(requests, async (asked) => {
    const response = await service.getPersistently(`/changefeed${queryOf(asked)}`, json, twin);
    expect(response).toAnswer({ status: 200, mediaType: json });
    expect(response).toHold("instances with an entry", instancesIn(response), containing(...uids));
    await checkRows(
      named(ordinary, ({ sopInstanceUid }) => sopInstanceUid),
      async ({ sopInstanceUid, attributes }) => {
        const shown = text(datasetOf(entryIn(response, sopInstanceUid)), "PatientID");
        expect(response).toHold("PatientID in its metadata", shown, attributes.PatientID);
      },
    );
  });
}
