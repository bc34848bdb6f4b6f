import type { ApiVersion } from "../../fixtures/client/endpoint.ts";
import { datasetDiscrepancies } from "../../fixtures/matchers/metadata.ts";
import { items, text, values } from "../../fixtures/wire/dicom-json.ts";
import { nameOf, tagOf } from "../../fixtures/wire/dictionary.ts";
import { readPart10 } from "../../fixtures/wire/part10.ts";
import {
  checkRows,
  doesNotApply,
  expect,
  must,
  ps3_18,
  type ResourceLevel,
  type Scenario,
  type ServiceResponse,
  statement,
} from "../words.ts";
import { defaultAttributes } from "./default-attributes.ts";
import { tagsIn, wordFor } from "./match-members.ts";
import { givenFindable, searchResourcesOf } from "./search-resources.ts";

/** UIDs of the path that a match shows beside the attributes of its level. */
const pathAttributes: Readonly<Record<ResourceLevel, readonly string[]>> = {
  study: [],
  series: ["StudyInstanceUID"],
  instance: ["StudyInstanceUID", "SeriesInstanceUID"],
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

/** A search by UID at each level shows exactly the default attributes of an instance that has many more, as stored. */
async function expectDefaults({ service, instances }: Scenario, api: ApiVersion): Promise<void> {
  const instance = instances.rich();
  await givenFindable(service, instance);
  const stored = readPart10(instance.bytes).dataset;
  const at = searchResourcesOf(instance);

  await checkRows(
    {
      studies: at.studies,
      "series of a study": at["series of a study"],
      "instances of a series": at["instances of a series"],
    },
    async ({ path, level, keyword, uid }) => {
      const response = await service.search(path, { [keyword]: uid });
      expect(response).toFind(level, [uid]);
      const expected = [...defaultAttributes[api][level], ...pathAttributes[level]].map(tagOf);
      expect(response).toHold("attributes", tagsIn(response).map(wordFor), expected.sort().map(wordFor));
      const asStored = Object.fromEntries(Object.entries(stored).filter(([tag]) => expected.includes(tag)));
      expect(response).toHaveNo(datasetDiscrepancies(response, response.dicomJson.datasets[0], asStored));
    },
  );
}

/** Attributes that tell a level from the others, by default and with includefield=all, in both versions. */
const marks: Readonly<Record<ResourceLevel, { unasked: readonly string[]; all: readonly string[] }>> = {
  study: { unasked: ["StudyDate", "PatientName"], all: ["StudyDescription", "PatientAge"] },
  series: {
    unasked: ["Modality", "PerformedProcedureStepStartDate"],
    all: ["SeriesDescription", "SeriesNumber"],
  },
  instance: { unasked: ["SOPInstanceUID"], all: ["InstanceNumber", "Rows"] },
};

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
    await givenFindable(service, instance);

    await checkRows(searchResourcesOf(instance), ({ path, level, keyword, uid, shows }) =>
      checkRows({ "by default": false, "includefield=all": true }, async (isAll) => {
        const marksOf = (levels: readonly ResourceLevel[]) =>
          levels.flatMap((each) => [...marks[each].unasked, ...(isAll ? marks[each].all : [])]);
        const filter = { [keyword]: uid };

        const response = await service.search(path, isAll ? { ...filter, includefield: "all" } : filter);

        expect(response).toFind(level, [uid]);
        const [dataset] = response.dicomJson.datasets;
        const shown = marksOf(["study", "series", "instance"]).filter(
          (mark) => dataset?.[tagOf(mark)] !== undefined,
        );
        expect(response).toHold("attributes of the levels", shown.map(nameOf), marksOf(shows).map(nameOf));
      }),
    );
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
    await givenFindable(service, instance, instances.minimal());

    const unasked = tagsIn(await service.search("/studies", { StudyInstanceUID }));
    await checkRows({ PatientAge: "035Y", [tagOf("Occupation")]: "Engineer" }, async (value, field) => {
      const response = await service.search("/studies", { StudyInstanceUID, includefield: field });

      expect(response).toFind("study", [StudyInstanceUID]);
      expect(response).toShow("study", StudyInstanceUID, {
        StudyDate: ["20240229"],
        PatientName: [{ Alphabetic: "Included" }],
        PatientID: [PatientID],
      });
      if (service.isAzure) {
        const expected = [...unasked, tagOf(field)].sort();
        expect(response).toHold("attributes of the match", tagsIn(response), expected);
      }
      const isSupported = service.isAzure || values(response.dicomJson.datasets[0], field).length > 0;
      if (isSupported) {
        expect(response).toShow("study", StudyInstanceUID, { [field]: [value] });
      } else {
        response.note(
          `${field} is not returned: PS3.18 leaves it to the server which attributes it supports`,
        );
      }
    });
    const alsoFilter = await service.search("/studies", { PatientID, includefield: "PatientID" });
    expect(alsoFilter).toFind("study", [StudyInstanceUID]);
    if (service.isAzure) {
      const response = await service.search("/studies", {
        StudyInstanceUID,
        includefield: "ProcedureCodeSequence",
      });
      expect(response).toFind("study", [StudyInstanceUID]);
      const [procedure] = items(response.dicomJson.datasets[0], "ProcedureCodeSequence");
      expect(response).toHold(
        "CodeMeaning of the procedure",
        text(procedure, "CodeMeaning"),
        "Hand, two views",
      );
    }
  },
);

