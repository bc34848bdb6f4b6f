import type { Attribute } from "../../fixtures/reference-server/archive/archive.ts";
import type { ChangeFeedEntry } from "../../fixtures/reference-server/feed/routes.ts";
import { fault } from "../proof/fault.ts";
import {
  all,
  anywhere,
  at,
  honest,
  isChangeFeed,
  jsonOf,
  pathTo,
  type Route,
  withAttributes,
} from "../proof/spoil.ts";

const isWithoutMetadata: Route = ({ path }) => /includeMetadata=false/i.test(path);

fault("mixes up the metadata of a study", {
  noticedBy: ["CHANGEFEED-030"],
  answer: jsonOf(isChangeFeed, (entries: ChangeFeedEntry[]) =>
    entries.map((entry) => {
      const ofStudy = entries.filter(
        ({ studyInstanceUid, metadata }) => studyInstanceUid === entry.studyInstanceUid && metadata,
      );
      return entry.metadata
        ? { ...entry, metadata: ofStudy.at(-1 - ofStudy.indexOf(entry))?.metadata }
        : entry;
    }),
  ),
});

fault("shows no sequences in the metadata of the change feed", {
  noticedBy: ["CHANGEFEED-030"],
  answer: jsonOf(isChangeFeed, (entries: ChangeFeedEntry[]) => entries.map(withoutSequences)),
});

fault("shows no sequences in the metadata of the latest entry", {
  noticedBy: ["CHANGEFEED-030"],
  answer: jsonOf(at("/changefeed/latest"), withoutSequences),
});

fault("leaves the data partition out of entries without metadata", {
  noticedBy: ["CHANGEFEED-031"],
  answer: jsonOf(all(isChangeFeed, isWithoutMetadata), (entries: ChangeFeedEntry[]) =>
    entries.map(({ partitionName: _, ...entry }) => entry),
  ),
});

fault("sends empty metadata where none is asked for", {
  noticedBy: ["CHANGEFEED-031"],
  behaviour: {
    changeFeedEntry: (change, metadata) =>
      honest.changeFeedEntry(change, metadata ?? (change.state === "Current" ? {} : undefined)),
  },
});

fault("takes includeMetadata=0 for false", {
  noticedBy: ["CHANGEFEED-032"],
  arrival: pathTo(anywhere, (path) => path.replace("includeMetadata=0", "includeMetadata=false")),
});

function withoutSequences({ metadata, ...entry }: ChangeFeedEntry) {
  const isSequence = (attribute: Attribute) => attribute.vr === "SQ";
  return {
    ...entry,
    metadata: metadata && withAttributes(metadata, (each) => (isSequence(each) ? undefined : each)),
  };
}
