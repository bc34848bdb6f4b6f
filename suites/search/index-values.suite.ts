import { nameOf } from "../../fixtures/wire/dictionary.ts";
import {
  type AnswerTolerance,
  came,
  checkRows,
  expect,
  type Instance,
  must,
  type Service,
  should,
  statement,
} from "../words.ts";
import { givenFindable, searchResourcesOf } from "./search-resources.ts";
import { attributesWith, searchable, searchableAt } from "./searchable.ts";

/** Where an attribute can be searched by at its own level. */
function levelOf(keyword: string): "studies" | "series" {
  return searchableAt.studies?.includes(keyword) ? "studies" : "series";
}

/** A search within the study of an instance, and whether it finds what the instance is of. */
async function expectMatch(
  service: Service,
  instance: Instance,
  filter: Readonly<Record<string, string>>,
  isFound: boolean,
): Promise<void> {
  const [keyword = ""] = Object.keys(filter);
  const { path, level, uid } = searchResourcesOf(instance)[levelOf(keyword)];
  const response = await service.search(path, { StudyInstanceUID: instance.studyInstanceUid, ...filter });
  if (isFound) {
    expect(response).toFind(level, [uid]);
  } else {
    expect(response).toFindNothing();
  }
}

const notIndexed: AnswerTolerance = {
  status: 204,
  because: "v2 may keep an attribute with too many values out of its index, and warns when it stores it",
};

must(
  "SEARCH-049",
  {
    title: "only the first of several values is indexed",
    request: "Search-for-studies",
    clause: statement("Additional Notes"),
  },
  async ({ service, instances }) => {
    const instance = instances.minimal({ StudyDescription: ["One", "Two"], Modality: ["CT", "MR"] });
    const StudyInstanceUID = instance.studyInstanceUid;
    await givenFindable(service, instance);

    const several = { StudyDescription: ["One", "Two", "One\\Two"], Modality: ["CT", "MR", "CT\\MR"] };
    await checkRows(several, async ([first = "", ...others], keyword) => {
      await checkRows(others, (value) => expectMatch(service, instance, { [keyword]: value }, false));
      const { path, level, uid } = searchResourcesOf(instance)[levelOf(keyword)];
      const response = await service.search(path, { StudyInstanceUID, [keyword]: first });
      const tolerate = service.endpoint.api === "v2" ? [notIndexed] : [];
      expect(response).toAnswer({ status: 200, tolerate });
      if (came(response, 200)) {
        expect(response).toFind(level, [uid]);
      }
    });
  },
);

must(
  "SEARCH-050",
  {
    title: "where instances of a study or series disagree, the value that was stored last is searched",
    request: "Search-for-studies",
    clause: statement("Additional Notes"),
  },
  async ({ service, instances }) => {
    const [oldId, newId] = [instances.patientId(), instances.patientId()];
    const older = instances.minimal({ ...attributesWith("other"), PatientID: oldId });
    const newer = instances.with(older, {
      ...attributesWith("value"),
      PatientID: newId,
      SOPInstanceUID: instances.uid(),
    });
    await givenFindable(service, older);
    await givenFindable(service, newer);

    const all = [...searchable, { keyword: "PatientID", value: newId, other: oldId }];
    await checkRows(
      Object.fromEntries(all.map((attribute) => [attribute.keyword, attribute])),
      async ({ keyword, value, other }) => {
        await expectMatch(service, newer, { [keyword]: value }, true);
        await expectMatch(service, newer, { [keyword]: other }, false);
      },
    );
    const StudyInstanceUID = newer.studyInstanceUid;
    const study = await service.search("/studies", { StudyInstanceUID, ModalitiesInStudy: "MR" });
    expect(study).toShow("study", StudyInstanceUID, { PatientID: [newId], ModalitiesInStudy: ["MR"] });

    // A filter by the patient is one on the study: its instances are found, each with what itself says.
    const images = await service.search("/instances", { StudyInstanceUID, PatientID: newId });
    expect(images).toFind("instance", [older.sopInstanceUid, newer.sopInstanceUid]);
    for (const [{ sopInstanceUid }, id] of [
      [older, oldId],
      [newer, newId],
    ] as const) {
      expect(images).toShow("instance", sopInstanceUid, { PatientID: [id] });
    }
  },
);

