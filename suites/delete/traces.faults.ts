import { tagOf } from "../../fixtures/wire/dictionary.ts";
import { fault } from "../proof/fault.ts";
import { afterDelete } from "../proof/remember.ts";
import {
  all,
  answered,
  answerOf,
  at,
  emptyStudy,
  header,
  isChangeFeed,
  isMetadata,
  jsonOf,
  not,
  statusOf,
} from "../proof/spoil.ts";

fault("still finds a deleted study, with no instance in it", {
  noticedBy: ["DELETE-013", "DELETE-019"],
  perServer: afterDelete(/^\/studies\/[^/]+$/, (path) => emptyStudy(path.slice("/studies/".length))),
});

fault("still answers 200 for a frame of a deleted instance", {
  noticedBy: ["DELETE-014"],
  perServer: afterDelete(/^\/studies\/[^/]+\/series\/[^/]+\/instances\/[^/]+$/, (gone) =>
    statusOf(all(at(`${gone}/frames/1`), answered(404)), 200),
  ),
});

fault("answers 304 to If-None-Match for metadata of what is not there", {
  noticedBy: ["DELETE-014", "RETRIEVE-063", "RETRIEVE-071"],
  answer: answerOf(all(isMetadata, header("if-none-match", /./), answered(404)), { status: 304, body: "" }),
});

interface Entry {
  readonly state: string;
  readonly studyInstanceUid: string;
}

fault("still shows of which study a deleted instance was, where the change feed is asked for metadata", {
  noticedBy: ["DELETE-016", "CHANGEFEED-034"],
  answer: jsonOf(
    all(
      isChangeFeed,
      not(({ path }) => path.includes("includeMetadata=false")),
    ),
    (entries: Entry[]) =>
      entries.map((entry) =>
        entry.state === "Deleted"
          ? {
              ...entry,
              metadata: { [tagOf("StudyInstanceUID")]: { vr: "UI", Value: [entry.studyInstanceUid] } },
            }
          : entry,
      ),
  ),
});

fault("refuses what has the UID of any instance that it ever had, in whatever study", {
  noticedBy: ["DELETE-018", "STORE-019", "STORE-020"],
  behaviour: {
    isDuplicate: ({ sopInstanceUid }, archive) =>
      archive.history.changes().some((change) => change.sopInstanceUid === sopInstanceUid),
  },
});
