import { commentsOf, failuresOf } from "../../fixtures/matchers/store.ts";
import { came, checkRows, element, expect, must, should, statement } from "../words.ts";
import { type InvalidValue, invalidValues, paddedWithNuls } from "./invalid-values.ts";
import { acceptedInFullValidation, expectRefused } from "./judgement.ts";

/** What v1 could not index, and what v2 and full validation do not look at: days of a month, and the dictionary's VR. */
const refusedByIndex: Readonly<Record<string, InvalidValue>> = {
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
    const inFull = await acceptedInFullValidation(service, instances);
    await checkRows({ ...invalidValues, ...refusedByIndex }, async ([keyword, invalid, valid], name) => {
      const twin = instances.minimal({ [keyword]: valid });
      const refused = instances.with(twin, { [keyword]: invalid });
      const tolerate = name in refusedByIndex ? inFull : [];
      const response = await expectRefused(service, refused, keyword, twin, tolerate);
      if (came(response, 409)) {
        expect(response).toHold("number of comments", commentsOf(failuresOf(response)[0]).length, 1);
      }
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
