import { checkRows, expect, must, named, ps3_18, seriesPath, statement, studyPath } from "../words.ts";
import {
  givenFindable,
  searchResourcesOf,
  skipWhereLeftOut,
  warnedWhereLeftOut,
} from "./search-resources.ts";

must(
  "SEARCH-001",
  {
    title: "a study search returns the matching study and leaves out the others",
    request: "Search-for-studies",
    profile: "dicomweb",
    clause: [ps3_18("10.6.1"), ps3_18("10.6.3.3.1"), statement("Search (QIDO-RS)")],
  },
  async ({ service, instances }) => {
    const patient = { PatientID: instances.patientId(), PatientName: "Searched" };
    const wanted = instances.minimal({ ...patient, StudyDate: "20190101" });
    const other = instances.minimal({ ...patient, StudyDate: "20190102" });
    await givenFindable(service, wanted, other);

    const response = await service.search("/studies", {
      StudyDate: "20190101",
      PatientID: patient.PatientID,
    });

    expect(response).toFind("study", [wanted.studyInstanceUid]);
    expect(response).toShow("study", wanted.studyInstanceUid, {
      StudyDate: ["20190101"],
      PatientName: [{ Alphabetic: "Searched" }],
      PatientID: [patient.PatientID],
    });
  },
);

must(
  "SEARCH-002",
  {
    title: "a search for all series returns the matching series of any study",
    request: "Search-for-series",
    profile: "dicomweb",
    clause: [ps3_18("10.6.1"), ps3_18("10.6.3.3.2"), statement("Search (QIDO-RS)")],
  },
  async ({ service, instances }) => {
    const patient = { PatientID: instances.patientId(), PatientName: "Searched" };
    const first = instances.minimal({ ...patient, Modality: "MR" });
    const sibling = instances.minimal({
      ...patient,
      StudyInstanceUID: first.studyInstanceUid,
      Modality: "CT",
    });
    const elsewhere = instances.minimal({ ...patient, Modality: "MR" });
    await givenFindable(service, first, sibling, elsewhere);

    const response = await service.search("/series", { PatientID: patient.PatientID, Modality: "MR" });

    expect(response).toBeOffered(warnedWhereLeftOut);
    expect(response).toFind("series", [first.seriesInstanceUid, elsewhere.seriesInstanceUid]);
    await checkRows({ first, elsewhere }, async ({ studyInstanceUid, seriesInstanceUid }) => {
      expect(response).toShow("series", seriesInstanceUid, {
        Modality: ["MR"],
        StudyInstanceUID: [studyInstanceUid],
        PatientName: [{ Alphabetic: "Searched" }],
        PatientID: [patient.PatientID],
      });
    });
  },
);

must(
  "SEARCH-003",
  {
    title: "a search for all instances returns the matching instances of any study",
    request: "Search-for-instances",
    profile: "dicomweb",
    clause: [ps3_18("10.6.1"), ps3_18("10.6.3.3.3"), statement("Search (QIDO-RS)")],
  },
  async ({ service, instances }) => {
    const PatientID = instances.patientId();
    const first = instances.minimal({ PatientID, Modality: "CR" });
    const second = instances.with(first, { SOPInstanceUID: instances.uid() });
    const elsewhere = instances.minimal({ PatientID, Modality: "CR" });
    const decoy = instances.minimal({ PatientID, Modality: "CT" });
    await givenFindable(service, first, second, elsewhere, decoy);

    const response = await service.search("/instances", { PatientID, Modality: "CR" });

    expect(response).toBeOffered(warnedWhereLeftOut);
    expect(response).toFind("instance", [
      first.sopInstanceUid,
      second.sopInstanceUid,
      elsewhere.sopInstanceUid,
    ]);
    await checkRows({ first, second, elsewhere }, async (instance) => {
      expect(response).toShow("instance", instance.sopInstanceUid, {
        Modality: ["CR"],
        StudyInstanceUID: [instance.studyInstanceUid],
        SeriesInstanceUID: [instance.seriesInstanceUid],
      });
    });
  },
);

