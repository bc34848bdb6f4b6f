import { type Instance, type Instances, instancePath, seriesPath, studyPath } from "../words.ts";
import type { StudyOfTwoSeries } from "./study-of-two-series.ts";

/** An instance, and the series and the study that it is in. */
export function pathsOf(instance: Instance) {
  return { study: studyPath(instance), series: seriesPath(instance), instance: instancePath(instance) };
}

/** Where nothing is, though most of each path leads somewhere. */
export function pathsToNothing(study: StudyOfTwoSeries, instances: Instances) {
  const [known] = study.firstSeries;
  const { seriesInstanceUid } = study.sibling;
  const { stranger } = study;
  return {
    "an unknown study": studyPath({ studyInstanceUid: instances.uid() }),
    "an unknown series": seriesPath({ ...known, seriesInstanceUid: instances.uid() }),
    "a series of another study": seriesPath({ ...known, seriesInstanceUid: stranger.seriesInstanceUid }),
    "an unknown instance": instancePath({ ...known, sopInstanceUid: instances.uid() }),
    "an instance below another series": instancePath({ ...known, seriesInstanceUid }),
    "an instance below another study": instancePath({
      ...known,
      studyInstanceUid: stranger.studyInstanceUid,
    }),
    "an instance below an unknown study": instancePath({ ...known, studyInstanceUid: instances.uid() }),
  };
}
