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
