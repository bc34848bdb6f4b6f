import { existsSync } from "node:fs";
import { readFile, rename, writeFile } from "node:fs/promises";
import { UsageError } from "../fixtures/targets/usage-error.ts";
import { type Baseline, isAboutSame, type KnownDeviation, knowable, nameOf } from "./baseline.ts";

export const emptyBaseline: Baseline = { known: [] };

/**
 * Reads a baseline file.
 * @param ids of all requirements
 * @throws UsageError that says what is wrong in it
 */
export async function loadBaseline(path: string, ids: readonly string[]): Promise<Baseline> {
  const text = await readFile(path, "utf8").catch((error: Error) => {
    throw new UsageError(`The baseline cannot be read: ${error.message}.`);
  });
  try {
    return readBaseline(text, ids);
  } catch (error) {
    throw new UsageError(`The baseline ${path} ${(error as Error).message}.`);
  }
}

/** As {@link loadBaseline}, and empty where there is no such file yet. */
export async function loadBaselineIfThere(path: string, ids: readonly string[]): Promise<Baseline> {
  return existsSync(path) ? loadBaseline(path, ids) : emptyBaseline;
}

/** Writes a baseline file, whole or not at all. */
export async function saveBaseline(path: string, baseline: Baseline): Promise<void> {
  const unfinished = `${path}.unfinished`;
  await writeFile(unfinished, `${JSON.stringify(baseline, undefined, 2)}\n`);
  await rename(unfinished, path);
}

/** @throws Error whose message is the rest of a sentence that begins with the file's name */
export function readBaseline(text: string, ids: readonly string[]): Baseline {
  const { known, target } = membersOf(parsed(text));
  if (!Array.isArray(known)) {
    throw new Error('has no list "known" of deviations such as { "id": "STORE-001", "verdict": "violates" }');
  }
  const deviations = known.map(readDeviation);
  const unheardOf = deviations.filter(({ id }) => !ids.includes(id)).map(nameOf);
  if (unheardOf.length > 0) {
    throw new Error(
      `names ${unheardOf.join(", ")}, which no requirement is called: remove what is not there any more`,
    );
  }
  for (const [index, one] of deviations.entries()) {
    const other = deviations.slice(0, index).find((earlier) => isAboutSame(earlier, one));
    if (other !== undefined) {
      throw new Error(
        `names ${nameOf(other)} and then ${nameOf(one)}, which contradict each other: remove one`,
      );
    }
  }
  return { target: typeof target === "string" ? target : undefined, known: deviations };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`is no JSON: ${(error as Error).message}`);
  }
}

function membersOf(value: unknown): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Error("does not hold a JSON object");
  }
  return { ...value };
}

function readDeviation(value: unknown, index: number): KnownDeviation {
  const members = membersOf(value);
  const { id, api, verdict, reason, sometimes } = members;
  const where = `entry ${index + 1} of "known"`;
  if (typeof id !== "string" || id === "") {
    throw new Error(`has no "id" in ${where}`);
  }
  if (!knowable.some((known) => known === verdict)) {
    throw new Error(`says in ${where} (${id}) no "verdict" that can be known: ${knowable.join(", ")}`);
  }
  if (api !== undefined && api !== "v1" && api !== "v2") {
    throw new Error(`says in ${where} (${id}) no "api" that exists: v1 or v2, or none for all`);
  }
  for (const [name, text] of Object.entries({ reason, sometimes })) {
    if (text !== undefined && (typeof text !== "string" || text.trim() === "")) {
      throw new Error(`has an empty "${name}" in ${where} (${id}): write why, or leave it out`);
    }
  }
  return members as unknown as KnownDeviation;
}
