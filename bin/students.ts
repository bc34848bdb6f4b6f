import { readFile } from "node:fs/promises";
import { type Access, anonymousAccess } from "../fixtures/client/credentials/access.ts";
import type { Endpoint } from "../fixtures/client/endpoint.ts";
import type { Challenge } from "../fixtures/grading/challenge.ts";
import { loadChallenge } from "../fixtures/grading/load.ts";
import { readServiceUrl } from "../fixtures/targets/configured.ts";
import { UsageError } from "../fixtures/targets/usage-error.ts";
import { accessOf } from "./access.ts";
import { type ClassRow, readClassRows, variableOf } from "./class-file.ts";
import type { GradeOptions } from "./options.ts";

/** Somebody whose service is looked at. */
export interface Student {
  readonly name: string;
  readonly endpoint: Endpoint;
  readonly access: Access;
  readonly challenge: Challenge;
}

/** Those whom the flags name: one, or a class. @throws UsageError before anything is sent */
export async function studentsOf(options: GradeOptions): Promise<readonly Student[]> {
  if (options.class === undefined) {
    return [await oneStudent(options)];
  }
  if (options.url !== undefined) {
    throw new UsageError("--class names the services itself: leave --url out, and DICOM_BASE_URL.");
  }
  const file = options.class;
  const rows = readClassRows(await textOf(file), file);
  return Promise.all(rows.map((row) => studentOf(row, file, options)));
}

async function oneStudent(options: GradeOptions): Promise<Student> {
  if (options.url === undefined) {
    throw new UsageError("Whose service? Give its baseUrl with --url, or a whole class with --class FILE.");
  }
  const endpoint = readServiceUrl(options.url);
  const challenge = await loadChallenge(options.challenge);
  return { name: endpoint.baseUrl, endpoint, access: accessOf(options), challenge };
}

async function studentOf(row: ClassRow, file: string, options: GradeOptions): Promise<Student> {
  const { line, name, url, token, challenge = options.challenge } = row;
  const place = `${file}, line ${line}`;
  if (url === undefined) {
    throw new UsageError(`${place}: there is no url for ${name}.`);
  }
  const access =
    token === undefined
      ? accessOf(options)
      : {
          ...anonymousAccess,
          credential: { kind: "bearer", token: variableOf(token, "token", place) } as const,
        };
  try {
    return { name, endpoint: readServiceUrl(url), access, challenge: await loadChallenge(challenge) };
  } catch (error) {
    throw error instanceof UsageError ? new UsageError(`${place}: ${error.message}`) : error;
  }
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw new UsageError(`The class file ${file} cannot be read: ${(error as Error).message}.`);
  }
}
