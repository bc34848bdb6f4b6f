import { commentsOf, confirmedItem, failuresOf, namedTag } from "../../fixtures/matchers/store.ts";
import { values } from "../../fixtures/wire/dicom-json.ts";
import { tagOf } from "../../fixtures/wire/dictionary.ts";
import { atLeast, atMost, came, checkRows, expect, holds, must, statement, studyPath } from "../words.ts";
import { expectFound } from "./holdings.ts";
import { invalidValues, paddedWithNuls } from "./invalid-values.ts";
import { expectAccepted, expectWarned } from "./judgement.ts";

must(
  "STORE-032",
  {
    title: "v2 stores an invalid optional value as it is, with 202, warning reason 1 and one comment",
    request: "Store-single-instance",
    api: ["v2"],
    clause: [
      statement("Store Changes From V1"),
      statement("Store Warning Reason Codes"),
      statement("Store Response Status Codes"),
    ],
  },
  async ({ service, instances }) => {
    await checkRows(invalidValues, async ([keyword, invalid, valid]) => {
      const instance = instances.minimal({ [keyword]: invalid });
      const response = await expectWarned(service, instance, keyword);
      expect(response).toHold("failed items", failuresOf(response), []);
      expect(await service.retrieve(instance)).toDeliver([instance]);
      await expectAccepted(service, instances.minimal({ [keyword]: valid }));
    });
  },
);

must(
  "STORE-033",
  {
    title: "v2 leaves an invalid value out of metadata and search, and only that one",
    request: "Store-single-instance",
    api: ["v2"],
    clause: [statement("Store Changes From V1"), statement("Search Changes From V1")],
  },
  async ({ service, instances }) => {
    const instance = instances.minimal({ StudyDate: "NotAValidStudyDate", PatientBirthDate: "20220315" });
    const { sopInstanceUid, studyInstanceUid } = instance;
    await service.given.stored(instance);
    expect(await service.retrieve(instance)).toDeliver([instance]);

    const metadata = await service.metadata(studyPath(instance));
    expect(metadata).toShow("instance", sopInstanceUid, {
      PatientBirthDate: ["20220315"],
      StudyDate: undefined,
    });

    const ofStudy = { StudyInstanceUID: studyInstanceUid };
    await expectFound(service, "instance", sopInstanceUid, { ...ofStudy, PatientBirthDate: "20220315" });
    const studies = await expectFound(service, "study", studyInstanceUid, ofStudy);
    expect(studies).toShow("study", studyInstanceUid, { StudyDate: undefined });
    const invalid = await service.search("/studies", { StudyDate: "NotAValidStudyDate" });
    expect(invalid).toAnswer({ status: 400 });
  },
);

must(
  "STORE-035",
  {
    title: "v2 comments once on each invalid attribute, and only at the instance that has it",
    request: "Store-instances-using-multipart/related",
    api: ["v2"],
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
    expect(response).toHold("failed items", failuresOf(response), []);
    expect(response).toConfirmWithoutWarning(clean);
    expect(response).toConfirmWithoutWarning(last);
    expect(response).toWarn(twoFaults, { reason: 1, naming: ["StudyDate", "AcquisitionDateTime"] });
    expect(response).toWarn(oneFault, { reason: 1, naming: ["Modality"] });
  },
);

const review = { ReviewDate: "NotAValidReviewDate" };

/** Items of Request Attributes Sequence, with what comments may name and how many there may be. */
const invalidItems = {
  "one level deep": { item: review, naming: ["ReviewDate", "RequestAttributesSequence"], most: 1 },
  "two levels deep": {
    item: { ScheduledProtocolCodeSequence: [review] },
    naming: ["ReviewDate", "ScheduledProtocolCodeSequence", "RequestAttributesSequence"],
    most: 1,
  },
  "two attributes of one item": {
    item: { ...review, StudyDate: "NotAValidStudyDate" },
    naming: ["ReviewDate", "StudyDate", "RequestAttributesSequence"],
    most: 2,
  },
};

