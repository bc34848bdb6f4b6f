import { commentsOf, failuresOf } from "../../fixtures/matchers/store.ts";
import { checkRows, element, expect, must, should, statement } from "../words.ts";
import { type InvalidValue, invalidValues, paddedWithNuls } from "./invalid-values.ts";
import { expectRefused } from "./judgement.ts";

const unsearchableValues: Readonly<Record<string, InvalidValue>> = {
  ...invalidValues,
  "StudyDate February 30": ["StudyDate", "20200230", "20200229"],
  "a StudyDescription in VR ST": ["StudyDescription", element("ST", "Study"), "Study"],
};

must(
  "STORE-031",
  {
    title: "v1 refuses a file with an invalid value of a searchable attribute, and names the attribute once",
    request: "Store-single-instance",
    api: ["v1"],
    clause: [statement("Store (STOW-RS)", "v1"), statement("Store Changes From V1")],
  },
  async ({ service, instances }) => {
    await checkRows(unsearchableValues, async ([keyword, invalid, valid]) => {
      const twin = instances.minimal({ [keyword]: valid });
      const refused = instances.with(twin, { [keyword]: invalid });
      const response = await expectRefused(service, refused, keyword, twin);
      expect(response).toHold("number of comments", commentsOf(failuresOf(response)[0]).length, 1);
    });
  },
);

should(
  "STORE-039",
  {
    title: "v1 refuses a Patient ID with a NUL behind it, which v2 takes for padding",
    request: "Store-single-instance",
    api: ["v1"],
    clause: statement("Store Changes From V1"),
  },
  async ({ service, instances }) => {
    const PatientID = instances.patientId();
    const twin = instances.minimal({ PatientID });
    const refused = instances.with(twin, { PatientID: paddedWithNuls(PatientID) });
    await expectRefused(service, refused, "PatientID", twin);
  },
);
