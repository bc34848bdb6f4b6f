import { fault } from "../proof/fault.ts";
import { all, honest, isChangeFeed, jsonOf } from "../proof/spoil.ts";

interface Entry {
  readonly sequence: number;
  readonly timestamp: string;
  readonly studyInstanceUid: string;
  readonly action: string;
}

fault("lists the entries of v1 newest first", {
  noticedBy: [
    "CHANGEFEED-011",
    "CHANGEFEED-037",
    "CHANGEFEED-005",
    "CHANGEFEED-006",
    "CHANGEFEED-034",
    "CHANGEFEED-035",
  ],
  answer: jsonOf(
    all(isChangeFeed, ({ api }) => api === "v1"),
    (entries: Entry[]) => entries.reverse(),
  ),
});

fault("lists five entries of v1 unless asked for more", {
  noticedBy: ["CHANGEFEED-011"],
  behaviour: {
    changeLimitRange: (api) => ({ ...honest.changeLimitRange(api), ...(api === "v1" && { fallback: 5 }) }),
  },
});

fault("lists a hundred entries of v1 unless asked for fewer", {
  noticedBy: ["CHANGEFEED-011", "CHANGEFEED-014"],
  behaviour: {
    changeLimitRange: (api) => ({ ...honest.changeLimitRange(api), ...(api === "v1" && { fallback: 100 }) }),
  },
});

fault("lists entries of one time in no order", {
  noticedBy: ["CHANGEFEED-024"],
  answer: jsonOf(
    all(isChangeFeed, ({ api }) => api === "v2"),
    (entries: Entry[]) =>
      entries.sort(
        (one, other) => one.timestamp.localeCompare(other.timestamp) || other.sequence - one.sequence,
      ),
  ),
});

fault("begins pages of the change feed behind what was asked for", {
  noticedBy: ["CHANGEFEED-024", "CHANGEFEED-019"],
  behaviour: {
    changePage: (changes, offset, limit) =>
      honest.changePage(changes, offset > 3 ? offset + 1 : offset, limit),
  },
});

fault("gives the sixteenth instance of a study the number of the one before", {
  noticedBy: ["CHANGEFEED-042"],
  answer: jsonOf(isChangeFeed, (entries: Entry[]) => {
    const [sixteenth, before] = [15, 14].map((index) => createsOf(entries)[index]);
    return entries.map((entry) =>
      entry === sixteenth && before ? { ...entry, sequence: before.sequence } : entry,
    );
  }),
});

fault("leaves the sixteenth instance of a study out of the change feed", {
  noticedBy: ["CHANGEFEED-042"],
  answer: jsonOf(isChangeFeed, (entries: Entry[]) =>
    entries.filter((entry) => entry !== createsOf(entries)[15]),
  ),
});

/** The creates of the first study that has sixteen of them. */
function createsOf(entries: readonly Entry[]): readonly Entry[] {
  const uids = entries.map(({ studyInstanceUid }) => studyInstanceUid);
  const studies = uids.filter((uid, index) => uids.indexOf(uid) === index);
  const creates = studies.map((study) =>
    entries.filter(({ studyInstanceUid, action }) => studyInstanceUid === study && action === "Create"),
  );
  return creates.find(({ length }) => length > 15) ?? [];
}
