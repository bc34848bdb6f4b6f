import { CsvError, type Info, parse } from "csv-parse/sync";
import { UsageError } from "../../fixtures/targets/usage-error.ts";
import { excerpt } from "../../fixtures/wire/quote.ts";

/** A student as a row of the class file names one; values are trimmed, and absent where empty. */
export interface ClassRow {
  readonly line: number;
  readonly name: string;
  /** baseUrl; absent where the Postman environment says it. */
  readonly url?: string;
  /** File. */
  readonly postmanEnvironment?: string;
  /** Name of the environment variable that holds the bearer token. */
  readonly token?: string;
  readonly tenantId?: string;
  readonly clientId?: string;
  /** Name of the environment variable that holds the client's secret. */
  readonly clientSecret?: string;
  readonly challenge?: string;
}

const columns = [
  ...(["name", "url", "postman-environment", "token", "tenant-id", "client-id", "client-secret"] as const),
  "challenge",
] as const;
type Column = (typeof columns)[number];

/** A person may write "Postman environment" for a column. */
const normal = (name: string) =>
  name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_]+/g, "-");

/**
 * Reads a class of students: CSV (RFC 4180) with a row of column names at its head.
 * @param file for the sentence about what is wrong, which names the line
 * @throws UsageError
 */
export function readClassRows(text: string, file: string): readonly ClassRow[] {
  const records = recordsOf(text, file);
  const [head, ...rows] = records;
  const names = head?.record.map(normal) ?? [];
  requireColumns(names, file);
  if (rows.length === 0) {
    throw new UsageError(`${file} names no student: each line behind the first is one.`);
  }
  const students = rows.map(({ record, info }) => rowOf(names, record, info.lines, file));
  requireDifferentNames(students, file);
  return students;
}

interface Line {
  readonly record: readonly string[];
  readonly info: Info;
}

function recordsOf(text: string, file: string): readonly Line[] {
  try {
    const options = { bom: true, info: true, skip_empty_lines: true, relax_column_count: true } as const;
    return parse(text, options) as unknown as Line[];
  } catch (error) {
    if (error instanceof CsvError) {
      throw new UsageError(
        `${file}, line ${error.lines}: this is no CSV (${error.code}): is a quote left open?`,
      );
    }
    throw error;
  }
}

/** @throws UsageError */
function requireColumns(names: readonly string[], file: string): void {
  const there = `There are: ${columns.join(", ")}.`;
  if (!names.includes("name")) {
    throw new UsageError(`${file}, line 1: there is no column "name". ${there}`);
  }
  if (!names.includes("url") && !names.includes("postman-environment")) {
    throw new UsageError(
      `${file}, line 1: there is neither a column "url" nor "postman-environment", by which services are found. ${there}`,
    );
  }
  for (const [index, name] of names.entries()) {
    if (!columns.some((column) => column === name)) {
      throw new UsageError(`${file}, line 1: "${excerpt(name, 40)}" is no column that is known. ${there}`);
    }
    if (names.indexOf(name) < index) {
      throw new UsageError(`${file}, line 1: the column "${name}" is there twice.`);
    }
  }
}

function rowOf(names: readonly string[], record: readonly string[], line: number, file: string): ClassRow {
  if (record.length !== names.length) {
    throw new UsageError(
      `${file}, line ${line}: ${record.length} values for ${names.length} columns; one with a comma in it goes into quotes.`,
    );
  }
  const valueIn = (column: Column) => record[names.indexOf(column)]?.trim() || undefined;
  const name = valueIn("name");
  if (name === undefined) {
    throw new UsageError(`${file}, line ${line}: there is no name.`);
  }
  return {
    line,
    name,
    url: valueIn("url"),
    postmanEnvironment: valueIn("postman-environment"),
    token: valueIn("token"),
    tenantId: valueIn("tenant-id"),
    clientId: valueIn("client-id"),
    clientSecret: valueIn("client-secret"),
    challenge: valueIn("challenge"),
  };
}

/** @throws UsageError */
function requireDifferentNames(students: readonly ClassRow[], file: string): void {
  const seen = new Map<string, number>();
  for (const { name, line } of students) {
    const before = seen.get(name);
    if (before !== undefined) {
      throw new UsageError(
        `${file}, line ${line}: the name "${excerpt(name, 60)}" stands in line ${before} already.`,
      );
    }
    seen.set(name, line);
  }
}

/** What an environment variable may be called: anything else may be the secret itself, and is not repeated. */
const variableName = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/;

/**
 * The value of an environment variable that a row refers to.
 * @throws UsageError
 */
export function variableOf(name: string, column: string): string {
  if (!variableName.test(name)) {
    throw new UsageError(
      `${column} is the name of an environment variable, such as TOKEN_ADA, and never the secret itself.`,
    );
  }
  const value = process.env[name]?.trim();
  if (!value) {
    throw new UsageError(`the environment variable ${name}, which ${column} names, is not set.`);
  }
  return value;
}
