import { text, values } from "../../fixtures/wire/dicom-json.ts";
import { nameOf, tagOf } from "../../fixtures/wire/dictionary.ts";
import {
  checkRows,
  dicom,
  expect,
  given,
  type Instance,
  type Instances,
  must,
  type Service,
  type ServiceResponse,
  statement,
  studyPath,
} from "../words.ts";
import { givenFindable } from "./search-resources.ts";

const ofStudy = "NumberOfStudyRelatedInstances";
const ofSeries = "NumberOfSeriesRelatedInstances";

/** A study of a CT series with two instances and of an MR series with one. */
async function givenTwoModalities(service: Service, instances: Instances) {
  const ct = instances.minimal({ Modality: "CT" });
  const StudyInstanceUID = ct.studyInstanceUid;
  const mr = instances.minimal({ StudyInstanceUID, Modality: "MR" });
  await givenFindable(service, ct, instances.with(ct, { SOPInstanceUID: instances.uid() }), mr);
  return { ct, mr, StudyInstanceUID };
}

must(
  "SEARCH-074",
  {
    title: "NumberOfStudyRelatedInstances is the count of the whole study, shown on request only",
    request: "Search-for-studies",
    clause: statement("Search Response"),
  },
  async ({ service, instances }) => {
    const { mr, StudyInstanceUID } = await givenTwoModalities(service, instances);
    const search = async (query: Record<string, string>) => {
      const response = await service.search("/studies", { StudyInstanceUID, ...query });
      given(response, "SEARCH-028").toFind("study", [StudyInstanceUID]);
      return response;
    };
    const asked = {
      "by keyword": { includefield: ofStudy },
      "by tag": { includefield: tagOf(ofStudy) },
      "beside a filter that some of its instances match": { includefield: ofStudy, ModalitiesInStudy: "CT" },
      "beside another field": { includefield: `${ofStudy},PatientAge` },
    };
    await checkRows<Record<string, string>>(asked, async (query) => {
      expectCount(await search(query), ofStudy, 3);
    });
    await checkRows<Record<string, string>>(
      { unasked: {}, "with all": { includefield: "all" } },
      async (query) => {
        expect(await search(query)).toShow("study", StudyInstanceUID, { [ofStudy]: undefined });
      },
    );

    await givenFindable(service, instances.with(mr, { SOPInstanceUID: instances.uid() }));
    expectCount(await search({ includefield: ofStudy }), ofStudy, 4);
  },
);

must(
  "SEARCH-075",
  {
    title: "NumberOfSeriesRelatedInstances is the count of each series, shown on request only",
    request: "Search-for-series",
    clause: statement("Search Response"),
  },
  async ({ service, instances }) => {
    const { ct, mr, StudyInstanceUID } = await givenTwoModalities(service, instances);
    const counts: readonly (readonly [Instance, number])[] = [
      [ct, 2],
      [mr, 1],
    ];
    const searches = {
      "all series": (query: object) => service.search("/series", { StudyInstanceUID, ...query }),
      "series of a study": (query: object) => service.search(`${studyPath(ct)}/series`, { ...query }),
    };
    await checkRows(searches, async (search) => {
      await checkRows({ "by keyword": ofSeries, "by tag": tagOf(ofSeries) }, async (includefield) => {
        const response = await search({ includefield });
        expect(response).toFind("series", [ct.seriesInstanceUid, mr.seriesInstanceUid]);
        for (const [{ seriesInstanceUid }, count] of counts) {
          expectCount(response, ofSeries, count, seriesInstanceUid);
        }
      });
      const filtered = await search({ includefield: ofSeries, Modality: "CT" });
      expect(filtered).toFind("series", [ct.seriesInstanceUid]);
      expectCount(filtered, ofSeries, 2, ct.seriesInstanceUid);
      expect(await search({})).toShow("series", ct.seriesInstanceUid, { [ofSeries]: undefined });
    });
  },
);

/** The first match, or that of a series, shows this count as an Integer String, which JSON may write as text. */
function expectCount(response: ServiceResponse, keyword: string, count: number, series?: string): void {
  const { datasets } = response.dicomJson;
  const dataset =
    series === undefined ? datasets[0] : datasets.find((each) => text(each, "SeriesInstanceUID") === series);
  const shown = dataset?.[tagOf(keyword)];
  expect(response).toHold(`vr of ${nameOf(keyword)}`, shown?.vr, "IS");
  expect(response).toHold(nameOf(keyword), values(dataset, keyword).map(Number), [count]);
}

must(
  "SEARCH-076",
  {
    title: "ModalitiesInStudy lists each modality of the study once",
    request: "Search-for-studies",
    clause: [statement("Searchable Attributes"), statement("Search Response"), dicom("PS3.4", "C.6.2.1")],
  },
  async ({ service, instances }) => {
    const first = instances.minimal({ Modality: "CT" });
    const StudyInstanceUID = first.studyInstanceUid;
    const others = ["CT", "MR", undefined].map((Modality) =>
      instances.minimal({ StudyInstanceUID, Modality }),
    );
    const without = instances.minimal({ Modality: undefined });
    await givenFindable(service, first, ...others, without);

    const queries = {
      "as a field": { includefield: "ModalitiesInStudy" },
      "as a filter": { ModalitiesInStudy: "CT" },
      "as both": { ModalitiesInStudy: "MR", includefield: tagOf("ModalitiesInStudy") },
    };
    await checkRows<Record<string, string>>(queries, async (query) => {
      const response = await service.search("/studies", { StudyInstanceUID, ...query });
      expect(response).toFind("study", [StudyInstanceUID]);
      const [dataset] = response.dicomJson.datasets;
      const shown = values(dataset, "ModalitiesInStudy");
      expect(response).toHold(nameOf("ModalitiesInStudy"), shown.toSorted(), ["CT", "MR"]);
      expect(response).toHold("its vr", dataset?.[tagOf("ModalitiesInStudy")]?.vr, "CS");
    });
    const bare = await service.search("/studies", {
      StudyInstanceUID: without.studyInstanceUid,
      includefield: "ModalitiesInStudy",
    });
    expect(bare).toShow("study", without.studyInstanceUid, { ModalitiesInStudy: undefined });
  },
);