must(
  "SEARCH-004",
  {
    title: "a search for the series of a study returns only series of that study",
    request: "Search-for-series-within-a-study",
    profile: "dicomweb",
    clause: [ps3_18("10.6.1"), statement("Search (QIDO-RS)")],
  },
  async ({ service, instances }) => {
    const mr = instances.minimal({ Modality: "MR" });
    const ct = instances.minimal({ StudyInstanceUID: mr.studyInstanceUid, Modality: "CT" });
    const ofOtherStudy = instances.minimal({ Modality: "MR" });
    await givenFindable(service, mr, ct, ofOtherStudy);

    const matching = await service.search(`${studyPath(mr)}/series`, { Modality: "MR" });
    expect(matching).toFind("series", [mr.seriesInstanceUid]);

    const all = await service.search(`${studyPath(mr)}/series`);
    expect(all).toFind("series", [mr.seriesInstanceUid, ct.seriesInstanceUid]);
    await checkRows({ MR: mr, CT: ct }, async ({ studyInstanceUid, seriesInstanceUid }, modality) => {
      expect(all).toShow("series", seriesInstanceUid, {
        Modality: [modality],
        ...(service.isAzure ? { StudyInstanceUID: [studyInstanceUid] } : {}),
      });
    });
  },
);

must(
  "SEARCH-005",
  {
    title: "a search for the instances of a study returns only instances of that study",
    request: "Search-for-instances-within-a-study",
    profile: "dicomweb",
    clause: [ps3_18("10.6.1"), ps3_18("10.6.3.3.3"), statement("Search (QIDO-RS)")],
  },
  async ({ service, instances }) => {
    const mr = instances.minimal({ Modality: "MR" });
    const sameSeries = instances.with(mr, { SOPInstanceUID: instances.uid() });
    const ct = instances.minimal({ StudyInstanceUID: mr.studyInstanceUid, Modality: "CT" });
    const ofOtherStudy = instances.minimal({ Modality: "MR" });
    await givenFindable(service, mr, sameSeries, ct, ofOtherStudy);

    const matching = await service.search(`${studyPath(mr)}/instances`, { Modality: "MR" });
    expect(matching).toBeOffered(warnedWhereLeftOut);
    expect(matching).toFind("instance", [mr.sopInstanceUid, sameSeries.sopInstanceUid]);

    const all = await service.search(`${studyPath(mr)}/instances`);
    expect(all).toFind("instance", [mr.sopInstanceUid, sameSeries.sopInstanceUid, ct.sopInstanceUid]);
    await checkRows(
      {
        mr: { of: mr, Modality: ["MR"] },
        sameSeries: { of: sameSeries, Modality: ["MR"] },
        ct: { of: ct, Modality: ["CT"] },
      },
      async ({ of: { seriesInstanceUid, sopInstanceUid }, Modality }) => {
        expect(all).toShow("instance", sopInstanceUid, { Modality, SeriesInstanceUID: [seriesInstanceUid] });
      },
    );
  },
);