must(
  "STORE-036",
  {
    title: "v2 stores an invalid value in a sequence as it is, at any depth, with a warning",
    request: "Store-single-instance",
    api: ["v2"],
    clause: statement("Store Changes From V1"),
  },
  async ({ service, instances }) => {
    await checkRows(invalidItems, async ({ item, naming, most }) => {
      const instance = instances.minimal({ RequestAttributesSequence: [item] });

      const response = await service.storeSinglePart(instance);

      expect(response).toAnswer({ status: 202 });
      expect(response).toConfirm([instance]);
      const confirmed = confirmedItem(response, instance);
      expect(response).toHold("WarningReason", values(confirmed, "WarningReason"), [1]);
      const comments = commentsOf(confirmed);
      const tags = naming.map(tagOf);
      const surplus = comments.filter((comment) => !tags.includes(namedTag(comment) ?? ""));
      expect(response).toHold(`comments on others than ${naming.join(", ")}`, surplus, []);
      expect(response).toHold("number of comments", comments.length, atLeast(1));
      expect(response).toHold("number of comments", comments.length, atMost(most));
      expect(await service.retrieve(instance)).toDeliver([instance]);
    });
    const valid = { ReviewDate: "20200229", ScheduledProtocolCodeSequence: [{ ReviewDate: "20200229" }] };
    await expectAccepted(service, instances.minimal({ RequestAttributesSequence: [valid] }));
  },
);

must(
  "STORE-037",
  {
    title: "v2 takes a NUL between the characters of a value for an invalid character",
    request: "Store-single-instance",
    api: ["v2"],
    clause: statement("Store Changes From V1"),
  },
  async ({ service, instances }) => {
    const instance = instances.minimal({ Modality: "X\0X" });
    await expectWarned(service, instance, "Modality");
    const metadata = await service.metadata(instance);
    expect(metadata).toShow("instance", instance.sopInstanceUid, { Modality: undefined });
    await expectAccepted(service, instances.minimal({ Modality: "XX" }));
  },
);

must(
  "STORE-038",
  {
    title:
      "v2 takes NULs behind a value for padding: no warning, kept in file and metadata, no bar to a search",
    request: "Store-single-instance",
    api: ["v2"],
    clause: [
      statement("Store Changes From V1"),
      statement("Retrieve Metadata (for Study, Series, or Instance)"),
    ],
  },
  async ({ service, instances }) => {
    const padded = instances.minimal({ Modality: "X\0" });
    const rows = {
      "one NUL": padded,
      "five NULs": instances.minimal({ Modality: "X\0\0\0\0\0" }),
      "a Patient ID": instances.minimal({ PatientID: paddedWithNuls(instances.patientId()) }),
      "a DS": instances.minimal({ SliceThickness: "1.5\0" }),
      "an IS": instances.minimal({ SeriesNumber: "7\0" }),
    };
    await checkRows(rows, async (instance) => {
      await expectAccepted(service, instance);
      expect(await service.metadata(instance)).toFind("instance", [instance.sopInstanceUid]);
    });

    expect(await service.retrieve(padded)).toDeliver([padded]);
    const metadata = await service.metadata(padded);
    expect(metadata).toShow("instance", padded.sopInstanceUid, { Modality: ["X\0"] });
    const ofStudy = { StudyInstanceUID: padded.studyInstanceUid };
    await expectFound(service, "instance", padded.sopInstanceUid, { ...ofStudy, Modality: "X" });
    const query = { ...ofStudy, Modality: "X\0" };
    const withNul = await service.searchUntil(
      "/instances",
      query,
      (answer) => !holds(answer).toFindNothing(),
    );
    const refused = {
      status: [400, 404, 422],
      because: "a NUL in a query is refused, by the service or a gateway",
    };
    expect(withNul).toAnswer({ status: 200, tolerate: [refused] });
    if (came(withNul, 200)) {
      expect(withNul).toFind("instance", [padded.sopInstanceUid]);
    }

    const uid = instances.uid();
    const inStudy = instances.minimal({ StudyInstanceUID: `${uid}\0` });
    const stored = await service.store([inStudy], { study: uid });
    expect(stored).toAnswer({ status: 200 });
    expect(stored).toConfirmWithoutWarning(inStudy);
    expect(await service.metadata(inStudy)).toFind("instance", [inStudy.sopInstanceUid]);
  },
);
