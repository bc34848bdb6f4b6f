import { writeFile } from "node:fs/promises";
import { UsageError } from "../../fixtures/targets/usage-error.ts";
import { durationsTable, loadDurations } from "./durations.ts";

/** Writes the table by which a run is split, from the verdicts.json of a whole run. */
async function writeDurations(file: string | undefined): Promise<void> {
  if (file === undefined) {
    throw new UsageError("Name the verdicts.json of a whole run: npm run durations -- report/verdicts.json");
  }
  const durations = await loadDurations(file);
  await writeFile(durationsTable, `${JSON.stringify(durations, undefined, 2)}\n`);
  console.log(`${Object.keys(durations).length} requirements`);
}

await writeDurations(process.argv[2]).catch((error: unknown) => {
  console.error(error instanceof UsageError ? error.message : error);
  process.exitCode = 2;
});
