import { isDeepStrictEqual } from "node:util";
import {
  type Change,
  ChangeFeed,
  givenChange,
  readAround,
  readChanges,
  readFeed,
  readLatest,
  windowOf,
} from "../../fixtures/client/change-feed.ts";
import { attribute, values } from "../../fixtures/wire/dicom-json.ts";
import { nameOf } from "../../fixtures/wire/dictionary.ts";
import { membersOf, objectsOf } from "../../fixtures/wire/members.ts";
import {
  changeFeedGuide,
  checkRows,
  expect,
  given,
  type Instance,
  like,
  must,
  named,
  queryOf,
  type Service,
  type ServiceResponse,
} from "../words.ts";
import { datasetOf, entryIn, expectEntry, expectRefused, oneObject } from "./entry.ts";
import { actedLast } from "./latest.ts";

const json = "application/json";
/** Queries that ask for metadata, and for none, by their names. */
const withMetadata = {
  "by default": {},
  "includeMetadata=true": { includeMetadata: "true" },
  "includeMetadata=True": { includeMetadata: "True" },
};
const withoutMetadata = named(
  ["false", "False"].map((word) => ({ includeMetadata: word })),
  queryOf,
);

must(
  "CHANGEFEED-030",
  {
    title: "metadata is included by default and is the DICOM JSON of the instance",
    request: "changefeed",
    clause: [changeFeedGuide("Parameters"), changeFeedGuide("Object model")],
  },
  async ({ service, instances }) => {
    const study = {
      StudyInstanceUID: instances.uid(),
      RequestAttributesSequence: [{ RequestedProcedureID: "RP1", ScheduledProcedureStepID: "SPS1" }],
    };
    const imageWith = (ImageComments: string) => instances.image({}, { ...study, ImageComments });
    const both = [imageWith("First"), imageWith("Second")];
    const feed = await ChangeFeed.fromNow(service);
    const { changes } = await feed.givenStored(...both);

    await checkRows(withMetadata, async (query) => {
      const window = { ...windowOf(changes, service.endpoint.api), ...query };
      const page = await readFeed(service, window, "by default");
      await checkRows(named(both, commentOf), (instance) => expectMetadata(service, page, instance));
    });

    const { instance, latest } = await actedLast(
      service,
      async () => {
        const image = imageWith("Latest");
        await service.given.stored(image);
        return image;
      },
      ...Object.values(withMetadata).map((query) => () => readLatest(service, query, "by default")),
    );
    for (const newest of latest) {
      await expectMetadata(service, newest, instance);
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
    const whole = await readAround(service, change, {}, "by default");
    expectEntry(whole, change);

    await checkRows(withoutMetadata, async (query) => {
      const list = await readAround(service, change, query);
      const latest = await readLatest(service, query);

      await checkRows({ list, latest }, async (response) => {
        expect(response).toAnswer({ status: 200, mediaType: json });
        const metadata = readChanges(response).map((entry) => entry.metadata ?? undefined);
        expect(response).toHold("metadata of the entries", new Set(metadata), new Set([undefined]));
      });
      const [own, expected] = [list, whole].map((response) => otherMembers(response, change));
      expect(list).toHold("the other members of the entry", own, expected);
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

/** The members of an entry as they came, whichever they are, but its metadata. */
function otherMembers({ json }: ServiceResponse, { sopInstanceUid }: Change): Record<string, unknown> {
  const entries = objectsOf(json).map((entry) => Object.fromEntries(membersOf(entry)));
  const { metadata: _, ...others } = entries.find((entry) => entry.sopinstanceuid === sopInstanceUid) ?? {};
  return others;
}

/** The entry of an instance has the metadata that the instance itself has. */
async function expectMetadata(
  service: Service,
  response: ServiceResponse,
  instance: Instance,
): Promise<void> {
  const own = await service.metadata(instance);
  given(own, "RETRIEVE-048").toAnswer({ status: 200 });

  expect(response).toAnswer({ status: 200, mediaType: json });
  const change = entryIn(response, instance.sopInstanceUid);
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
  const [described] = own.dicomJson.datasets;
  const differing = Object.keys({ ...described, ...dataset }).filter(
    (tag) => !isDeepStrictEqual(dataset?.[tag], described?.[tag]),
  );
  expect(response).toHold("attributes unlike those of the metadata itself", differing.map(nameOf), []);
  const pixels = attribute(dataset, "PixelData")?.InlineBinary;
  expect(response).toHold("pixel data in the metadata", pixels, undefined);
}

function commentOf({ attributes }: Instance): string {
  return String(attributes.ImageComments);
}
