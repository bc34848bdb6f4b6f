import type { ApiVersion } from "../../fixtures/client/endpoint.ts";
import type { ResourceLevel } from "../words.ts";

/** What a match shows unasked: tags by keyword (conformance statements v1 and v2, Search Response). */
export const defaultAttributes: Readonly<
  Record<ApiVersion, Readonly<Record<ResourceLevel, Readonly<Record<string, string>>>>>
> = {
  v1: {
    study: {
      SpecificCharacterSet: "00080005",
      StudyDate: "00080020",
      StudyTime: "00080030",
      AccessionNumber: "00080050",
      InstanceAvailability: "00080056",
      ReferringPhysicianName: "00080090",
      TimezoneOffsetFromUTC: "00080201",
      PatientName: "00100010",
      PatientID: "00100020",
      PatientBirthDate: "00100030",
      PatientSex: "00100040",
      StudyInstanceUID: "0020000D",
      StudyID: "00200010",
    },
    series: {
      SpecificCharacterSet: "00080005",
      Modality: "00080060",
      TimezoneOffsetFromUTC: "00080201",
      SeriesDescription: "0008103E",
      SeriesInstanceUID: "0020000E",
      PerformedProcedureStepStartDate: "00400244",
      PerformedProcedureStepStartTime: "00400245",
      RequestAttributesSequence: "00400275",
    },
    instance: {
      SpecificCharacterSet: "00080005",
      SOPClassUID: "00080016",
      SOPInstanceUID: "00080018",
      InstanceAvailability: "00080056",
      TimezoneOffsetFromUTC: "00080201",
      InstanceNumber: "00200013",
      NumberOfFrames: "00280008",
      Rows: "00280010",
      Columns: "00280011",
      BitsAllocated: "00280100",
    },
  },
  v2: {
    study: {
      StudyDate: "00080020",
      AccessionNumber: "00080050",
      ReferringPhysicianName: "00080090",
      StudyDescription: "00081030",
      PatientName: "00100010",
      PatientID: "00100020",
      PatientBirthDate: "00100030",
      StudyInstanceUID: "0020000D",
    },
    series: {
      Modality: "00080060",
      ManufacturerModelName: "00081090",
      SeriesInstanceUID: "0020000E",
      PerformedProcedureStepStartDate: "00400244",
    },
    instance: { SOPInstanceUID: "00080018" },
  },
};
