import { accept, instancePath, studyPath } from "../../fixtures/client/resources.ts";
import { expect } from "../../fixtures/matchers/expect.ts";
import { checkRows } from "../../fixtures/matchers/rows.ts";
import { commentsOf, confirmedItem, failuresOf, namedTag } from "../../fixtures/matchers/store.ts";
import { values } from "../../fixtures/wire/dicom-json.ts";
import { statement } from "../engine/clause.ts";
import { requirement } from "../engine/requirement.ts";
import { invalidValues, paddedWithNuls } from "./invalid-values.ts";
import { expectAccepted, expectWarned } from "./judgement.ts";

const azure = {
  request: "Store-single-instance",
  level: "must",
  profile: "azure",
  api: ["v2"],
} as const;

requirement(
  "STORE-032",
  {
    ...azure,
    title: "v2 stores an invalid optional value as it is, with 202, warning reason 1 and one comment",
    clause: [
      statement("Store Changes From V1"),
      statement("Store Warning Reason Codes"),
      statement("Store Response Status Codes"),
    ],
  },
  async ({ service, instances }) => {
    await checkRows(invalidValues, async ([keyword, tag, invalid, valid]) => {
      const instance = instances.minimal({ [keyword]: invalid });
      const response = await expectWarned(service, instance, tag);
      expect(failuresOf(response), `failed items beside ${keyword}`).toEqual([]);
      expect(await service.readBack(instance)).toDeliver([instance]);
      await expectAccepted(service, instances.minimal({ [keyword]: valid }));
    });
  },
);

requirement(
  "STORE-033",
  {
    ...azure,
    title: "v2 leaves an invalid value out of metadata and search, and only that one",
    clause: [statement("Store Changes From V1"), statement("Search Changes From V1")],
  },
  async ({ service, instances }) => {
    const instance = instances.minimal({ StudyDate: "NotAValidStudyDate", PatientBirthDate: "20220315" });
    const { sopInstanceUid, studyInstanceUid } = instance;
    await service.given.stored(instance);
    expect(await service.readBack(instance)).toDeliver([instance]);

    const metadata = await service.get(`${studyPath(instance)}/metadata`, accept.dicomJson);
    expect(metadata).toShow("instance", sopInstanceUid, { "00100030": ["20220315"], "00080020": undefined });

    const birthDate = { StudyInstanceUID: studyInstanceUid, PatientBirthDate: "20220315" };
    const search = () => service.search("/instances", birthDate);
    const found = await service.eventually(search, ({ status }) => status === 200);
    expect(found).toFind("instance", [sopInstanceUid]);
    const searchStudies = () => service.search("/studies", { StudyInstanceUID: studyInstanceUid });
    const studies = await service.eventually(searchStudies, ({ status }) => status === 200);
    expect(studies).toShow("study", studyInstanceUid, { "00080020": undefined });
    const invalid = await service.search("/studies", { StudyDate: "NotAValidStudyDate" });
    expect(invalid).toAnswer({ status: 400 });
  },
);

requirement(
  "STORE-035",
  {
    ...azure,
    request: "Store-instances-using-multipart/related",
    title: "v2 comments once on each invalid attribute, and only at the instance that has it",
    clause: statement("Store Changes From V1"),
  },
  async ({ service, instances }) => {
    const clean = instances.minimal();
    const twoFaults = instances.minimal({ StudyDate: "NotADate", AcquisitionDateTime: "NotADate" });
    const oneFault = instances.minimal({ Modality: "twentylowercaseletter" });
    const last = instances.minimal();
    const response = await service.store([clean, twoFaults, oneFault, last]);
    expect(response).toAnswer({ status: 202 });
    expect(response).toConfirm([clean, twoFaults, oneFault, last]);
    expect(failuresOf(response), "failed items").toEqual([]);
    expect(response).toConfirmWithoutWarning(clean);
    expect(response).toConfirmWithoutWarning(last);
    expect(response).toWarn(twoFaults, { reason: 1, naming: ["00080020", "0008002A"] });
    expect(response).toWarn(oneFault, { reason: 1, naming: ["00080060"] });
  },
);

const review = { ReviewDate: "NotAValidReviewDate" };

