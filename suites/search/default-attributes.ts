import type { ApiVersion } from "../../fixtures/client/endpoint.ts";
import type { ResourceLevel } from "../words.ts";

/** What a match shows unasked (conformance statements v1 and v2, Search Response). */
export const defaultAttributes: Readonly<
  Record<ApiVersion, Readonly<Record<ResourceLevel, readonly string[]>>>
> = {
  v1: {
    study: [
      "SpecificCharacterSet",
      "StudyDate",
      "StudyTime",
      "AccessionNumber",
      "InstanceAvailability",
      "ReferringPhysicianName",
      "TimezoneOffsetFromUTC",
      "PatientName",
      "PatientID",
      "PatientBirthDate",
      "PatientSex",
      "StudyInstanceUID",
      "StudyID",
    ],
    series: [
      "SpecificCharacterSet",
      "Modality",
      "TimezoneOffsetFromUTC",
      "SeriesDescription",
      "SeriesInstanceUID",
      "PerformedProcedureStepStartDate",
      "PerformedProcedureStepStartTime",
      "RequestAttributesSequence",
    ],
    instance: [
      "SpecificCharacterSet",
      "SOPClassUID",
      "SOPInstanceUID",
      "InstanceAvailability",
      "TimezoneOffsetFromUTC",
      "InstanceNumber",
      "NumberOfFrames",
      "Rows",
      "Columns",
      "BitsAllocated",
    ],
  },
  v2: {
    study: [
      "StudyDate",
      "AccessionNumber",
      "ReferringPhysicianName",
      "StudyDescription",
      "PatientName",
      "PatientID",
      "PatientBirthDate",
      "StudyInstanceUID",
    ],
    series: ["Modality", "ManufacturerModelName", "SeriesInstanceUID", "PerformedProcedureStepStartDate"],
    instance: ["SOPInstanceUID"],
  },
};

/** What `includefield=all` adds to the defaults of v1, in both versions. */
const additionalAttributes: Readonly<Record<ResourceLevel, readonly string[]>> = {
  study: [
    "StudyDescription",
    "AnatomicRegionsInStudyCodeSequence",
    "ProcedureCodeSequence",
    "NameOfPhysiciansReadingStudy",
    "AdmittingDiagnosesDescription",
    "ReferencedStudySequence",
    "PatientAge",
    "PatientSize",
    "PatientWeight",
    "Occupation",
    "AdditionalPatientHistory",
  ],
  series: ["SeriesNumber", "Laterality", "SeriesDate", "SeriesTime"],
  instance: [],
};

/** What a match shows of a level with `includefield=all`. */
export function allAttributes(level: ResourceLevel): readonly string[] {
  return [...defaultAttributes.v1[level], ...additionalAttributes[level]];
}
