import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import type { RequestListener } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ReferenceServer, startReferenceServer } from "../../fixtures/reference-server/server.ts";
import { Student } from "../../suites/grade/student.testing.ts";
import { startStub } from "../../suites/proof/stub-services.testing.ts";
import { runCommand } from "../command.testing.ts";

const own = "suites/grade/made-challenge.testing.ts";
const nobody = "http://127.0.0.1:9/v2";
const secret = "a-very-secret-token-0123456789";
let folder: string;
let finished: ReferenceServer;
let runs = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dicomweb-conformance-grade-"));
  finished = await startReferenceServer();
  const student = new Student(`${finished.url}/v1`);
  await student.storeShapes();
  await student.addTag("00080070", "Series");
});

afterAll(async () => {
  await finished.close();
  await rm(folder, { recursive: true, force: true });
});

async function grade(args: readonly string[], environment: Record<string, string> = {}) {
  runs += 1;
  const reportDir = join(folder, `gradebook-${runs}`);
  const ended = await runCommand(["grade", "--report-dir", reportDir, ...args], environment);
  return { ...ended, reportDir };
}

async function classFile(...lines: readonly string[]): Promise<string> {
  runs += 1;
  const file = join(folder, `class-${runs}.csv`);
  await writeFile(file, lines.join("\r\n"));
  return file;
}

/** A service that holds nothing. */
const empty: RequestListener = ({ url = "" }, response) => {
  const isList = /\/(studies|series|instances|extendedquerytags)(\?|$)/.test(url);
  const type = url.includes("extendedquerytags") ? "application/json" : "application/dicom+json";
  const status = isList ? 200 : url.includes("/changefeed") ? 204 : 404;
  response.writeHead(status, { "Content-Type": type }).end(isList ? "[]" : "");
};

describe("one student", () => {
  test("who has finished one challenge, of which the coach has a file, and not another", async () => {
    const url = `${finished.url}/v1`;
    const [done, other] = await Promise.all([
      grade(["--url", url, "--challenge", own], { DICOM_BEARER_TOKEN: secret }),
      grade(["--url", url]),
    ]);
    expect(done.stdout).toMatch(/^MET +blue-circle\.dcm is stored as it was handed out$/m);
    // The shapes are not the workshop's files.
    expect(other.stdout).toMatch(/^NOT MET +blue-circle\.dcm is stored as it was handed out$/m);
    expect(other.stdout).toMatch(/\nNot done: \d of 9 criteria not met\.\n/);
    expect([done.exitCode, other.exitCode, done.stderr + other.stderr]).toEqual([1, 1, ""]);
    const [page, json] = await Promise.all(
      ["gradebook.html", "gradebook.json"].map((name) => readFile(join(done.reportDir, name), "utf8")),
    );
    expect(`${page}${json}${done.stdout}`).not.toContain(secret);
    expect(page).not.toMatch(/(src|href)="(?!data:image\/jpeg;base64,|#)/);
    expect(page?.match(/<img /g)?.length).toBe(6);
  });

  test("who has done all that can be seen: exit code 0, and no picture where none is wanted", async () => {
    const file = join(folder, "shapes-only.ts");
    await writeFile(
      file,
      `import challenge from ${JSON.stringify(join(process.cwd(), own))};\n` +
        "export default { ...challenge, criteria: challenge.criteria.slice(0, -2) };\n",
    );
    const { exitCode, stdout, reportDir } = await grade([
      ...["--url", `${finished.url}/v1`, "--challenge", file, "--no-pictures"],
    ]);
    expect(stdout).toContain("\nDone, as far as can be seen. Ask the questions");
    expect(exitCode).toBe(0);
    const page = await readFile(join(reportDir, "gradebook.html"), "utf8");
    expect(page).not.toMatch(/<img|class="care"/);
  });

  test("whose service is not there: exit code 2, and nothing is held against them", async () => {
    const { exitCode, stdout } = await grade(["--url", nobody]);
    expect(stdout).toContain("connection refused: nothing listens there");
    expect(stdout).toContain("\nCould not be looked at: 9 of 9 criteria, nothing against the student.\n");
    expect(exitCode).toBe(2);
  });

  test("who hands over a Postman environment", async () => {
    const file = join(folder, "ada.postman_environment.json");
    const values = [
      { key: "baseUrl", value: `${finished.url}/v1` },
      { key: "bearerToken", value: secret },
    ];
    await writeFile(file, JSON.stringify({ name: "dicom-service", values }));
    const { exitCode, stdout } = await grade(["--postman-environment", file, "--challenge", own]);
    expect(stdout).toMatch(/^MET +The service can be reached under its baseUrl, and read$/m);
    expect(stdout).not.toContain(secret);
    expect(exitCode).toBe(1);
  });
});

test("who is looked at again is told what has changed", async () => {
  const server = await startReferenceServer();
  const student = new Student(`${server.url}/v2`);
  const before = await grade(["--url", student.baseUrl, "--challenge", own]);
  await student.storeShapes();
  const since = join(before.reportDir, "gradebook.json");
  const after = await grade(["--url", student.baseUrl, "--challenge", own, "--since", since]);
  await server.close();
  expect(after.stdout).toMatch(
    /\nSince \d{4}-.*:\n {2}red-triangle: not met → met\n {2}green-square: not met → met\n/,
  );
  const page = await readFile(join(after.reportDir, "gradebook.html"), "utf8");
  expect(page).toContain('<small class="since">was not met</small>');
});

describe("a class", () => {
  test("is looked at side by side: each service waits until all others are asked", async () => {
    const alive = 27;
    let asked = 0;
    let release = () => {};
    const all = new Promise<void>((resolve) => {
      release = resolve;
    });
    const stubs = await Promise.all(
      Array.from({ length: alive }, () => {
        let isKnown = false;
        return startStub(async (request, response) => {
          asked += isKnown ? 0 : 1;
          isKnown = true;
          if (asked === alive) {
            release();
          }
          await all;
          empty(request, response);
        });
      }),
    );
    const rows = stubs.map(({ url }, index) => `"Student, ${index}",${url}/v2`);
    const file = await classFile(
      "Name,URL",
      `First Dead,${nobody}`,
      ...rows,
      `Second Dead,${nobody}`,
      `Third Dead,${nobody}`,
    );
    const { exitCode, stdout, reportDir } = await grade(["--class", file]);
    await Promise.all(stubs.map((stub) => stub.close()));
    expect(stdout).toContain("\n27 of 30 students are not done, and 3 could not be looked at.");
    expect(stdout.match(/^(First|Second|Third) Dead +9 not seen: .*connection refused/gm)).toHaveLength(3);
    expect(exitCode).toBe(1);

    const csv = await readFile(join(reportDir, "gradebook.csv"), "utf8");
    const lines = csv.trim().split("\r\n");
    expect(lines).toHaveLength(31);
    expect(lines[0]).toMatch(/^name,url,challenge,verdict,service,red-triangle,/);
    expect(lines[1]).toMatch(/^First Dead,http:\/\/127\.0\.0\.1:9\/v2,challenge-7,not seen,/);
    expect(lines[2]).toMatch(/^"Student, 0",/);
    expect(await readFile(join(reportDir, "index.html"), "utf8")).toContain("Gradebook");
  });
});

test("a class file that is broken gets one sentence with the line, and nothing is sent", async () => {
  const { exitCode, stdout, stderr } = await grade(["--class", await classFile("name,url", "Ada,localhost")]);
  expect(stderr).toMatch(/^\S+class-\d+\.csv, line 2: "localhost" is no http or https URL; .*\n$/);
  expect([exitCode, stdout]).toEqual([2, ""]);
});
