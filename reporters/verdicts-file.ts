import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { UsageError } from "../fixtures/targets/usage-error.ts";
import { type Verdict, verdicts } from "../suites/engine/result.ts";

/** One requirement in one version, as a verdicts.json tells of it. */
export interface JudgedRequirement {
  readonly id: string;
  /** null for a server without versions. */
  readonly api: string | null;
  readonly title: string;
  readonly suite: string;
  readonly verdict: Verdict;
  readonly reason: string | null;
  readonly durationMilliseconds: number;
}

/** A verdicts.json, as far as it is read again. */
export interface VerdictsFile {
  readonly suite: { readonly version: string };
  readonly target: { readonly name: string; readonly profile: string };
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly durationMilliseconds: number;
  readonly outcome: string;
  readonly verdicts: readonly JudgedRequirement[];
}

/** Of verdicts.schema.json. */
const schema = 1;

/**
 * Reads what an earlier run wrote.
 * @param path a verdicts.json, or the report folder that it is in
 * @throws UsageError that says why it is none
 */
export async function readVerdictsFile(path: string): Promise<VerdictsFile> {
  const file = await stat(path).then(
    (found) => (found.isDirectory() ? join(path, "verdicts.json") : path),
    () => path,
  );
  const text = await readFile(file, "utf8").catch((error: Error) => {
    throw new UsageError(`The verdicts cannot be read: ${error.message}.`);
  });
  const content = parsed(text);
  if (isObject(content) && typeof content.schema === "number" && content.schema !== schema) {
    throw new UsageError(
      `${file} has schema ${content.schema}, and this version reads ${schema}: judge again with one version for all.`,
    );
  }
  if (!isVerdictsFile(content)) {
    throw new UsageError(
      `${file} is no verdicts.json of this suite: take one from the report folder of a run.`,
    );
  }
  return content;
}

function isVerdictsFile(value: unknown): value is VerdictsFile {
  return (
    isObject(value) &&
    value.schema === schema &&
    isObject(value.suite) &&
    hasTexts(value.suite, "version") &&
    isObject(value.target) &&
    hasTexts(value.target, "name", "profile") &&
    hasTexts(value, "startedAt", "outcome") &&
    typeof value.durationMilliseconds === "number" &&
    Array.isArray(value.verdicts) &&
    value.verdicts.every(isJudgedRequirement)
  );
}

function isJudgedRequirement(value: unknown): value is JudgedRequirement {
  return (
    isObject(value) &&
    hasTexts(value, "id", "title", "suite") &&
    (value.api === null || typeof value.api === "string") &&
    (value.reason === null || typeof value.reason === "string") &&
    verdicts.some((verdict) => verdict === value.verdict) &&
    typeof value.durationMilliseconds === "number"
  );
}

function hasTexts(value: Record<string, unknown>, ...names: readonly string[]): boolean {
  return names.every((name) => typeof value[name] === "string");
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
