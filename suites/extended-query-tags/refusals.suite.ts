import {
  getQueryTag,
  givenAbsent,
  givenReady,
  listQueryTagErrors,
  patchQueryTag,
  postQueryTags,
  tagResource,
} from "../../fixtures/client/query-tags.ts";
import { expect, extendedQueryTagGuide, must } from "../words.ts";
import { searchFor } from "./search-for.ts";

const unsupported = [
  { path: "00280009", vr: "AT" },
  { path: "001021B0", vr: "LT" },
  { path: "00420011", vr: "OB" },
  { path: "7FE00009", vr: "OD" },
  { path: "7FE00008", vr: "OF" },
  { path: "00660040", vr: "OL" },
  { path: "7FE00001", vr: "OV" },
  { path: "00281201", vr: "OW" },
  { path: "00081110", vr: "SQ" },
  { path: "00081110" },
  { path: "00080081", vr: "ST" },
  { path: "00720082", vr: "SV" },
  { path: "00080119", vr: "UC" },
  { path: "12051003", vr: "UN", privateCreator: "TEST" },
  { path: "00081190", vr: "UR" },
  { path: "0040A160", vr: "UT" },
  { path: "7FE00003", vr: "UV" },
];

must(
  "TAGS-007",
  {
    title: "tags of a VR that cannot be searched are refused",
    request: "Create-extended-query-tag",
    clause: extendedQueryTagGuide("Add Extended Query Tags"),
  },
  async ({ service }) => {
    for (const tag of unsupported) {
      const response = await postQueryTags(service, [{ ...tag, level: "Instance" }]);
      expect(response).toAnswer({ status: 400 });
      expect(response.text.toUpperCase(), "the reason names the tag").toContain(tag.path);
      expect(await getQueryTag(service, tag.path)).toAnswer({
        status: 404,
        tolerate: [{ status: 400, because: "a dictionary that lacks the tag cannot read its path" }],
      });
    }
    await givenReady(service, { path: "00186012", vr: "US", level: "Instance" });
  },
);

must(
  "TAGS-008",
  {
    title: "a VR that is unknown or not that of the standard tag is refused",
    request: "Create-extended-query-tag",
    clause: extendedQueryTagGuide("Add Extended Query Tags"),
  },
  async ({ service }) => {
    const serialNumber = { path: "00181000", vr: "LO", level: "Series" } as const;
    const age = { path: "00101010", vr: "AS", level: "Study" } as const;
    await givenAbsent(service, serialNumber.path, age.path);
    for (const [tag, vr] of [
      [serialNumber, "LOX"],
      [serialNumber, "CS"],
      [age, "PN"],
    ] as const) {
      expect(await postQueryTags(service, [{ ...tag, vr }])).toAnswer({ status: 400 });
      expect(await getQueryTag(service, tag.path)).toAnswer({ status: 404 });
    }
    await givenReady(service, serialNumber, age);
  },
);

must(
  "TAGS-011",
  {
    title: "a missing level is refused with a message that names it",
    request: "Create-extended-query-tag",
    clause: extendedQueryTagGuide("Add Extended Query Tags"),
  },
  async ({ service }) => {
    const tag = { path: "00100040", level: "Study" } as const;
    await givenAbsent(service, tag.path);
    const response = await postQueryTags(service, [{ path: tag.path }]);
    expect(response).toAnswer({ status: 400 });
    expect(response.text.toLowerCase(), "the message").toContain("level");
    expect(await getQueryTag(service, tag.path)).toAnswer({ status: 404 });
    await givenReady(service, tag);
  },
);

must(
  "TAGS-012",
  {
    title: "a missing or blank path is refused with a message that names it",
    request: "Create-extended-query-tag",
    clause: extendedQueryTagGuide("Add Extended Query Tags"),
  },
  async ({ service }) => {
    for (const tag of [{ path: "" }, { path: "   " }, {}]) {
      const body = Buffer.from(JSON.stringify([{ ...tag, level: "Study" }]));
      const response = await postQueryTags(service, [], body);
      expect(response).toAnswer({ status: 400 });
      expect(response.text.toLowerCase(), "the message").toContain("path");
    }
    await givenReady(service, { path: "21000170", level: "Study" });
  },
);

must(
  "TAGS-014",
  {
    title: "a path that is no known tag is refused by every request",
    request: "Create-extended-query-tag",
    clause: extendedQueryTagGuide("Add Extended Query Tags"),
  },
  async ({ service }) => {
    for (const path of ["BABC", "patientage", "0010,1010", "(0010,1010)", "001010", "ZZZZZZZZ"]) {
      expect(await postQueryTags(service, [{ path, vr: "AS", level: "Study" }])).toAnswer({ status: 400 });
    }
    const unreadable = "BABC";
    for (const response of [
      await getQueryTag(service, unreadable),
      await listQueryTagErrors(service, unreadable),
      await patchQueryTag(service, unreadable, { queryStatus: "Enabled" }),
      await service.delete(tagResource(unreadable)),
    ]) {
      expect(response).toAnswer({ status: 400 });
    }
    await givenReady(service, { path: "PatientAge", vr: "AS", level: "Study" });
    expect(await getQueryTag(service, "PatientAge")).toAnswer({ status: 200 });
  },
);

const searchableAnyway = {
  Study: [
    "00080020",
    "0020000D",
    "00081030",
    "00080050",
    "00100020",
    "00100010",
    "00080090",
    "00100030",
    "00080061",
  ],
  Series: ["0020000E", "00080060", "00400244", "00081090"],
  Instance: ["00080018"],
} as const;

must(
  "TAGS-016",
  {
    title: "a tag that is searchable anyway cannot be added",
    request: "Create-extended-query-tag",
    clause: extendedQueryTagGuide("Add Extended Query Tags"),
  },
  async ({ service, instances }) => {
    const instance = instances.minimal();
    await service.given.stored(instance);
    for (const level of ["Study", "Series", "Instance"] as const) {
      for (const path of searchableAnyway[level]) {
        expect(await postQueryTags(service, [{ path, level }])).toAnswer({
          status: 400,
          tolerate: [{ status: 409, because: "the document says 409, Microsoft's code sends 400" }],
        });
        expect(await getQueryTag(service, path)).toAnswer({ status: 404 });
      }
    }
    const byPatient = { PatientID: String(instance.attributes.PatientID) };
    const found = await searchFor(service, "/studies", byPatient);
    expect(found).toFind("study", [instance.studyInstanceUid]);
    await givenReady(service, { path: "00080031", level: "Series" });
  },
);

must(
  "TAGS-019",
  {
    title: "an empty or malformed body is refused and starts no operation",
    request: "Create-extended-query-tag",
    clause: extendedQueryTagGuide("Add Extended Query Tags"),
  },
  async ({ service }) => {
    const tag = { path: "00080070", level: "Series" } as const;
    await givenAbsent(service, tag.path);
    for (const body of ["[]", "", "null", JSON.stringify(tag), '[{"path":]', '"text"']) {
      const response = await postQueryTags(service, [tag], Buffer.from(body));
      expect(response).toAnswer({ status: 400 });
      expect(response.header("Location"), "Location of an operation").toBeUndefined();
    }
    await givenReady(service, tag);
  },
);
