import {
  type Change,
  ChangeFeed,
  givenChange,
  readChanges,
  readFeed,
  readLatest,
  windowOf,
} from "../../fixtures/client/change-feed.ts";
import { valueDiscrepancies } from "../../fixtures/matchers/search.ts";
import { changeFeedGuide, expect, type Instance, must } from "../words.ts";
import { readMetadata, uidsOf } from "./entry.ts";

const json = "application/json";

must(
  "CHANGEFEED-030",
  {
    title: "metadata is included by default and is the DICOM JSON of the instance",
    request: "changefeed",
    clause: [changeFeedGuide("Parameters"), changeFeedGuide("Object model")],
  },
  async ({ service, instances }) => {
    const study = { StudyInstanceUID: instances.uid() };
    const both = [
      instances.image({}, { ...study, ImageComments: "First" }),
      instances.image({}, { ...study, ImageComments: "Second" }),
    ];
    const feed = await ChangeFeed.fromNow(service);
    const onOnePage = await feed.givenStored(...both);
    expectMetadata(onOnePage, both);

    for (const change of onOnePage) {
      const instance = both.filter(({ sopInstanceUid }) => sopInstanceUid === change.sopInstanceUid);
      for (const includeMetadata of ["true", "True"]) {
        const window = windowOf(change, service.endpoint.api);
        const response = await readFeed(service, { ...window, includeMetadata });
        expect(response).toAnswer({ status: 200, mediaType: json });
        expectMetadata(readChanges(response), instance);
      }
    }
  },
);

must(
  "CHANGEFEED-031",
  {
    title: "includeMetadata=false leaves the metadata out, and nothing else",
    request: "changefeed",
    clause: changeFeedGuide("Parameters"),
  },
  async ({ service, instances }) => {
    // Entries before the one that is looked at: its row in an answer is not its sequence number.
    await service.given.stored(instances.minimal(), instances.minimal());
    const change = await givenChange(service, instances.minimal());
    const bare = { ...change, metadata: undefined };
    for (const includeMetadata of ["false", "False"]) {
      const window = windowOf(change, service.endpoint.api);
      const list = await readFeed(service, { ...window, includeMetadata });
      const latest = await readLatest(service, { includeMetadata });
      for (const response of [list, latest]) {
        expect(response).toAnswer({ status: 200, mediaType: json });
        const metadata = readChanges(response).map((entry) => entry.metadata ?? undefined);
        expect(new Set(metadata), "metadata of the entries").toEqual(new Set([undefined]));
      }
      const entries = readChanges(list).map((entry) => ({ ...entry, metadata: undefined }));
      expect(entries, "the entries without metadata").toContainEqual(bare);
    }
  },
);

must(
  "CHANGEFEED-032",
  {
    title: "includeMetadata must be true or false",
    request: "changefeed",
    clause: changeFeedGuide("Parameters"),
  },
  async ({ service, instances }) => {
    const change = await givenChange(service, instances.minimal());
    const window = windowOf(change, service.endpoint.api);
    for (const includeMetadata of ["0", "true-ish", "boolean"]) {
      expect(await readFeed(service, { ...window, includeMetadata })).toAnswer({ status: 400 });
    }
    const accepted = await readFeed(service, { ...window, includeMetadata: "false" });
    expect(accepted).toAnswer({ status: 200 });
    expect(uidsOf(accepted), "instances in the window").toContain(change.sopInstanceUid);

    expect(await readLatest(service, { includeMetadata: "asdf" })).toAnswer({ status: 400 });
    expect(await readLatest(service, { includeMetadata: "false" })).toAnswer({ status: 200 });
  },
);

/** Each of the instances has an entry with its own metadata. */
function expectMetadata(changes: readonly Change[], instances: readonly Instance[]): void {
  for (const { studyInstanceUid, seriesInstanceUid, sopInstanceUid, attributes } of instances) {
    const change = changes.find((entry) => entry.sopInstanceUid === sopInstanceUid);
    const { datasets, isArray } = readMetadata(change);
    expect(isArray, "metadata is an array").toBe(false);
    expect(
      valueDiscrepancies(datasets, "instance", sopInstanceUid, {
        "0020000D": [studyInstanceUid],
        "0020000E": [seriesInstanceUid],
        "00204000": [attributes.ImageComments],
      }),
      `metadata of ${sopInstanceUid}`,
    ).toEqual([]);
    expect(datasets[0]?.["7FE00010"]?.InlineBinary, "pixel data in the metadata").toBeUndefined();
    const uids = ["00080018", "0020000D", "0020000E"];
    expect(
      uids.map((tag) => datasets[0]?.[tag]?.vr),
      "VR of the UIDs",
    ).toEqual(["UI", "UI", "UI"]);
  }
}
