import type { ApiVersion } from "../../fixtures/client/endpoint.ts";
import { items, text, values } from "../../fixtures/wire/dicom-json.ts";
import {
  accept,
  expect,
  must,
  NotApplicable,
  ps3_18,
  queryOf,
  type ResourceLevel,
  type Scenario,
  seriesPath,
  statement,
  studyPath,
} from "../words.ts";
import { defaultAttributes } from "./default-attributes.ts";
import { givenSearchable, resourcesOf } from "./search-resources.ts";

/** UIDs of the path that a match shows beside the attributes of its level. */
const pathTags: Readonly<Record<ResourceLevel, readonly string[]>> = {
  study: [],
  series: ["0020000D"],
  instance: ["0020000D", "0020000E"],
};

must(
  "SEARCH-061",
  {
    title: "v1 returns the documented default attributes of each level and no other",
    request: "Search-for-studies",
    api: ["v1"],
    clause: [
      statement("Default Study tags", "v1"),
      statement("Default Series tags", "v1"),
      statement("Default Instance tags", "v1"),
    ],
  },
  (scenario) => expectDefaults(scenario, "v1"),
);

must(
  "SEARCH-062",
  {
    title: "v2 returns the shorter list of default attributes of each level and no other",
    request: "Search-for-studies",
    api: ["v2"],
    clause: [
      statement("Default Study tags"),
      statement("Default Series tags"),
      statement("Default Instance tags"),
    ],
  },
  (scenario) => expectDefaults(scenario, "v2"),
);

/** A search by UID at each level shows exactly the default attributes of an instance that has many more. */
async function expectDefaults({ service, instances }: Scenario, api: ApiVersion): Promise<void> {
  const instance = instances.rich();
  await givenSearchable(service, instance);
  for (const [level, path, uid] of [
    [
      "study",
      `/studies${queryOf({ StudyInstanceUID: instance.studyInstanceUid })}`,
      instance.studyInstanceUid,
    ],
    ["series", `${studyPath(instance)}/series`, instance.seriesInstanceUid],
    ["instance", `${seriesPath(instance)}/instances`, instance.sopInstanceUid],
  ] as const) {
    const response = await service.get(path, accept.dicomJson);
    expect(response).toFind(level, [uid]);
    const shown = Object.keys(response.dicomJson.datasets[0] ?? {});
    const expected = [...Object.values(defaultAttributes[api][level]), ...pathTags[level]];
    expect(shown.sort(), `attributes of ${path}`).toEqual(expected.sort());
  }
}

/** Attributes that tell a level from the others, by default and with includefield=all, in both versions. */
const marks: Readonly<Record<ResourceLevel, { unasked: readonly string[]; all: readonly string[] }>> = {
  study: { unasked: ["00080020", "00100010"], all: ["00081030", "00101010"] },
  series: { unasked: ["00080060", "00400244"], all: ["0008103E", "00200011"] },
  instance: { unasked: ["00080018"], all: ["00200013", "00280010"] },
};

/** Levels whose attributes come back from each of the six resources. */
const levelsShown: readonly (readonly ResourceLevel[])[] = [
  ["study"],
  ["study", "series"],
  ["study", "series", "instance"],
  ["series"],
  ["series", "instance"],
  ["instance"],
];

must(
  "SEARCH-063",
  {
    title:
      "attributes of the levels above come with the resources that the documents name, and with no other",
    request: "Search-for-series",
    clause: statement("Search Response"),
  },
  async ({ service, instances }) => {
    const instance = instances.rich();
    await givenSearchable(service, instance);
    for (const [index, { path, level, keyword, uid }] of resourcesOf(instance).entries()) {
      const unasked = await service.search(path, { [keyword]: uid });
      const all = await service.search(path, { [keyword]: uid, includefield: "all" });
      expect(unasked).toFind(level, [uid]);
      expect(all).toFind(level, [uid]);
      for (const [marked, tags] of Object.entries(marks)) {
        const isShown = (levelsShown[index] as readonly string[]).includes(marked);
        for (const [response, wanted] of [
          [unasked, tags.unasked],
          [all, [...tags.unasked, ...tags.all]],
        ] as const) {
          const [dataset] = response.dicomJson.datasets;
          const shown = wanted.filter((tag) => dataset?.[tag] !== undefined);
          expect(shown, `${marked} attributes of ${path}`).toEqual(isShown ? wanted : []);
        }
      }
    }
  },
);

