import { expect, test } from "vitest";
import { all, judgeUnder } from "./peculiar-server.testing.ts";
import { outcomeOf } from "./spoil.ts";

/** As Microsoft's code does, which looks neither at the days of a month nor for a single date. */
const takesOddDates = outcomeOf("valueFault", (found, vr, text) =>
  vr === "DA" && /^(20200230|\d{8}-\d{8})$/.test(text) ? undefined : found,
);
const ofV1 = ["STORE-031", "STORE-034", "STORE-040"];

test("a v1 that is set to full validation is not accused of what it takes and what it refuses then", async () => {
  const behaviour = { ...takesOddDates, isFullValidation: () => true };
  const { verdicts, notes } = await judgeUnder({ behaviour }, ofV1, "azure", "v1");
  expect(verdicts).toEqual(all(ofV1, "conforms"));
  expect(notes).toContain(
    "answered 200 instead of 409: v1 judges as v2 does: full validation seems to be switched on",
  );
});

test("a v1 that is not has to refuse what it cannot index", async () => {
  const { verdicts } = await judgeUnder({ behaviour: takesOddDates }, ofV1, "azure", "v1");
  expect(verdicts).toEqual({ "STORE-031": "violates", "STORE-034": "warns", "STORE-040": "conforms" });
});
