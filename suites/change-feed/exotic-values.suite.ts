import { ChangeFeed, type Changes, readFeed, timeWindowOf } from "../../fixtures/client/change-feed.ts";
import { queryOf } from "../../fixtures/client/resources.ts";
import { text } from "../../fixtures/wire/dicom-json.ts";
import {
  allExoticValues,
  changeFeedGuide,
  checkRows,
  containing,
  couldNotBegin,
  expect,
  given,
  type Instance,
  must,
  named,
  type Service,
} from "../words.ts";
import { datasetOf, entryIn, instancesIn } from "./entry.ts";

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
  },
);

/** The page that holds these changes, and the latest entry, are there, with metadata and without. */
async function expectOpen(
  service: Service,
  changes: Changes["changes"],
  all: readonly Instance[],
  ordinary: readonly Instance[],
): Promise<void> {
  const window = windowOfAll(service, changes);
  const twin = () => readFeed(service, window);
  const plain = await twin();
  given(plain, "CHANGEFEED-010").toAnswer({ status: 200 });
  const requests = { "the default": window, "includeMetadata=true": { ...window, includeMetadata: "true" } };
  await checkRows(requests, async (asked) => {
    const response = await service.getPersistently(`/changefeed${queryOf(asked)}`, json, twin);
    expect(response).toAnswer({ status: 200, mediaType: json });
    const uids = all.map(({ sopInstanceUid }) => sopInstanceUid);
    expect(response).toHold("instances with an entry", instancesIn(response), containing(...uids));
    await checkRows(
      named(ordinary, ({ sopInstanceUid }) => sopInstanceUid),
      async ({ sopInstanceUid, attributes }) => {
        const shown = text(datasetOf(entryIn(response, sopInstanceUid)), "PatientID");
        expect(response).toHold("PatientID in its metadata", shown, attributes.PatientID);
      },
    );
  });
  const latest = await service.getPersistently("/changefeed/latest", json, twin);
  expect(latest).toAnswer({ status: 200, mediaType: json });
}

/** Entries of one page. */
const largestPage = 100;

/** v1 counts sequence numbers, v2 looks at the time. */
function windowOfAll({ endpoint }: Service, changes: Changes["changes"]): Record<string, string | number> {
  const sequences = changes.map(({ sequence }) => sequence);
  const [first, last] = [Math.min(...sequences), Math.max(...sequences)];
  if (endpoint.api === "v1" && last - first >= largestPage) {
    throw couldNotBegin(
      `other entries came between these: ${last - first} sequence numbers`,
      "CHANGEFEED-010",
    );
  }
  return endpoint.api === "v1"
    ? { offset: first - 1, limit: last - first + 1 }
    : { ...timeWindowOf(changes), limit: 200 };
}
