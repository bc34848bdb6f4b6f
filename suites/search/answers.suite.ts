import { accept, expect, must, ps3_18, queryOf, should, statement } from "../words.ts";
import { givenSearchable, isLeftOut, resourcesOf } from "./search-resources.ts";

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
    await givenSearchable(service, instance);
    for (const { path, level, keyword, uid, isOptional } of resourcesOf(instance)) {
      const response = await service.search(path, { [keyword]: uid });
      if (isOptional && isLeftOut(response)) {
        continue;
      }
      expect(response).toFind(level, [uid]);
      expect(response).toBeWithoutBreach(
        response.dicomJson.breaches.filter(({ kind }) => kind === "not-utf-8" || kind === "not-json"),
      );
      if (path === "/studies") {
        expect(response).toShow(level, uid, { PatientName: [{ Alphabetic: "Müller^Jörg" }] });
      }
    }
  },
);

/** What only another server is forgiven: PS3.18 F.2.2 has a rule, but no reader depends on it. */
const forgiven: readonly string[] = ["tag-order", "tag-case"];
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
    await givenSearchable(service, instance);
    for (const { path, level, keyword, uid, isOptional } of resourcesOf(instance)) {
      const response = await service.search(path, { [keyword]: uid, includefield: "all" });
      if (isOptional && isLeftOut(response)) {
        continue;
      }
      expect(response).toFind(level, [uid]);
      const { breaches, datasets } = response.dicomJson;
      const isJudged = ({ kind }: { kind: string }) => service.isAzure || !forgiven.includes(kind);
      expect(response).toBeWithoutBreach(breaches.filter(isJudged));
      if (path === "/studies") {
        expect(response).toShow(level, uid, { StudyDate: ["20240229"], PatientName: [threeGroups] });
      }
      if (service.isAzure) {
        const binary = Object.values(datasets[0] ?? {}).filter(({ vr }) => bulkData.includes(vr ?? ""));
        expect(binary, "bulk data in a match").toEqual([]);
      }
    }
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
    await givenSearchable(service, instance);
    for (const { path, level, keyword, uid } of resourcesOf(instance)) {
      expect(await service.search(path, { [keyword]: instances.uid() })).toFindNothing();
      expect(await service.search(path, { [keyword]: uid })).toFind(level, [uid]);
    }
  },
);

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
    await givenSearchable(service, instance);
    for (const covering of [
      "application/dicom+json",
      "APPLICATION/DICOM+JSON",
      "application/fhir+json, application/dicom+json",
      ...(service.isAzure ? choosing : []),
    ]) {
      const response = await service.get(`/studies${queryOf({ StudyInstanceUID })}`, covering);
      expect(response).toFind("study", [StudyInstanceUID]);
    }
  },
);

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
    await givenSearchable(service, instance);
    for (const excluding of [
      "application/dicom",
      "image/png",
      "application/dicom+xml",
      'multipart/related; type="application/dicom+xml"',
      "application/xml",
    ]) {
      expect(await service.get(path, excluding)).toAnswer({ status: 406 });
    }
    expect(await service.get(path, accept.dicomJson)).toFind("study", [instance.studyInstanceUid]);
  },
);
