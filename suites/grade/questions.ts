import { instancePath, studyPath } from "../../fixtures/client/resources.ts";
import { identityOf, type Original, spokenNameOf } from "../../fixtures/grading/original.ts";
import { text } from "../../fixtures/wire/dicom-json.ts";
import { historyOf } from "./feed.ts";
import type { Finding, Question } from "./grade.ts";
import { type LookAt, required, type Sight, searched } from "./sight.ts";

const studyUid = "StudyInstanceUID";

/** Reading leaves no trace: whoever has read it knows what the service answers. */
export const askAboutSearch: LookAt<"search"> = (sight, { files }, { next }) =>
  asked(sight, files, next, "that a student has searched leaves no trace", async ([file]) => {
    const { studyInstanceUid } = (await sight.find(file)) ?? identityOf(file);
    const [instances, series] = await Promise.all(
      ["instances", "series"].map((level) =>
        searched(sight.service, `/studies/${studyInstanceUid}/${level}`, { limit: 100 }),
      ),
    );
    const study = `the study of ${spokenNameOf(file)} (${studyUid} ends in ${studyInstanceUid.slice(-6)})`;
    return [
      {
        question: `How many series does a search within ${study} find?`,
        answer: String(series?.length ?? 0),
      },
      { question: "And how many instances?", answer: String(instances?.length ?? 0) },
    ];
  });

export const askAboutRetrieve: LookAt<"retrieve"> = (sight, { files }, { next }) =>
  asked(sight, files, next, "that a student has retrieved leaves no trace", async (there) => {
    const file = there.at(-1) ?? there[0];
    const identity = (await sight.find(file)) ?? identityOf(file);
    const [metadata] = required(await sight.service.metadata(identity)).dicomJson.datasets;
    const path = instancePath(identity).slice(studyPath(identity).length);
    return ["SeriesNumber", "Rows"].map((keyword) => ({
      question: `Which ${keyword} stands in the metadata of ${spokenNameOf(file)} (instance …${path.slice(-6)})?`,
      answer: text(metadata, keyword) ?? "none",
    }));
  });

export const askAboutChangeFeed: LookAt<"change feed"> = async (sight, { files }, { next }) => {
  const feed = await sight.feed();
  const changed = files.filter((file) => feed.of(identityOf(file)).length > 0);
  const file = changed.at(-1);
  const { latest } = feed;
  if (file === undefined || latest === undefined) {
    return nothingYet(files, next);
  }
  const changes = feed.of(identityOf(file));
  const [sequence, ...more] = changes.map((change) => change.sequence);
  const questions: Question[] = [
    {
      question: `Which sequence number has your ${spokenNameOf(file)} in the change feed?`,
      answer: more.length === 0 ? String(sequence) : `${[sequence, ...more].join(", ")}: one for each change`,
    },
    {
      question: "Which sequence number does GET /changefeed/latest show?",
      answer: `${latest.sequence}, unless something has changed since`,
    },
  ];
  return {
    verdict: "ask",
    finding: "that a student has read the change feed leaves no trace",
    questions,
    facts: [
      {
        name: "entries",
        value: `${feed.changes.length}${feed.isWhole ? "" : ", and more that were not read"}`,
      },
      ...changed.flatMap((each) =>
        historyOf(feed.of(identityOf(each))).map((value) => ({ name: spokenNameOf(each), value })),
      ),
    ],
  };
};

/** Questions about what is there; nobody is asked about images that were never stored. */
async function asked(
  sight: Sight,
  files: readonly Original[],
  next: string,
  finding: string,
  questionsOf: (there: readonly [Original, ...Original[]]) => Promise<readonly Question[]>,
): Promise<Finding> {
  const [first, ...rest] = await sight.foundAmong(files);
  if (first !== undefined) {
    return { verdict: "ask", finding, questions: await questionsOf([first, ...rest]) };
  }
  return (await sight.hasTraceOf(files))
    ? {
        verdict: "ask",
        finding: `${finding}, and the images have been deleted since`,
        questions: [
          {
            question: "What does the service answer to a search for the study now?",
            answer: "nothing is found: 204, or an empty list",
          },
        ],
      }
    : nothingYet(files, next);
}

function nothingYet(files: readonly Original[], next: string): Finding {
  return {
    verdict: "not met",
    finding: `none of the ${files.length} files was ever there to be found`,
    next,
  };
}
