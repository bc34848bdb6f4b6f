import type { ChangeFeedEntry } from "../../fixtures/reference-server/feed/routes.ts";
import { fault } from "../proof/fault.ts";
import { anywhere, honest, isChangeFeed, jsonOf, pathTo } from "../proof/spoil.ts";

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