const filled = {
  PatientName: "Filled^Fay",
  StudyDescription: "Filled",
  StudyDate: "20200229",
  Modality: "MR",
};

should(
  "SEARCH-051",
  {
    title: "a later instance without a value does not wipe the one that is indexed",
    request: "Search-for-studies",
    clause: [statement("Search Changes From V1"), statement("Additional Notes")],
  },
  async ({ service, instances }) => {
    const isV2 = service.endpoint.api === "v2";
    // v1 stores nothing without a PatientID.
    const PatientID = instances.patientId();
    const first = instances.minimal({ ...filled, ...(isV2 && { PatientID: null }) });
    const StudyInstanceUID = first.studyInstanceUid;
    const second = instances.with(first, { PatientID, SOPInstanceUID: instances.uid() });
    const emptied = {
      ...(isV2 && { PatientID: null }),
      PatientName: null,
      StudyDescription: undefined,
      StudyDate: null,
      Modality: undefined,
    };
    const third = instances.with(second, { ...emptied, SOPInstanceUID: instances.uid() });
    const show = async (id: readonly unknown[]) => {
      if (isV2) {
        const study = await service.search("/studies", { StudyInstanceUID });
        const values = study.dicomJson.datasets[0]?.["00100020"]?.Value ?? [];
        const known = values.filter((value) => value !== null);
        expect(study).toHold(nameOf("PatientID"), known, id);
      }
    };

    await givenFindable(service, first);
    await show([]);
    await givenFindable(service, second);
    await show([PatientID]);
    await givenFindable(service, third);
    await show([PatientID]);
    const filters: Readonly<Record<string, string>> = { ...filled, PatientID };
    await checkRows(filters, (value, keyword) => expectMatch(service, second, { [keyword]: value }, true));
  },
);

must(
  "SEARCH-052",
  {
    title: "an attribute that failed validation at store cannot be searched by, the valid ones can",
    request: "Search-for-instances",
    api: ["v2"],
    clause: statement("Search Changes From V1"),
  },
  async ({ service, instances }) => {
    const flawed = { StudyDate: "NotAValidStudyDate", PatientBirthDate: "20220315", Modality: "X\0X" };
    const instance = instances.minimal(flawed);
    const StudyInstanceUID = instance.studyInstanceUid;
    await givenFindable(service, instance);

    const { PatientBirthDate } = flawed;
    const images = await service.search("/instances", { StudyInstanceUID, PatientBirthDate });
    expect(images).toFind("instance", [instance.sopInstanceUid]);
    const study = await service.search("/studies", { StudyInstanceUID });
    expect(study).toShow("study", StudyInstanceUID, { StudyDate: undefined });
    await checkRows(["19000101-", "-20991231"], (StudyDate) =>
      expectMatch(service, instance, { StudyDate }, false),
    );
    await checkRows(
      { "as stored": "X\0X", "its first character": "X", "without the NUL": "XX" },
      (Modality) => expectMatch(service, instance, { Modality }, false),
    );

    const StudyDate = "20220316";
    await givenFindable(service, instances.with(instance, { StudyDate, SOPInstanceUID: instances.uid() }));
    const mended = await service.search("/studies", { StudyInstanceUID, StudyDate: "19000101-" });
    expect(mended).toFind("study", [StudyInstanceUID]);
    expect(mended).toShow("study", StudyInstanceUID, { StudyDate: [StudyDate] });
  },
);

must(
  "SEARCH-053",
  {
    title: "a value that is stored with a NUL as padding is found with and without it",
    request: "Search-for-instances",
    api: ["v2"],
    clause: [statement("Additional Notes"), statement("Store Changes From V1")],
  },
  async ({ service, instances }) => {
    const padded = instances.minimal({ Modality: "X\0", AccessionNumber: "ACC\0" });
    const plain = instances.minimal({ Modality: "X", AccessionNumber: "ACC" });
    await givenFindable(service, padded, plain);

    await checkRows({ padded, plain }, ({ studyInstanceUid: StudyInstanceUID, sopInstanceUid }) =>
      checkRows({ Modality: "X", AccessionNumber: "ACC" }, (value, keyword) =>
        checkRows({ "with a NUL": `${value}\0`, "without it": value }, async (wanted) => {
          const response = await service.search("/instances", { StudyInstanceUID, [keyword]: wanted });
          expect(response).toFind("instance", [sopInstanceUid]);
        }),
      ),
    );
  },
);