must(
  "SEARCH-067",
  {
    title: "an includefield attribute is returned in addition to the defaults, named by keyword or by tag",
    request: "Search-for-studies",
    profile: "dicomweb",
    clause: [ps3_18("8.3.4.3"), statement("Supported Search Parameters")],
  },
  async ({ service, instances }) => {
    const PatientID = instances.patientId();
    const instance = instances.rich({ PatientID, PatientName: "Included" });
    const StudyInstanceUID = instance.studyInstanceUid;
    await givenSearchable(service, instance);

    for (const [field, tag, value] of [
      ["PatientAge", "00101010", "035Y"],
      ["00102180", "00102180", "Engineer"],
    ] as const) {
      const response = await service.search("/studies", { StudyInstanceUID, includefield: field });
      expect(response).toFind("study", [StudyInstanceUID]);
      expect(response).toShow("study", StudyInstanceUID, {
        StudyDate: ["20240229"],
        PatientName: [{ Alphabetic: "Included" }],
        PatientID: [PatientID],
      });
      const isSupported = service.isAzure || values(response.dicomJson.datasets[0], tag).length > 0;
      if (isSupported) {
        expect(response).toShow("study", StudyInstanceUID, { [tag]: [value] });
      } else {
        response.note(
          `${field} is not returned: PS3.18 leaves it to the server which attributes it supports`,
        );
      }
    }

    if (service.isAzure) {
      const response = await service.search("/studies", {
        StudyInstanceUID,
        includefield: "ProcedureCodeSequence",
      });
      const [procedure] = items(response.dicomJson.datasets[0], "ProcedureCodeSequence");
      expect(text(procedure, "CodeMeaning"), "CodeMeaning of the procedure").toBe("Hand, two views");
    }
  },
);

const fields = [
  { keyword: "StudyDescription", tag: "00081030", value: "Rich study" },
  { keyword: "PatientAge", tag: "00101010", value: "035Y" },
  { keyword: "PatientWeight", tag: "00101030", value: "70.5" },
  { keyword: "Occupation", tag: "00102180", value: "Engineer" },
] as const;

must(
  "SEARCH-068",
  {
    title: "several includefield attributes may be given as a comma list, as repeated parameters, or both",
    request: "Search-for-studies",
    profile: "dicomweb",
    clause: [ps3_18("8.3.4.3"), statement("Supported Search Parameters")],
  },
  async ({ service, instances }) => {
    const instance = instances.rich();
    const StudyInstanceUID = instance.studyInstanceUid;
    await givenSearchable(service, instance);
    const shownBy = async (includes: string) => {
      const path = `/studies?StudyInstanceUID=${StudyInstanceUID}&${includes}`;
      const response = await service.get(path, accept.dicomJson);
      expect(response).toFind("study", [StudyInstanceUID]);
      const [dataset] = response.dicomJson.datasets;
      return fields.filter(({ tag, value }) => text(dataset, tag) === value).map(({ tag }) => tag);
    };

    const supported: (typeof fields)[number][] = [];
    for (const field of fields) {
      const isSupported =
        service.isAzure || (await shownBy(`includefield=${field.keyword}`)).includes(field.tag);
      supported.push(...(isSupported ? [field] : []));
    }
    if (supported.length < 2) {
      throw new NotApplicable("the service returns fewer than two of the attributes on request");
    }

    const keywords = supported.map(({ keyword }) => keyword);
    const tags = supported.map(({ tag }) => tag);
    for (const includes of [
      `includefield=${keywords.join(",")}`,
      keywords.map((keyword) => `includefield=${keyword}`).join("&"),
      `includefield=${keywords[0]}&includefield=${tags.slice(1).join(",")}`,
      ...(service.isAzure ? [`limit=25&offset=0&includefield=${tags.join("%2C")}`] : []),
    ]) {
      expect(await shownBy(includes), `attributes shown by ${includes}`).toEqual(tags);
    }
  },
);

must(
  "SEARCH-070",
  {
    title: "an unknown, empty or malformed includefield is refused with 400",
    request: "Search-for-studies",
    clause: [statement("Search Response Codes"), statement("Supported Search Parameters")],
  },
  async ({ service, instances }) => {
    const instance = instances.rich();
    const StudyInstanceUID = instance.studyInstanceUid;
    await givenSearchable(service, instance);
    for (const field of ["PatientAge", "00101010", "PatientAge,PatientSex"]) {
      const accepted = await service.search("/studies", { StudyInstanceUID, includefield: field });
      expect(accepted).toFind("study", [StudyInstanceUID]);
    }
    for (const field of [
      "something",
      "12345678",
      "98765432",
      "",
      "PatientAge,,",
      "PatientAge,something",
      "patientage",
      "0010101",
    ]) {
      const refused = await service.search("/studies", { StudyInstanceUID, includefield: field });
      expect(refused).toAnswer({ status: 400 });
    }
  },
);
