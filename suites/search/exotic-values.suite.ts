import {
  accept,
  allExoticValues,
  checkRows,
  expect,
  given,
  holds,
  must,
  ps3_18,
  queryOf,
  type ServiceResponse,
  statement,
} from "../words.ts";
import { type SearchResource, searchResourcesOf, skipWhereLeftOut } from "./search-resources.ts";

must(
  "SEARCH-098",
  {
    title: "one instance that is hard to read does not take the search for the others away",
    request: "Search-for-studies",
    profile: "dicomweb",
    clause: [ps3_18("10.6.3.1"), statement("Search (QIDO-RS)")],
  },
  async ({ service, instances }) => {
    const patient = { PatientID: instances.patientId(), PatientName: "Ordinary^Olga" };
    const ordinary = instances.minimal(patient);
    const hard = instances.minimal({ ...patient, ...allExoticValues });
    await service.given.stored(ordinary);
    given(await service.store([hard]), "STORE-001").toConfirm([hard]);
    const twin = async () => {
      const response = await service.search("/studies", { StudyInstanceUID: ordinary.studyInstanceUid });
      given(response, "SEARCH-001").toFind("study", [ordinary.studyInstanceUid]);
      return response;
    };
    await twin();
    const { studies, series, instances: images } = searchResourcesOf(ordinary);
    const queries = { "by the patient": {}, "with all attributes": { includefield: "all" } };

    await checkRows<SearchResource>({ studies, series, instances: images }, async (resource) => {
      const { path, level, keyword, uid, isOptional } = resource;
      const both = [uid, hard[uidOf[keyword]]];
      await checkRows(queries, async (query) => {
        const request = `${path}${queryOf({ PatientID: patient.PatientID, ...query })}`;
        const search = () => service.getPersistently(request, accept.dicomJson, twin);
        const isAnswered = (answer: ServiceResponse) =>
          !holds(answer).toAnswer({ status: 200 }) || holds(answer).toFind(level, both);
        const response = await service.eventually(search, isAnswered);
        skipWhereLeftOut(response, isOptional);
        expect(response).toFind(level, both);
        if (level === "study") {
          expect(response).toShow(level, uid, { PatientID: [patient.PatientID] });
        }
      });
      expect(await service.search(path, { [keyword]: uid })).toFind(level, [uid]);
    });
  },
);

const uidOf = {
  StudyInstanceUID: "studyInstanceUid",
  SeriesInstanceUID: "seriesInstanceUid",
  SOPInstanceUID: "sopInstanceUid",
} as const;
