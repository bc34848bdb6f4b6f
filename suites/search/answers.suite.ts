import { accept, checkRows, expect, must, ps3_18, queryOf, should, statement } from "../words.ts";
import { givenFindable, searchResourcesOf, skipWhereLeftOut } from "./search-resources.ts";

must(
  "SEARCH-008",
  {
    title: "matches come as a JSON array in UTF-8 and as application/dicom+json from every search resource",
    request: "Search-for-studies",
    profile: "dicomweb",
    clause: [ps3_18("10.6.3.3"), ps3_18("8.7.3"), statement("Search (QIDO-RS)")],
  },
  async ({ service, instances }) => {
    const instance = instances.minimal({ SpecificCharacterSet: "ISO_IR 192", PatientName: "Müller^Jörg" });
    await givenFindable(service, instance);

    await checkRows(searchResourcesOf(instance), async ({ path, level, keyword, uid, isOptional }) => {
      const response = await service.search(path, { [keyword]: uid });

      skipWhereLeftOut(response, isOptional);
      expect(response).toFind(level, [uid]);
      expect(response).toBeWithoutBreach(response.dicomJson.breaches, notOfText);
      if (level === "study") {
        expect(response).toShow(level, uid, { PatientName: [{ Alphabetic: "Müller^Jörg" }] });
      }
    });
  },
);

/** What is no matter of JSON in UTF-8. */
const notOfText = {
  kinds: { allBut: ["not-utf-8", "not-json"] },
  because: "SEARCH-009 judges the model",
};

const bulkData = ["OB", "OD", "OF", "OL", "OV", "OW", "UN"];
const threeGroups = {
  Alphabetic: "Yamada^Tarou",
  Ideographic: "山田^太郎",
  Phonetic: "やまだ^たろう",
};

must(
  "SEARCH-009",
  {
    title: "every match is a well-formed DICOM JSON object, whatever the attributes it shows",
    request: "Search-for-instances",
    profile: "dicomweb",
    clause: [ps3_18("F.2"), statement("Search Response")],
  },
  async ({ service, instances }) => {
    const PatientName = Object.values(threeGroups).join("=");
    const instance = instances.rich({ PatientName, PatientSex: null });
    await givenFindable(service, instance);

    await checkRows(searchResourcesOf(instance), async ({ path, level, keyword, uid, isOptional }) => {
      const response = await service.search(path, { [keyword]: uid, includefield: "all" });

      skipWhereLeftOut(response, isOptional);
      expect(response).toFind(level, [uid]);
      const { breaches, datasets } = response.dicomJson;
      expect(response).toBeWithoutBreach(breaches);
      if (level === "study") {
        expect(response).toShow(level, uid, { StudyDate: ["20240229"], PatientName: [threeGroups] });
      }
      if (service.isAzure) {
        const binary = Object.entries(datasets[0] ?? {}).filter(([, { vr }]) => bulkData.includes(vr ?? ""));
        expect(response).toHold("bulk data in a match", binary, []);
      }
    });
  },
);

must(
  "SEARCH-011",
  {
    title: "a search without matches answers 204 without a body at every search resource",
    request: "Search-for-studies",
    clause: [ps3_18("8.3.4.4"), statement("Search Response Codes")],
  },
  async ({ service, instances }) => {
    const instance = instances.minimal();
    await givenFindable(service, instance);

    await checkRows(searchResourcesOf(instance), async ({ path, level, keyword, uid }) => {
      expect(await service.search(path, { [keyword]: instances.uid() })).toFindNothing();
      expect(await service.search(path, { [keyword]: uid })).toFind(level, [uid]);
    });
  },
);

const covering = [
  "application/dicom+json",
  "APPLICATION/DICOM+JSON",
  "application/fhir+json, application/dicom+json",
];
/** Where a server has more to offer than DICOM JSON, a wildcard lets it choose, and so does a list. */
const choosing = [
  "image/png, application/dicom+json",
  "*/*",
  "application/*",
  "application/dicom+json;q=0.5, text/html",
];

must(
  "SEARCH-014",
  {
    title: "an Accept header that covers application/dicom+json is served with it",
    request: "Search-for-studies",
    profile: "dicomweb",
    clause: [ps3_18("8.7.8"), statement("Search (QIDO-RS)")],
  },
  async ({ service, instances }) => {
    const instance = instances.minimal();
    const StudyInstanceUID = instance.studyInstanceUid;
    await givenFindable(service, instance);

    await checkRows([...covering, ...(service.isAzure ? choosing : [])], async (acceptValue) => {
      const response = await service.get(`/studies${queryOf({ StudyInstanceUID })}`, acceptValue);
      expect(response).toFind("study", [StudyInstanceUID]);
    });
  },
);

const excluding = [
  "application/dicom",
  "image/png",
  "application/dicom+xml",
  'multipart/related; type="application/dicom+xml"',
  "application/xml",
];

should(
  "SEARCH-015",
  {
    title: "an Accept header that excludes application/dicom+json is refused with 406",
    request: "Search-for-studies",
    clause: [ps3_18("8.5"), statement("Search (QIDO-RS)")],
  },
  async ({ service, instances }) => {
    const instance = instances.minimal();
    const path = `/studies${queryOf({ StudyInstanceUID: instance.studyInstanceUid })}`;
    await givenFindable(service, instance);

    await checkRows(excluding, async (acceptValue) => {
      expect(await service.get(path, acceptValue)).toAnswer({ status: 406 });
    });
    expect(await service.get(path, accept.dicomJson)).toFind("study", [instance.studyInstanceUid]);
  },
);
