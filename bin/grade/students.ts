import { readFile } from "node:fs/promises";
import type { Access } from "../../fixtures/client/credentials/access.ts";
import type { Endpoint } from "../../fixtures/client/endpoint.ts";
import type { Challenge } from "../../fixtures/grading/challenge.ts";
import { loadChallenge } from "../../fixtures/grading/load.ts";
import { readServiceUrl } from "../../fixtures/targets/configured.ts";
import { UsageError } from "../../fixtures/targets/usage-error.ts";
import { quoted } from "../../fixtures/wire/quote.ts";
import { reach } from "../access/access.ts";
import { type ClassRow, readClassRows, variableOf } from "./class-file.ts";
import type { GradeOptions } from "./command.ts";

/** Somebody whose service is looked at. */
export interface Student {
  readonly name: string;
  readonly endpoint: Endpoint;
  readonly access: Access;
  readonly challenge: Challenge;
}

/** Characters. */
const longestName = 80;

/** Those whom the flags name: one, or a class. @throws UsageError before anything is sent */
export async function studentsOf(options: GradeOptions): Promise<readonly Student[]> {
  if (options.class === undefined) {
    return [await oneStudent(options)];
  }
  if (options.url !== undefined || options.postmanEnvironment !== undefined) {
    throw new UsageError(
      "--class names the services itself: leave out --url and --postman-environment, and their variables.",
    );
  }
  const file = options.class;
  const rows = readClassRows(await textOf(file), file);
  return Promise.all(rows.map((row) => studentOf(row, file, options)));
}

async function oneStudent(options: GradeOptions): Promise<Student> {
  if (options.url === undefined && options.postmanEnvironment === undefined) {
    throw new UsageError(
      "Whose service? Give --postman-environment FILE, or its baseUrl with --url, or a whole class with --class FILE.",
    );
  }
  const challenge = await loadChallenge(options.challenge);
  const { endpoint, access } = serviceOf(options);
  return { name: endpoint.baseUrl, endpoint, access, challenge };
}

/** @throws UsageError that names the line */
async function studentOf(row: ClassRow, file: string, options: GradeOptions): Promise<Student> {
  const { line, name, challenge = options.challenge } = row;
  const place = `${file}, line ${line}`;
  try {
    const loaded = await loadChallenge(challenge);
    return {
      name: quoted(name, longestName),
      ...serviceOf(flagsOf(row, options), variablesOf(row)),
      challenge: loaded,
    };
  } catch (error) {
    throw error instanceof UsageError ? new UsageError(`${place}: ${error.message}`) : error;
  }
}

/** What a row says comes before what the flags say for all. */
function flagsOf(row: ClassRow, options: GradeOptions): GradeOptions {
  const { url, postmanEnvironment, token, tenantId, clientId, clientSecret } = row;
  if (url === undefined && postmanEnvironment === undefined) {
    throw new UsageError(`there is neither a url nor a postman-environment for ${row.name}.`);
  }
  if (clientSecret !== undefined && token !== undefined) {
    throw new UsageError("there are a token and a client-secret: leave one of them out.");
  }
  return {
    ...options,
    url,
    postmanEnvironment,
    token: token === undefined ? options.token : variableOf(token, "token"),
    tenantId: tenantId ?? options.tenantId,
    clientId: clientId ?? options.clientId,
  };
}

/** The environment as it is for one student. */
function variablesOf({ clientSecret }: ClassRow): NodeJS.ProcessEnv {
  return clientSecret === undefined
    ? process.env
    : { ...process.env, AZURE_CLIENT_SECRET: variableOf(clientSecret, "client-secret") };
}

/** @throws UsageError */
function serviceOf(flags: GradeOptions, variables = process.env): Pick<Student, "endpoint" | "access"> {
  const { url = "", access } = reach(flags, variables);
  return { endpoint: readServiceUrl(url, flags.apiVersion), access };
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw new UsageError(`The class file ${file} cannot be read: ${(error as Error).message}.`);
  }
}