/** Items of Request Attributes Sequence (0040,0275), with the tags that comments may name and how many there may be. */
const invalidItems = {
  "one level deep": { item: review, tags: ["300E0004", "00400275"], most: 1 },
  "two levels deep": {
    item: { ScheduledProtocolCodeSequence: [review] },
    tags: ["300E0004", "00400008", "00400275"],
    most: 1,
  },
  "two attributes of one item": {
    item: { ...review, StudyDate: "NotAValidStudyDate" },
    tags: ["300E0004", "00080020", "00400275"],
    most: 2,
  },
};

requirement(
  "STORE-036",
  {
    ...azure,
    title: "v2 stores an invalid value in a sequence as it is, at any depth, with a warning",
    clause: statement("Store Changes From V1"),
  },
  async ({ service, instances }) => {
    await checkRows(invalidItems, async ({ item, tags, most }, name) => {
      const instance = instances.minimal({ RequestAttributesSequence: [item] });
      const response = await service.storeSinglePart(instance);
      expect(response).toAnswer({ status: 202 });
      expect(response).toConfirm([instance]);
      const confirmed = confirmedItem(response, instance);
      expect(values(confirmed, "00081196"), `warning reason, ${name}`).toEqual([1]);
      const comments = commentsOf(confirmed);
      const surplus = comments.filter((comment) => !tags.includes(namedTag(comment) ?? ""));
      expect(surplus, `comments on other attributes, ${name}`).toEqual([]);
      expect(comments.length, `comments, ${name}`).toBeGreaterThan(0);
      expect(comments.length, `comments, ${name}`).toBeLessThanOrEqual(most);
      expect(await service.readBack(instance)).toDeliver([instance]);
    });
    const valid = { ReviewDate: "20200229", ScheduledProtocolCodeSequence: [{ ReviewDate: "20200229" }] };
    await expectAccepted(service, instances.minimal({ RequestAttributesSequence: [valid] }));
  },
);

requirement(
  "STORE-037",
  {
    ...azure,
    title: "v2 takes a NUL between the characters of a value for an invalid character",
    clause: statement("Store Changes From V1"),
  },
  async ({ service, instances }) => {
    const instance = instances.minimal({ Modality: "X\0X" });
    await expectWarned(service, instance, "00080060");
    const metadata = await service.get(`${instancePath(instance)}/metadata`, accept.dicomJson);
    expect(metadata).toShow("instance", instance.sopInstanceUid, { "00080060": undefined });
    await expectAccepted(service, instances.minimal({ Modality: "XX" }));
  },
);

requirement(
  "STORE-038",
  {
    ...azure,
    title:
      "v2 takes NULs behind a value for padding: no warning, kept in file and metadata, no bar to a search",
    clause: [statement("Store Changes From V1"), statement("Retrieve Metadata")],
  },
  async ({ service, instances }) => {
    const padded = instances.minimal({ Modality: "X\0" });
    const uid = instances.uid();
    const inStudy = instances.minimal({ StudyInstanceUID: `${uid}\0` });
    await checkRows(
      {
        "one NUL": padded,
        "five NULs": instances.minimal({ Modality: "X\0\0\0\0\0" }),
        "a Patient ID": instances.minimal({ PatientID: paddedWithNuls(instances.patientId()) }),
      },
      (instance) => expectAccepted(service, instance),
    );
    expect(await service.readBack(padded)).toDeliver([padded]);
    const metadata = await service.get(`${instancePath(padded)}/metadata`, accept.dicomJson);
    expect(metadata).toShow("instance", padded.sopInstanceUid, { "00080060": ["X\0"] });
    for (const Modality of ["X", "X\0"]) {
      const key = { StudyInstanceUID: padded.studyInstanceUid, Modality };
      const search = () => service.search("/instances", key);
      const found = await service.eventually(search, ({ status }) => status === 200);
      if (Modality !== "X" && found.status >= 400 && found.status < 500) {
        found.note("a NUL in a query is refused, by the service or a gateway");
      } else {
        expect(found).toFind("instance", [padded.sopInstanceUid]);
      }
    }

    const stored = await service.store([inStudy], { study: uid });
    expect(stored).toAnswer({ status: 200 });
    expect(stored).toConfirmWithoutWarning(inStudy);
    const own = await service.get(`${instancePath(inStudy)}/metadata`, accept.dicomJson);
    expect(own).toFind("instance", [inStudy.sopInstanceUid]);
  },
);
