import { accept, type Identity, instancePath } from "../../fixtures/client/resources.ts";
import { identityOf, type Original } from "../../fixtures/grading/original.ts";
import { type Dataset, text } from "../../fixtures/wire/dicom-json.ts";
import { excerpt } from "../../fixtures/wire/quote.ts";
import { compare } from "./comparison.ts";
import type { Fact, Question } from "./grade.ts";
import { picturesOf, type Sitter } from "./pictures.ts";
import { type LookAt, type Sight, searched } from "./sight.ts";

/** A study that is none of the given files', by what may be shown of it. */
interface Study {
  readonly uid: string;
  readonly modality: string;
  readonly bodyPart: string;
  readonly patientName: string;
  readonly images: readonly Image[];
  readonly isLonger: boolean;
}

interface Image {
  readonly identity: Identity;
  readonly frames: number;
}

const mostStudies = 20;
const mostImages = 100;
const mostPictures = 6;
const mostSitters = 3 * mostPictures;
const mostFrames = 10_000;

/** Known samples count; whether anything else shows people is for the coach to see. */
export const lookAtOtherStudies: LookAt<"other studies"> = async (sight, { files, samples }, { next }) => {
  const studies = await otherStudies(sight, files);
  if (studies.length === 0) {
    return { verdict: "not met", finding: "there is no study but those of the given shapes", next };
  }
  const [known, pictures] = await Promise.all([
    knownAmong(sight, samples),
    picturesOf(sight, sittersOf(studies), mostPictures),
  ]);
  const facts = [...known.facts, ...studies.map((study) => studyFact(sight, study))];
  const count = `${studies.length} ${studies.length === 1 ? "study" : "studies"} besides the shapes`;
  return known.same.length > 0
    ? {
        verdict: "met",
        finding: `${known.same.length} of the ${samples.length} samples: ${known.same.join(", ")}`,
        facts,
        pictures,
      }
    : {
        verdict: "ask",
        finding: `${count}, none of which is a sample of the challenge: do the pictures show people?`,
        facts,
        pictures,
        questions: [
          { question: "Do these pictures show people?", answer: "look at them: it is yours to say" },
        ],
      };
};

export const askAboutViewing: LookAt<"viewing"> = async (sight, { files }, { next }) => {
  const studies = await otherStudies(sight, files);
  const questions = studies.slice(0, 2).map(viewingQuestion);
  return questions.length === 0
    ? { verdict: "not met", finding: "there are no images of people to be seen", next }
    : { verdict: "ask", finding: "that a student has seen images leaves no trace", questions };
};

function viewingQuestion({ uid, modality, images }: Study): Question {
  const frames = images.reduce((sum, image) => sum + image.frames, 0);
  return {
    question: `How many pictures does the viewer show for the ${modality} study whose UID ends in ${uid.slice(-6)}?`,
    answer: `${frames} (${images.length} image(s), all frames counted)`,
  };
}

/** Which samples are there as they were handed out, and what became of the others. */
async function knownAmong(sight: Sight, samples: readonly Original[]) {
  const compared = await Promise.all(
    samples.map(async (sample) => {
      const identity = (await sight.find(sample)) ?? identityOf(sample);
      const response = await sight.service.get(instancePath(identity), accept.instance);
      return response.status === 200 ? compare(sample, response.body) : undefined;
    }),
  );
  const facts: Fact[] = samples.map(({ file }, index) => ({
    name: file,
    value: compared[index]?.words ?? "is not there",
  }));
  const same = samples.filter((_, index) => compared[index]?.likeness === "same").map(({ file }) => file);
  return { same, facts };
}

async function otherStudies(sight: Sight, files: readonly Original[]): Promise<readonly Study[]> {
  const given = new Set(files.map((file) => identityOf(file).studyInstanceUid));
  const found = await searched(sight.service, "/studies", { limit: mostStudies + given.size });
  const others = found.filter((study) => !given.has(text(study, "StudyInstanceUID") ?? ""));
  return Promise.all(others.slice(0, mostStudies).map((study) => readStudy(sight, study)));
}

async function readStudy(sight: Sight, study: Dataset): Promise<Study> {
  const uid = text(study, "StudyInstanceUID") ?? "";
  const [series, instances] = await Promise.all([
    searched(sight.service, `/studies/${uid}/series`, { limit: mostImages }),
    searched(sight.service, `/studies/${uid}/instances`, {
      limit: mostImages + 1,
      includefield: "NumberOfFrames",
    }),
  ]);
  const images = instances.slice(0, mostImages).map((instance) => imageOf(uid, instance));
  const [first] = images;
  const metadata = first && (await sight.service.metadata(first.identity)).dicomJson.datasets[0];
  return {
    uid,
    modality: text(series[0], "Modality") ?? text(metadata, "Modality") ?? "unknown",
    bodyPart: text(metadata, "BodyPartExamined") ?? "not said",
    patientName: text(study, "PatientName") ?? text(metadata, "PatientName") ?? "none",
    images: images.map((image, index) => (index === 0 ? { ...image, frames: framesOf(metadata) } : image)),
    isLonger: instances.length > mostImages,
  };
}

function imageOf(studyInstanceUid: string, instance: Dataset): Image {
  return {
    identity: {
      studyInstanceUid,
      seriesInstanceUid: text(instance, "SeriesInstanceUID") ?? "",
      sopInstanceUid: text(instance, "SOPInstanceUID") ?? "",
    },
    frames: framesOf(instance),
  };
}

/** At least one, and no more than anybody counts. */
function framesOf(dataset: Dataset | undefined): number {
  const frames = Number(text(dataset, "NumberOfFrames") ?? 1);
  return frames >= 1 ? Math.min(Math.floor(frames), mostFrames) : 1;
}

function studyFact({ options }: Sight, study: Study): Fact {
  const { uid, modality, bodyPart, patientName, images, isLonger } = study;
  const name = options.names ? `, patient ${excerpt(patientName, 64)}` : "";
  const frames = images.reduce((sum, image) => sum + image.frames, 0);
  const count = `${images.length}${isLonger ? " or more" : ""} image(s) of ${frames} frame(s)`;
  return {
    name: `study …${uid.slice(-6)}`,
    value: `${excerpt(modality, 16)}, body part ${excerpt(bodyPart, 16)}, ${count}${name}`,
  };
}

/** The first picture of every study, then one from the middle of each, then the last. */
function sittersOf(studies: readonly Study[]): readonly Sitter[] {
  const places = [0, 0.5, 1];
  return places
    .flatMap((place) => studies.flatMap((study) => sitterAt(study, place) ?? []))
    .filter((sitter, index, all) => all.findIndex((other) => other.caption === sitter.caption) === index)
    .slice(0, mostSitters);
}

/** @param place from 0, the first of all frames of all images, to 1, the last */
function sitterAt({ uid, modality, images }: Study, place: number): Sitter | undefined {
  const frames = images.flatMap(({ identity, frames: count }, image) =>
    Array.from({ length: count }, (_, frame) => ({ identity, image: image + 1, frame: frame + 1, count })),
  );
  const chosen = frames[Math.round(place * (frames.length - 1))];
  if (chosen === undefined) {
    return undefined;
  }
  const { identity, image, frame, count } = chosen;
  const caption = `${excerpt(modality, 16)} …${uid.slice(-6)}, image ${image}`;
  return count > 1
    ? { identity, frame, caption: `${caption}, frame ${frame} of ${count}` }
    : { identity, caption };
}
