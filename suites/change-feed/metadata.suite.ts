import {
  type Change,
  ChangeFeed,
  givenChange,
  readAround,
  readChanges,
  readLatest,
} from "../../fixtures/client/change-feed.ts";
import { attribute, values } from "../../fixtures/wire/dicom-json.ts";
import { nameOf } from "../../fixtures/wire/dictionary.ts";
import {
  changeFeedGuide,
  checkRows,
  expect,
  type Instance,
  like,
  must,
  named,
  type ServiceResponse,
} from "../words.ts";
import { bare, datasetOf, entryIn, expectEntry, expectRefused, oneObject } from "./entry.ts";

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
    const feed = await ChangeFeed.fromNow(service, "by default");
    const { changes, response: page } = await feed.givenStored(...both);

    await checkRows(named(both, commentOf), async (instance) => {
      const isOwn = ({ sopInstanceUid }: Change) => sopInstanceUid === instance.sopInstanceUid;
      const change = changes.find(isOwn) as Change;
      await expectMetadata(page, change, instance);

      await checkRows(parameters("true", "True"), async (includeMetadata) => {
        const response = await readAround(service, change, { includeMetadata });

        expect(response).toAnswer({ status: 200, mediaType: json });
        await expectMetadata(response, readChanges(response).find(isOwn), instance);
      });
    });
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

    await checkRows(parameters("false", "False"), async (includeMetadata) => {
      const list = await readAround(service, change, { includeMetadata });
      const latest = await readLatest(service, { includeMetadata });

      await checkRows({ list, latest }, async (response) => {
        expect(response).toAnswer({ status: 200, mediaType: json });
        const metadata = readChanges(response).map((entry) => entry.metadata ?? undefined);
        expect(response).toHold("metadata of the entries", new Set(metadata), new Set([undefined]));
      });
      const own = entryIn(list, change.sopInstanceUid);
      expect(list).toHold("the entry without its metadata", bare(own), bare(change));
    });
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

    await expectRefused("includeMetadata", ["0", "true-ish", "boolean"], (includeMetadata) =>
      readAround(service, change, { includeMetadata }),
    );
    const accepted = await readAround(service, change, { includeMetadata: "false" });
    expect(accepted).toAnswer({ status: 200 });
    expectEntry(accepted, change);

    expect(await readLatest(service, { includeMetadata: "asdf" })).toAnswer({ status: 400 });
    expect(await readLatest(service, { includeMetadata: "false" })).toAnswer({ status: 200 });
  },
);

function parameters(...words: readonly string[]): Readonly<Record<string, string>> {
  return named(words, (word) => `includeMetadata=${word}`);
}

async function expectMetadata(
  response: ServiceResponse,
  change: Change | undefined,
  instance: Instance,
): Promise<void> {
  expect(response).toHold("the metadata", change?.metadata, oneObject);
  const dataset = datasetOf(change);
  const uids = {
    SOPInstanceUID: instance.sopInstanceUid,
    StudyInstanceUID: instance.studyInstanceUid,
    SeriesInstanceUID: instance.seriesInstanceUid,
  };
  await checkRows(
    named(Object.entries(uids), ([keyword]) => nameOf(keyword)),
    async ([keyword, uid]) => {
      const shown = attribute(dataset, keyword);
      expect(response).toHold("in the metadata", shown, like({ vr: "UI", Value: [uid] }));
    },
  );
  expect(response).toHold(nameOf("ImageComments"), values(dataset, "ImageComments"), [commentOf(instance)]);
  const pixels = attribute(dataset, "PixelData")?.InlineBinary;
  expect(response).toHold("pixel data in the metadata", pixels, undefined);
}

function commentOf({ attributes }: Instance): string {
  return String(attributes.ImageComments);
}
