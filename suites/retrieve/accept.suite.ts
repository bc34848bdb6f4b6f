import { rleLossless } from "../../fixtures/codecs/transfer-syntaxes.ts";
import { compress } from "../../fixtures/instances/compress.ts";
import {
  type AnswerTolerance,
  checkRows,
  expect,
  must,
  ps3_18,
  seriesPath,
  statement,
  studyPath,
} from "../words.ts";

const takenForSinglePart: AnswerTolerance = {
  status: 406,
  profile: "azure",
  ends: "warned",
  because:
    "Microsoft's code takes */* for single part, which a study or series has not; its documents list it",
};

must(
  "RETRIEVE-019",
  {
    title: "a client that takes anything gets a study or series as it was stored, in parts",
    request: "Retrieve-all-instances-within-a-study",
    profile: "dicomweb",
    clause: [ps3_18("8.7.8.1"), statement("Retrieve instances within Study or Series")],
  },
  async ({ service, instances }) => {
    const series = { StudyInstanceUID: instances.uid(), SeriesInstanceUID: instances.uid() };
    // Not in the transfer syntax that one left out would stand for.
    const { attributes: inRle } = await compress(instances.image(), rleLossless);
    const several = [instances.minimal(series), instances.image({}, { ...inRle, ...series })] as const;
    const single = instances.image({}, inRle);
    await service.given.stored(...several, single);

    const resources = {
      "a study of several": { path: studyPath(several[0]), all: several },
      "a series of several": { path: seriesPath(several[0]), all: several },
      "a study of one": { path: studyPath(single), all: [single] },
      "a series of one": { path: seriesPath(single), all: [single] },
    };
    await checkRows(resources, async ({ path, all }) => {
      const response = await service.retrieve(path, "*/*");
      expect(response).toAnswer({
        status: 200,
        mediaType: "multipart/related",
        tolerate: [takenForSinglePart],
      });
      expect(response).toDeliver(all);
    });
  },
);