must(
  "SEARCH-006",
  {
    title: "a search for the instances of a series returns only instances of that series of that study",
    request: "Search-for-instances-within-a-study-and-series",
    profile: "dicomweb",
    clause: [ps3_18("10.6.1"), statement("Search (QIDO-RS)")],
  },
  async ({ service, instances }) => {
    const first = instances.minimal();
    const second = instances.with(first, { SOPInstanceUID: instances.uid() });
    const sibling = instances.minimal({ StudyInstanceUID: first.studyInstanceUid });
    const otherStudy = instances.minimal();
    await givenFindable(service, first, second, sibling, otherStudy);

    const one = await service.search(`${seriesPath(first)}/instances`, {
      SOPInstanceUID: second.sopInstanceUid,
    });
    expect(one).toFind("instance", [second.sopInstanceUid]);

    const both = await service.search(`${seriesPath(first)}/instances`);
    expect(both).toFind("instance", [first.sopInstanceUid, second.sopInstanceUid]);
    if (service.isAzure) {
      await checkRows({ first, second }, async ({ sopInstanceUid, studyInstanceUid, seriesInstanceUid }) => {
        expect(both).toShow("instance", sopInstanceUid, {
          StudyInstanceUID: [studyInstanceUid],
          SeriesInstanceUID: [seriesInstanceUid],
        });
      });
    }

    const mismatched = { ...first, studyInstanceUid: otherStudy.studyInstanceUid };
    expect(await service.search(`${seriesPath(mismatched)}/instances`)).toAnswer({
      status: 204,
      isEmpty: true,
      tolerate: [
        {
          status: 404,
          profile: "dicomweb",
          because: "a series that is not of that study may be a resource that does not exist",
        },
        {
          status: 200,
          profile: "dicomweb",
          body: /^\s*\[\s*\]\s*$/,
          because: "an empty array is what earlier editions of PS3.18 answer",
        },
      ],
    });
  },
);

must(
  "SEARCH-007",
  {
    title: "a study or series appears once, however many of its instances match, and limit counts it once",
    request: "Search-for-series",
    profile: "dicomweb",
    clause: [ps3_18("10.6.3.3"), statement("Search (QIDO-RS)")],
  },
  async ({ service, instances }) => {
    const first = instances.minimal();
    const StudyInstanceUID = first.studyInstanceUid;
    const other = instances.minimal({ StudyInstanceUID });
    const all = [first, other].flatMap((instance) => [
      instance,
      instances.with(instance, { SOPInstanceUID: instances.uid() }),
    ]);
    await givenFindable(service, ...all);

    const series = [first.seriesInstanceUid, other.seriesInstanceUid];
    const sopInstances = all.map(({ sopInstanceUid }) => sopInstanceUid);
    const at = searchResourcesOf(first);
    await checkRows(
      {
        studies: { ...at.studies, uids: [StudyInstanceUID], limits: [1] },
        series: { ...at.series, uids: series, limits: [1, 2] },
        instances: { ...at.instances, uids: sopInstances, limits: [3] },
      },
      async ({ path, level, isOptional, uids, limits }) => {
        const whole = await service.search(path, { StudyInstanceUID });
        skipWhereLeftOut(whole, isOptional);
        expect(whole).toFind(level, uids);

        await checkRows(
          named(limits, (limit) => `limit=${limit}`),
          async (limit) => {
            expect(await service.search(path, { StudyInstanceUID, limit })).toFindPage(level, uids, limit);
          },
        );
      },
    );
  },
);

must(
  "SEARCH-012",
  {
    title: "a search below an unknown study or series is an empty search, not a 404",
    request: "Search-for-instances-within-a-study-and-series",
    clause: statement("Search Response Codes"),
  },
  async ({ service, instances }) => {
    const instance = instances.minimal();
    await givenFindable(service, instance);
    const found = await service.search(`${studyPath(instance)}/series`);
    expect(found).toFind("series", [instance.seriesInstanceUid]);
    const foundBelow = await service.search(`${seriesPath(instance)}/instances`);
    expect(foundBelow).toFind("instance", [instance.sopInstanceUid]);

    const unknownStudy = searchResourcesOf({ ...instance, studyInstanceUid: instances.uid() });
    const unknownSeries = searchResourcesOf({ ...instance, seriesInstanceUid: instances.uid() });
    await checkRows(
      {
        "series of an unknown study": unknownStudy["series of a study"],
        "instances of an unknown study": unknownStudy["instances of a study"],
        "instances of an unknown series": unknownSeries["instances of a series"],
      },
      async ({ path }) => {
        expect(await service.search(path)).toFindNothing();
      },
    );
  },
);
