/** What becomes of the requirements of the profile dicomweb on one server. */
export interface Verdicts {
  /** The verdict of all that are not named. */
  readonly all: "conforms" | "inconclusive";
  readonly but: Readonly<Record<string, string>>;
  /** What the report says beside them. */
  readonly note?: RegExp;
}

/** Its answers to a store are what these are about, or what they would read it from; STORE-005 says why not. */
const saidByAnswer = [
  ...["RETRIEVE-014", "STORE-078", "STORE-079", "STORE-080"],
  ...["RETRIEVE-096", "SEARCH-098", "STORE-001", "STORE-002", "STORE-004", "STORE-008", "STORE-013"],
  ...["STORE-014", "STORE-045", "STORE-046", "STORE-048", "STORE-053", "STORE-058", "STORE-060", "STORE-062"],
  ...["STORE-066", "STORE-067", "STORE-073", "STORE-074", "STORE-081"],
];

/** By server, all that is not as on the reference server; whoever maintains such a server would sign it. */
export const verdicts: Readonly<Record<string, Verdicts>> = {
  "only reads": {
    all: "inconclusive",
    but: { "STORE-001": "skipped", "SERVICE-022": "conforms", "SERVICE-023": "conforms" },
  },
  "does not delete": { all: "conforms", but: { "DELETE-028": "skipped" } },
  "compresses its answers": { all: "conforms", but: {} },
  "converts images to RLE": {
    all: "conforms",
    but: {},
    note: /stored in transfer syntax 1\.2\.840\.10008\.1\.2\.1, delivered in 1\.2\.840\.10008\.1\.2\.5/,
  },
  "coerces, and says so": {
    all: "conforms",
    but: {},
    note: /PatientName \(0010,0010\) was coerced/,
  },
  "refuses what its IOD does not allow": { all: "conforms", but: {} },
  "answers a store with a sentence": {
    all: "conforms",
    but: {
      ...Object.fromEntries(saidByAnswer.map((id) => [id, "inconclusive"])),
      "STORE-005": "violates",
    },
    note: /what was stored was read back/,
  },
  "has pages of its own size": { all: "conforms", but: {}, note: /a page of the service's own size/ },
};