const fields = {
  StudyDescription: "Rich study",
  PatientAge: "035Y",
  PatientWeight: "70.5",
  Occupation: "Engineer",
};

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
    await givenFindable(service, instance);
    const search = async (includes: string) => {
      const response = await service.search(`/studies?StudyInstanceUID=${StudyInstanceUID}&${includes}`);
      expect(response).toFind("study", [StudyInstanceUID]);
      return response;
    };

    const supported: string[] = [];
    for (const field of Object.keys(fields)) {
      const isSupported = service.isAzure || fieldsIn(await search(`includefield=${field}`)).includes(field);
      supported.push(...(isSupported ? [field] : []));
    }
    const [first = "", ...others] = supported;
    if (others.length === 0) {
      throw doesNotApply("the service returns fewer than two of the attributes on request");
    }

    await checkRows(
      {
        "a list": `includefield=${supported.join(",")}`,
        repeated: supported.map((field) => `includefield=${field}`).join("&"),
        "one by keyword, and a list of tags": `includefield=${first}&includefield=${others.map(tagOf).join(",")}`,
        ...(service.isAzure && {
          "a list of tags with escaped commas, one of them of a series": `limit=25&offset=0&includefield=${[...supported, "Modality"].map(tagOf).join("%2C")}`,
        }),
      },
      async (includes) => {
        const response = await search(includes);
        expect(response).toHold(
          "attributes asked for",
          fieldsIn(response).map(nameOf),
          supported.map(nameOf),
        );
        if (includes.includes(tagOf("Modality"))) {
          expect(response).toShow("study", StudyInstanceUID, { Modality: [instance.attributes.Modality] });
        }
      },
    );
  },
);

/** Keywords of the fields that the first match shows with their values. */
function fieldsIn({ dicomJson }: ServiceResponse): string[] {
  const shown = Object.entries(fields).filter(
    ([field, value]) => text(dicomJson.datasets[0], field) === value,
  );
  return shown.map(([field]) => field);
}

/** Fields, each with what the refusal names of it. */
const malformed = {
  something: "something",
  "12345678": "12345678",
  "98765432": "98765432",
  "": "field",
  "PatientAge,,": "field",
  "PatientAge,something": "something",
  patientage: "patientage",
  "0010101": "0010101",
};

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
    await givenFindable(service, instance);
    const search = (includefield: string) => service.search("/studies", { StudyInstanceUID, includefield });

    await checkRows(["PatientAge", tagOf("PatientAge"), "PatientAge,PatientSex"], async (field) => {
      expect(await search(field)).toFind("study", [StudyInstanceUID]);
    });
    await checkRows(malformed, async (naming, field) => {
      expect(await search(field)).toAnswer({ status: 400, naming });
    });
  },
);
