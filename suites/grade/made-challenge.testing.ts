import challenge7 from "../../fixtures/challenges/challenge-7.ts";
import type { Challenge, Look } from "../../fixtures/grading/challenge.ts";
import { describeFile, type Original } from "../../fixtures/grading/original.ts";
import { Instances } from "../../fixtures/instances/instances.ts";
import { type ShapeName, shape } from "../../fixtures/instances/shapes.ts";

const names: readonly ShapeName[] = ["red-triangle", "green-square", "blue-circle"];

/** The three shapes as this project draws them: they are not the workshop's files. */
export const drawn = Object.fromEntries(names.map((name) => [name, shape(name)])) as Record<
  ShapeName,
  ReturnType<typeof shape>
>;
const originals = names.map((name) => describeFile(`${name}.dcm`, drawn[name].bytes));

/** An image of eleven frames that stands for that of a person. */
export const sample = new Instances("grade").image(
  { frames: 11 },
  {
    StudyInstanceUID: "2.25.101",
    SeriesInstanceUID: "2.25.102",
    SOPInstanceUID: "2.25.103",
    PatientID: "GRADE",
    PatientName: "Nobody^Shown",
    BodyPartExamined: "HEART",
  },
);

/** A challenge of the form of challenge-7, for the shapes as they are drawn here, and with an image of a person. */
const challenge: Challenge = {
  name: "made",
  title: "Challenge of shapes made in code",
  criteria: [
    ...challenge7.criteria.map((criterion) => ({ ...criterion, look: ofDrawn(criterion.look) })),
    {
      id: "human-images",
      title: "Studies with images of people are stored",
      success: "Upload studies",
      look: {
        at: "other studies",
        files: originals,
        samples: [describeFile("person.dcm", sample.bytes)],
      },
      next: "Upload person.dcm",
    },
    {
      id: "viewed",
      title: "Has seen these images",
      success: "View images of people",
      look: { at: "viewing", files: originals, samples: [] },
      next: "Upload person.dcm first",
    },
  ],
};

export default challenge;

function ofDrawn(look: Look): Look {
  if (look.at === "file") {
    return { ...look, file: originals.find(({ file }) => file === look.file.file) as Original };
  }
  return "files" in look ? { ...look, files: originals } : look;
}
