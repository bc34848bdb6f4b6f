import { type AnswerTolerance, checkRows, dicom, expect, must, named, rfc, statement } from "../words.ts";
import { givenFindable, givenFound } from "./search-resources.ts";

/** Endings of a value, each with one that would be found if a database took characters of the first for its own. */
const endings = {
  "an apostrophe": ["O'Neil", "ONeil"],
  "a percent sign": ["100%", "1000"],
  "an underscore": ["A_B", "AxB"],
  "square brackets": ["[x]", "x"],
  "a semicolon and two hyphens": ["a;--", "a"],
  "a double quote": ['a"b', "ab"],
} as const;

must(
  "SEARCH-044",
  {
    title: "characters that are special to a database are ordinary ones in a filter",
    request: "Search-for-studies",
    profile: "dicomweb",
    clause: [dicom("PS3.4", "C.2.2.2.1"), statement("Search Matching")],
  },
  async ({ service, instances }) => {
    const AccessionNumber = instances.patientId().slice(-16);
    const having = (PatientID: string) =>
      instances.minimal({ PatientID, StudyDescription: PatientID, AccessionNumber });
    const pairs = Object.entries(endings).map(([name, [special, decoy]]) => {
      const begin = instances.patientId();
      return { name, wanted: having(`${begin} ${special}`), decoy: having(`${begin} ${decoy}`) };
    });
    const studies = pairs.flatMap(({ wanted, decoy }) => [wanted, decoy]);
    const uids = studies.map(({ studyInstanceUid }) => studyInstanceUid);
    await givenFound(
      service,
      { path: "/studies", level: "study", filters: { AccessionNumber }, uids },
      studies,
    );

    const keywords = service.isAzure ? ["PatientID", "StudyDescription"] : ["PatientID"];
    await checkRows(
      named(pairs, ({ name }) => name),
      ({ wanted, decoy }) =>
        checkRows({ "the value": wanted, "its decoy": decoy }, async ({ studyInstanceUid, attributes }) => {
          for (const keyword of keywords) {
            const response = await service.search("/studies", { [keyword]: String(attributes.PatientID) });
            expect(response).toFind("study", [studyInstanceUid]);
          }
        }),
    );
  },
);

const refused: AnswerTolerance = {
  status: 400,
  because: "a value that no attribute of its kind can have may be refused",
};
const tooLong: AnswerTolerance = {
  status: [414, 431],
  because: "a server may take no URL of such a length (RFC 9110 15.5.15)",
};
const emptyArray: AnswerTolerance = {
  status: 200,
  profile: "dicomweb",
  body: /^\s*\[\s*\]\s*$/,
  because: "an empty array is what earlier editions of PS3.18 answer",
};
const cutOff: AnswerTolerance = {
  status: 200,
  because: "Microsoft's code cuts a value to the length of its column before it compares",
};
const padding: AnswerTolerance = {
  status: 200,
  because: "a value of padding alone may be none, which finds everything or what has no value",
};

/** Values that no study of the check has, by what they are, each with what else a fair server may answer. */
const oddFilters = [
  { name: "a PatientID of 65 characters", keyword: "PatientID", value: "P".repeat(65), or: [] },
  { name: "a PatientID of 500 characters", keyword: "PatientID", value: "P".repeat(500), or: [] },
  { name: "a PatientID of 4000 characters", keyword: "PatientID", value: "P".repeat(4_000), or: [tooLong] },
  {
    name: "an AccessionNumber of 17 characters, of which the study has the first 16",
    keyword: "AccessionNumber",
    value: "CONFORMANCE-16-XY",
    or: [cutOff],
  },
  { name: "an emoji", keyword: "PatientName", value: "Conformance^🦴", or: [] },
  { name: "a NUL", keyword: "PatientID", value: "\0", or: [padding] },
] as const;

const oddUids = { "that is none": "notAUid", "of 65 characters": `2.25.${"1".repeat(60)}` };

must(
  "SEARCH-048",
  {
    title: "over-long and odd values in a filter find nothing and break nothing",
    request: "Search-for-studies",
    profile: "dicomweb",
    clause: [rfc(9110, "15.5.1"), statement("Search Response Codes")],
  },
  async ({ service, instances }) => {
    const instance = instances.minimal({ AccessionNumber: "CONFORMANCE-16-X" });
    const StudyInstanceUID = instance.studyInstanceUid;
    await givenFindable(service, instance);
    const found = await service.search("/studies", { StudyInstanceUID, AccessionNumber: "CONFORMANCE-16-X" });
    expect(found).toFind("study", [StudyInstanceUID]);

    await checkRows(
      named(oddFilters, ({ name }) => name),
      async ({ keyword, value, or }) => {
        const response = await service.search("/studies", { StudyInstanceUID, [keyword]: value });
        const tolerate = [refused, emptyArray, ...or];
        expect(response).toAnswer({ status: 204, isEmpty: true, tolerate });
      },
    );
    await checkRows(oddUids, async (uid) => {
      // With the patient as well, so that whoever ignores it shows nothing of others.
      const PatientID = String(instance.attributes.PatientID);
      const response = await service.search("/studies", { PatientID, StudyInstanceUID: uid });
      expect(response).toAnswer({ status: 204, isEmpty: true, tolerate: [refused, emptyArray] });
    });
  },
);
