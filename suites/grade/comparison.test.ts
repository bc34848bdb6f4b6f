import { describe, expect, test } from "vitest";
import { describeFile } from "../../fixtures/grading/original.ts";
import { buildInstance } from "../../fixtures/instances/build-instance.ts";
import { element } from "../../fixtures/instances/instance.ts";
import { compare } from "./comparison.ts";
import { drawn } from "./made-challenge.testing.ts";
import { criterionOf, gradeAfter } from "./student.testing.ts";

const [triangle, square, circle] = [drawn["red-triangle"], drawn["green-square"], drawn["blue-circle"]];
const original = describeFile("blue-circle.dcm", circle.bytes);
const originals = [describeFile("green-square.dcm", square.bytes), original];
const twin = (changes: object) => buildInstance({ ...circle.attributes, ...changes }).bytes;

/** With one byte changed, counted from the end where it is negative. */
function spoiled(file: Buffer, position: number): Buffer {
  const copy = Buffer.from(file);
  const index = position < 0 ? copy.length + position : position;
  copy[index] = (copy[index] ?? 0) ^ 1;
  return copy;
}

describe("a file is told to be", () => {
  test.each([
    ["itself", circle.bytes, "same", "the original, byte for byte"],
    [
      "itself in another wrapping",
      spoiled(circle.bytes, 0),
      "same",
      "the original; the service wrote its file meta information anew",
    ],
    [
      "itself in another encoding",
      twin({ TransferSyntaxUID: "1.2.840.10008.1.2" }),
      "same",
      "the original, in transfer syntax 1.2.840.10008.1.2",
    ],
    [
      "changed in its pixels",
      spoiled(circle.bytes, -1_000),
      "changed",
      "changed on the way: PixelData differ",
    ],
    [
      "changed in a name",
      twin({ PatientName: "Some^One" }),
      "changed",
      "changed on the way: PatientName differs",
    ],
    [
      "changed by what was added, and by what is gone",
      twin({ StationName: "X", PatientSex: undefined }),
      "changed",
      "changed on the way: PatientSex, StationName differ",
    ],
    [
      "another one",
      twin({ ImageComments: "Mine", PixelData: element("OB", Buffer.alloc(979 * 985 * 3)) }),
      "another",
      "another file under this UID: PixelData, ImageComments differ",
    ],
    [
      "another one of the three",
      buildInstance({ ...square.attributes, SOPInstanceUID: circle.sopInstanceUid }).bytes,
      "another",
      "another file under this UID: PixelData (the picture of green square), SeriesInstanceUID, SeriesNumber," +
        " InstanceNumber, ImageComments differ",
    ],
    [
      "unclear where its pixels are compressed",
      twin({
        TransferSyntaxUID: "1.2.840.10008.1.2.4.90",
        PhotometricInterpretation: "YBR_RCT",
        PixelData: element("OB", [Buffer.alloc(0), Buffer.from("ff4fff51", "hex")]),
      }),
      "unclear",
      "in another transfer syntax than the original: 1.2.840.10008.1.2.4.90",
    ],
    ["no DICOM file", Buffer.from("<html>"), "another", "no DICOM file"],
  ] as const)("%s", (_, file, likeness, words) => {
    expect(compare(original, file, originals)).toEqual({ likeness, words });
  });
});

test("values of attributes that differ are not said, whatever they are", () => {
  expect(compare(original, twin({ PatientName: "Real^Person" })).words).not.toContain("Real");
});

describe("a service holds", () => {
  test("a shape that was changed by one byte", async () => {
    const grade = await gradeAfter((student) => student.store(triangle, spoiled(circle.bytes, -1_000)));
    expect(criterionOf(grade, "red-triangle").verdict).toBe("met");
    expect(criterionOf(grade, "blue-circle")).toMatchObject({
      verdict: "not met",
      finding: "changed on the way: PixelData differ",
      next: "Delete what is stored under this UID, then store blue-circle.dcm as it was downloaded",
    });
  });

  test("another file under a shape's UID", async () => {
    const disguised = buildInstance({ ...square.attributes, SOPInstanceUID: circle.sopInstanceUid });
    const grade = await gradeAfter((student) => student.store(triangle, square, disguised));
    expect(criterionOf(grade, "blue-circle")).toMatchObject({
      verdict: "not met",
      finding: expect.stringMatching(
        /^another file under this UID: PixelData \(the picture of green square\)/,
      ),
    });
  });

  test("a shape in another study than its own", async () => {
    const moved = buildInstance({ ...circle.attributes, StudyInstanceUID: "2.25.7" });
    const grade = await gradeAfter((student) => student.store(moved));
    expect(criterionOf(grade, "blue-circle")).toMatchObject({
      verdict: "not met",
      finding: "changed on the way: StudyInstanceUID differs",
    });
  });
});
