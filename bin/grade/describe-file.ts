import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { describeFile } from "../../fixtures/grading/original.ts";
import { UsageError } from "../../fixtures/targets/usage-error.ts";

/** What a coach puts into a challenge of their own: the facts of a DICOM file, as TypeScript reads them. @throws UsageError */
export async function describeDicomFile(file: string): Promise<string> {
  try {
    return JSON.stringify(describeFile(basename(file), await readFile(file)), undefined, 2);
  } catch (error) {
    throw new UsageError(`The file ${file} cannot be described: ${(error as Error).message}.`);
  }
}
