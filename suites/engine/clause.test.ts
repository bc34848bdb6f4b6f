import { expect, test } from "vitest";
import { clausesFor, ps3_18, statement } from "./clause.ts";

test("a verdict on v1 leads to the edition for v1, once, where that has the heading", () => {
  const clauses = [statement("Delete"), statement("Delete", "v1"), statement("Store Changes From V1")];
  const shown = (api: string | undefined) => clausesFor(clauses, api).map(({ text }) => text);
  const changes = "Conformance statement v2 > Store Changes From V1";
  expect(shown("v1")).toEqual(["Conformance statement v1 > Delete", changes]);
  expect(shown("v2")).toEqual([
    "Conformance statement v2 > Delete",
    "Conformance statement v1 > Delete",
    changes,
  ]);
  expect(clausesFor([ps3_18("10.5"), statement("Delete")], "v1")).toEqual([
    ps3_18("10.5"),
    {
      text: "Conformance statement v1 > Delete",
      url: "https://github.com/microsoft/dicom-server/blob/archived/docs/resources/conformance-statement.md#delete",
    },
  ]);
});
