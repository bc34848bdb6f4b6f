import type { AttributeValue } from "../../fixtures/instances/instance.ts";

/** An attribute that can be searched for, a value that breaks its VR, and one that just fits. */
export type InvalidValue = readonly [keyword: string, invalid: AttributeValue, valid: AttributeValue];

/** The rules of PS3.5 6.2: v1 refuses these values, v2 stores them with a warning. */
export const invalidValues: Readonly<Record<string, InvalidValue>> = {
  "a Modality of 20 characters": ["Modality", "123456789ABCDEFGHIJK", "123456789ABCDEFG"],
  "a StudyDate of letters": ["StudyDate", "NotAValidStudyDate", "20200229"],
  "a PatientBirthDate with dots": ["PatientBirthDate", "2020.01.01", "20200101"],
  "a procedure step that starts in a 13th month": ["PerformedProcedureStepStartDate", "20201301", "20201201"],
  "a PatientName of 65 characters": ["PatientName", "X".repeat(65), "X".repeat(64)],
  "a PatientName of four groups": ["PatientName", "A=B=C=D", "A=B=C"],
  "a PatientName of six components": ["PatientName", "A^B^C^D^E^F", "A^B^C^D^E"],
  "a line feed in ReferringPhysicianName": ["ReferringPhysicianName", "Refer\nring", "Referring"],
  "an AccessionNumber of 17 characters": ["AccessionNumber", "X".repeat(17), "X".repeat(16)],
  "a StudyDescription of 65 characters": ["StudyDescription", "X".repeat(65), "X".repeat(64)],
  "a ManufacturerModelName of 65 characters": ["ManufacturerModelName", "X".repeat(65), "X".repeat(64)],
};

/** One or two NULs behind a text, so that no blank is needed behind them. */
export function paddedWithNuls(text: string): string {
  return text.padEnd(text.length + 2 - (text.length % 2), "\0");
}
