import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { UsageError } from "../../fixtures/targets/usage-error.ts";
import type { GradeOptions } from "./command.ts";
import { studentsOf } from "./students.ts";

const nobody = "http://127.0.0.1:9/v2";
const secret = "a-very-secret-token-0123456789";
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "students-"));
});

afterAll(() => rm(folder, { recursive: true }));

/** The flags of a class, as they are where nothing else is said. */
function flags(file: string | undefined, changes: Partial<GradeOptions> = {}): GradeOptions {
  const access = { header: [], insecure: false };
  const shown = { names: false, pictures: true, tryWrite: false };
  return {
    ...access,
    ...shown,
    challenge: "challenge-7",
    timeout: 1,
    reportDir: folder,
    class: file,
    ...changes,
  };
}

async function studentsIn(lines: readonly string[]) {
  const file = join(folder, "class.csv");
  await writeFile(file, lines.join("\r\n"));
  return studentsOf(flags(file));
}

test("a row says who, where, how to get in, and what for; the flags say the rest", async () => {
  process.env.GRADE_TEST_TOKEN = secret;
  process.env.GRADE_TEST_SECRET = `${secret}-of-bo`;
  const postman = join(folder, "bo.json");
  const values = [
    { key: "baseUrl", value: "https://bo.example/v1" },
    { key: "tenantId", value: "tenant" },
    { key: "clientId", value: "client" },
  ];
  await writeFile(postman, JSON.stringify({ values }));
  const students = await studentsIn([
    "\ufeffName,URL,Postman environment,token,client_secret,challenge",
    `"Lovelace, ""Ada""",http://127.0.0.1:9/v1/,,GRADE_TEST_TOKEN,,lab-13`,
    `Bo,,${postman},,GRADE_TEST_SECRET,`,
  ]);
  expect(students).toMatchObject([
    {
      name: 'Lovelace, "Ada"',
      endpoint: { baseUrl: "http://127.0.0.1:9/v1", api: "v1" },
      access: { credential: { kind: "bearer", token: secret } },
      challenge: { name: "lab-13" },
    },
    {
      name: "Bo",
      endpoint: { baseUrl: "https://bo.example/v1", api: "v1" },
      access: {
        credential: {
          kind: "client-secret",
          tenantId: "tenant",
          clientId: "client",
          clientSecret: `${secret}-of-bo`,
        },
      },
      challenge: { name: "challenge-7" },
    },
  ]);
});

describe("a class file that is broken gets one sentence", () => {
  const rows: readonly [what: string, lines: readonly string[], sentence: RegExp][] = [
    ["no column for the name", ["student,url"], /line 1: there is no column "name"/],
    ["no column for the service", ["name,token"], /line 1: there is neither a column "url" nor "postman-env/],
    ["a column that is not known", ["name,url,grade"], /line 1: "grade" is no column that is known/],
    ["a column twice", ["name,url,URL"], /line 1: the column "url" is there twice/],
    ["no student", ["name,url"], /names no student/],
    [
      "a quote left open",
      ["name,url", `"Ada,${nobody}`],
      /line \d: this is no CSV .* is a quote left open\?/,
    ],
    ["too few values", ["name,url", "Ada"], /line 2: 1 values for 2 columns/],
    [
      "a line break in a name before",
      ["name,url", `"A\nda",${nobody}`, "Bo,"],
      /line 4: there is neither a url/,
    ],
    ["no name", ["name,url", `,${nobody}`], /line 2: there is no name/],
    [
      "a name twice",
      ["name,url", `Ada,${nobody}`, "", `Ada,${nobody}`],
      /line 4: the name "Ada" stands in line 2/,
    ],
    [
      "an unknown challenge",
      ["name,url,challenge", `Ada,${nobody},challenge-9`],
      /line 2: There is no challenge "/,
    ],
    ["no URL", ["name,url", "Ada,localhost"], /line 2: "localhost" is no http or https URL/],
    [
      "a variable that is not set",
      ["name,url,token", `Ada,${nobody},NOT_SET`],
      /line 2: .*NOT_SET.* is not set/,
    ],
    [
      "a token itself",
      ["name,url,token", `Ada,${nobody},eyJ0.${secret}`],
      /line 2: token is the name of an env/,
    ],
    [
      "both credentials",
      ["name,url,token,client-secret", `Ada,${nobody},HOME,HOME`],
      /leave one of them out/,
    ],
    [
      "a Postman environment that is not there",
      ["name,postman environment", "Ada,/nowhere.json"],
      /line 2: The Postman environment \/nowhere\.json cannot be read/,
    ],
  ];
  test.each(rows)("%s", async (_, lines, sentence) => {
    const error = await studentsIn(lines).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UsageError);
    expect((error as UsageError).message).toMatch(sentence);
    expect((error as UsageError).message).toMatch(/^\S+class\.csv/);
    expect((error as UsageError).message).not.toContain(secret);
  });
});

describe("flags that name nobody, or too many, get one sentence", () => {
  test.each([
    ["nobody", flags(undefined), /^Whose service\?/],
    ["a class and a service", flags("x.csv", { url: nobody }), /^--class names the services itself/],
    ["a file that is not there", flags("nowhere.csv"), /^The class file nowhere\.csv cannot be read/],
    [
      "a challenge that is none",
      flags(undefined, { url: nobody, challenge: "bin/options.ts" }),
      /^bin\/options\.ts is no challenge/,
    ],
  ])("%s", async (_, options, sentence) => {
    await expect(studentsOf(options)).rejects.toThrow(sentence);
  });
});
