import type { Instance, Instances } from "../words.ts";

/** A study of two series, the first of two instances, and an instance of another study. */
export interface StudyOfTwoSeries {
  readonly all: readonly Instance[];
  readonly firstSeries: readonly [Instance, Instance];
  /** The only instance of the second series. */
  readonly sibling: Instance;
  readonly stranger: Instance;
}

export function studyOfTwoSeries(instances: Instances): StudyOfTwoSeries {
  const study = { StudyInstanceUID: instances.uid() };
  const series = { ...study, SeriesInstanceUID: instances.uid() };
  const firstSeries = [instances.minimal(series), instances.minimal(series)] as const;
  const sibling = instances.minimal(study);
  return { all: [...firstSeries, sibling], firstSeries, sibling, stranger: instances.minimal() };
}
