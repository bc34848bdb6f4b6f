import type { Instance, Scenario } from "../words.ts";
import { type Finding, givenFound, type SearchResourceName, searchResourcesOf } from "./search-resources.ts";

/** All matches of one search, to be read page by page. */
export interface Paged extends Finding {
  readonly isOptional: boolean;
}

/**
 * Stores seven studies of one patient, with seven series in the first of them and seven instances in the first of those:
 * enough for pages of three of which the last is shorter.
 * @returns for each search resource, a search that finds all of its own
 */
export async function givenSevenOfEach({
  service,
  instances,
}: Pick<Scenario, "service" | "instances">): Promise<Readonly<Record<SearchResourceName, Paged>>> {
  const PatientID = instances.patientId();
  const first = instances.minimal({ PatientID });
  const StudyInstanceUID = first.studyInstanceUid;
  const studies = [first, ...six(() => instances.minimal({ PatientID }))];
  const series = [first, ...six(() => instances.minimal({ PatientID, StudyInstanceUID }))];
  const images = [first, ...six(() => instances.with(first, { SOPInstanceUID: instances.uid() }))];
  const below = [...images, ...series.slice(1)];

  const at = searchResourcesOf(first);
  const ofStudy = { StudyInstanceUID };
  const ofSeries = { SeriesInstanceUID: first.seriesInstanceUid };
  const all = {
    studies: { ...at.studies, filters: { PatientID }, uids: studies.map(studyOf) },
    series: { ...at.series, filters: ofStudy, uids: series.map(seriesOf) },
    instances: { ...at.instances, filters: ofSeries, uids: images.map(instanceOf) },
    "series of a study": { ...at["series of a study"], filters: {}, uids: series.map(seriesOf) },
    "instances of a study": { ...at["instances of a study"], filters: {}, uids: below.map(instanceOf) },
    "instances of a series": { ...at["instances of a series"], filters: {}, uids: images.map(instanceOf) },
  };
  await givenFound(service, all.studies, [...studies, ...below.slice(1)]);
  return all;
}

const studyOf = ({ studyInstanceUid }: Instance) => studyInstanceUid;
const seriesOf = ({ seriesInstanceUid }: Instance) => seriesInstanceUid;
const instanceOf = ({ sopInstanceUid }: Instance) => sopInstanceUid;

function six<T>(make: () => T): T[] {
  return Array.from({ length: 6 }, make);
}
