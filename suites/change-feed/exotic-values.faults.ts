import type { ChangeFeedEntry } from "../../fixtures/reference-server/feed/routes.ts";
import { tagOf } from "../../fixtures/wire/dictionary.ts";
import { fault } from "../proof/fault.ts";
import { failToRead, isHardToRead } from "../proof/hard-instances.ts";
import { at, honest, isChangeFeed, jsonOf, outcomeOf } from "../proof/spoil.ts";

fault("answers 503 to every page of the change feed with an instance that it cannot read", {
  noticedBy: ["CHANGEFEED-045"],
  behaviour: {
    changeFeedEntry: (change, metadata) =>
      metadata !== undefined && isHardToRead({ metadata })
        ? failToRead()
        : honest.changeFeedEntry(change, metadata),
  },
});

fault("answers 503 to latest where it cannot read the instance", {
  noticedBy: ["CHANGEFEED-045"],
  answer: (answer, request) => {
    const isLatest = at("/changefeed/latest")(request) && answer.status === 200;
    if (isLatest && isHardToRead({ metadata: {}, ...JSON.parse(`${answer.body}`) })) {
      answer.status = 503;
    }
  },
});

fault("leaves out of the change feed without metadata what it cannot read", {
  noticedBy: ["CHANGEFEED-045"],
  perServer: () => {
    const hard = new Set<unknown>();
    return {
      behaviour: outcomeOf("keptMetadata", (metadata) => {
        if (isHardToRead({ metadata })) {
          hard.add(metadata[tagOf("SOPInstanceUID")]?.Value?.[0]);
        }
        return metadata;
      }),
      answer: jsonOf(isChangeFeed, (entries: ChangeFeedEntry[]) =>
        entries.filter(({ sopInstanceUid, metadata }) => metadata !== undefined || !hard.has(sopInstanceUid)),
      ),
    };
  },
});
