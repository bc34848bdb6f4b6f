import { expect, test } from "vitest";
import { readDicomJson } from "../../fixtures/wire/dicom-json.ts";
import { representationDiscrepancies } from "./answer-model.ts";

function read(answer: unknown) {
  const { datasets } = readDicomJson(Buffer.from(JSON.stringify(answer)));
  return datasets.flatMap(representationDiscrepancies);
}

test("a failure reason written as text is noticed in its item", () => {
  const failed = { vr: "SQ", Value: [{ "00081197": { vr: "IS", Value: ["43264"] } }] };

  expect(read({ "00081198": failed })).toEqual([
    { expected: "vr US of FailureReason (0008,1197)", received: '"IS"' },
  ]);
});

test("both representations of a URL are right, and so is whatever other attributes have", () => {
  const url = "http://127.0.0.1/studies/1.2";

  expect(read({ "00080005": { vr: "CS" }, "00081190": { vr: "UT", Value: [url] } })).toEqual([]);
  expect(read({ "00081190": { vr: "UR", Value: [url] } })).toEqual([]);
});

test("rubbish is reported, not stumbled over", () => {
  expect(read({ "00081197": null, "00081199": { vr: 5, Value: [null, 1, []] } })).toHaveLength(2);
});
