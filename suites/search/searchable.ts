import type { Attributes } from "../words.ts";
import type { SearchResourceName } from "./search-resources.ts";

/**
 * The searchable attributes beside the UIDs, each with a value and another one; no value needs an escape. Another
 * server may keep one name of a patient for all of the studies.
 */
export const searchable = [
  { keyword: "StudyDate", value: "20200229", other: "20200301", onlyAzure: false },
  { keyword: "AccessionNumber", value: "ACC1", other: "ACC2", onlyAzure: false },
  { keyword: "ModalitiesInStudy", value: "MR", other: "CT", onlyAzure: true },
  { keyword: "ReferringPhysicianName", value: "Rita", other: "Rob", onlyAzure: false },
  { keyword: "StudyDescription", value: "Head", other: "Hand", onlyAzure: true },
  { keyword: "PatientName", value: "Ada", other: "Bea", onlyAzure: true },
  { keyword: "PatientBirthDate", value: "19890215", other: "19890216", onlyAzure: true },
  { keyword: "Modality", value: "MR", other: "CT", onlyAzure: true },
  { keyword: "ManufacturerModelName", value: "ModelA", other: "ModelB", onlyAzure: true },
  {
    keyword: "PerformedProcedureStepStartDate",
    value: "20200229",
    other: "20200301",
    onlyAzure: false,
  },
] as const;

/** Modalities In Study is not stored but follows from Modality. */
export function attributesWith(choice: "value" | "other"): Attributes {
  const stored = searchable.filter(({ keyword }) => keyword !== "ModalitiesInStudy");
  return Object.fromEntries(stored.map((attribute) => [attribute.keyword, attribute[choice]]));
}

const ofStudy = [
  "StudyInstanceUID",
  "PatientName",
  "PatientID",
  "PatientBirthDate",
  "AccessionNumber",
  "ReferringPhysicianName",
  "StudyDate",
  "StudyDescription",
  "ModalitiesInStudy",
];
const ofSeries = [
  "SeriesInstanceUID",
  "Modality",
  "PerformedProcedureStepStartDate",
  "ManufacturerModelName",
];
const everything = [...ofStudy, ...ofSeries, "SOPInstanceUID"];

/** By resource, the attributes that it can be searched by (conformance statements, Searchable Attributes). */
export const searchableAt: Readonly<Record<string, readonly string[]>> = {
  studies: ofStudy,
  series: [...ofStudy, ...ofSeries],
  instances: everything,
  "series of a study": ofSeries,
  "instances of a study": [...ofSeries, "SOPInstanceUID"],
  "instances of a series": ["SOPInstanceUID"],
} satisfies Record<SearchResourceName, readonly string[]>;

/** What a resource cannot be searched by, although others can. */
export function excludedFrom(resource: string): string[] {
  return everything.filter((keyword) => !searchableAt[resource]?.includes(keyword));
}
