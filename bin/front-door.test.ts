import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ReferenceServer, startReferenceServer } from "../fixtures/reference-server/server.ts";
import { startStub, stubBehaviours } from "../suites/proof/stub-services.testing.ts";
import { type Ended, runCommand } from "./command.testing.ts";

let folder: string;
let runs = 0;

/** A report folder that no other run has. */
function ownReportDir(): string {
  runs += 1;
  return join(folder, `run-${runs}`);
}

/** Runs the real command with a report folder of its own, unless it is named. */
function conformance(args: readonly string[], environment: Record<string, string> = {}): Promise<Ended> {
  return runCommand(args, { DICOM_REPORT_DIR: ownReportDir(), ...environment });
}

async function textsBelow(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => readFile(join(entry.parentPath, entry.name), "latin1")),
  );
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dicomweb-conformance-test-"));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe("what cannot be run ends with one clear sentence and exit code 2", () => {
  test.concurrent.each([
    ["a bad flag", ["--nonsense"], /unknown option '--nonsense'/],
    [
      "an unknown verb",
      ["jugde"],
      /There is no verb "jugde"\. There are: judge, list, clean-up, merge, compare, grade, serve\./,
    ],
    [
      "an unknown fault",
      ["serve", "--fault", "x"],
      /There is no fault "x"; serve --faults lists all of them/,
    ],
    ["a bad value", ["--profile", "other"], /Allowed choices are azure, dicomweb/],
    ["an unknown suite", ["--suite", "stowage"], /There is no suite "stowage"\. There are: .*store/],
    ["an unknown requirement", ["--requirement", "STORE-999"], /There is no requirement "STORE-999"/],
    ["no URL at all", ["--url", "localhost"], /"localhost" is no http or https URL/],
    ["a URL without version", ["--url", "http://127.0.0.1:9"], /names no API version/],
    ["a URL with a password", ["--url", "us:SECRET@host/v2?s=SECRET"], /^"host\/v2\?s=…" is no http/],
    ["escape bytes", ["--profile", "\u001b[2J\u009b"], /argument '␛\[2J\\u\{9b\}' is invalid/],
    ["the token", ["--token", "a+token/of-it", "--profile", "A%2Btoken/OF-IT"], /'\[secret removed\]' is/],
    ["two versions", ["--url", "http://127.0.0.1:9/v1", "--api-version", "v2"], /leave one of them out/],
    ["a version that is none", ["--url", "http://127.0.0.1:9/v3"], /names v3, and the versions known here/],
    ["--json for a run", ["--json"], /--json goes with --list/],
    ["a token of two words", ["--token", "one two"], /The token has blanks/],
    ["--clean-up of the embedded server", ["--clean-up"], /--clean-up goes with --url/],
    [
      "--clean-up after no run",
      ["--clean-up", "--url", "http://127.0.0.1:9/v2"],
      /There is no .*journal\.txt/,
    ],
    ["TLS at a closed port", ["--url", "https://127.0.0.1:9/v2"], /nothing listens there/],
    ["a closed port", ["--url", "http://127.0.0.1:9/v2"], /nothing listens there/],
    [
      "a report folder that is a file",
      ["--requirement", "SERVICE-019", "--report-dir", "package.json"],
      /package\.json/,
    ],
  ])("%s", async (_, args, sentence) => {
    const { exitCode, stdout, stderr } = await conformance(args);
    expect(stderr).toMatch(sentence);
    expect(stderr.trim().split("\n").length, stderr).toBe(1);
    expect(stdout).toBe("");
    expect(exitCode).toBe(2);
  });

  test.concurrent("a switch that is neither on nor off", async () => {
    const { exitCode, stderr } = await conformance([], { DICOM_STRICT: "maybe" });
    expect([exitCode, stderr]).toEqual([2, 'DICOM_STRICT is "maybe": say 1 or 0.\n']);
  });

  test.concurrent.each([
    ["answers 200 with a web page", /is not a DICOMweb service: .* gave status 200 and text\/html/],
    ["answers 404", /is not a DICOMweb service: .* gave status 404/],
    ["answers 500", /fails at a plain search, GET .* \(status 500.*: the service's own log says why/],
    ["never answers", /cannot be reached: no response within 1 s/],
    ["closes the connection", /cannot be reached: the connection was closed/],
  ])("a service that %s", async (behaviour, sentence) => {
    const stub = await startStub(stubBehaviours[behaviour] ?? (() => {}));
    const { exitCode, stderr } = await conformance(["--url", `${stub.url}/v2`, "--timeout", "1"]);
    await stub.close();
    expect(stderr).toMatch(sentence);
    expect(exitCode).toBe(2);
  });

  test("a service that redirects", async () => {
    const stub = await startStub((_, response) => response.writeHead(302, { Location: "/sign-in" }).end());
    const { exitCode, stderr } = await conformance(["--url", `${stub.url}/v2`]);
    await stub.close();
    expect(stderr).toMatch(/redirects to \/sign-in \(status 302\): give the address itself/);
    expect(exitCode).toBe(2);
  });

  test("a service that does not speak TLS", async () => {
    const stub = await startStub((_, response) => response.end());
    const { exitCode, stderr } = await conformance(["--url", `${stub.url.replace("http", "https")}/v2`]);
    await stub.close();
    expect(stderr).toMatch(/the port does not speak TLS: write http:\/\//);
    expect(exitCode).toBe(2);
  });

  test("a service that wants a token", async () => {
    const stub = await startStub((_, response) =>
      response.writeHead(401, { "WWW-Authenticate": "Bearer" }).end(),
    );
    const { exitCode, stderr } = await conformance(["--url", `${stub.url}/v2`]);
    await stub.close();
    expect(stderr).toMatch(/needs a token \(status 401\): give one with --token or DICOM_BEARER_TOKEN/);
    expect(exitCode).toBe(2);
  });
});

describe("a run against a service that listens elsewhere", () => {
  const secret = "a-very-secret-token-0123456789";
  let server: ReferenceServer;

  beforeAll(async () => {
    server = await startReferenceServer();
  });

  afterAll(() => server.close());

  test("names the right version where the URL has the wrong one", async () => {
    const { exitCode, stderr } = await conformance(["--url", `${server.url}/v3`, "--api-version", "v2"]);
    expect(stderr).toContain(
      `Wrong version in the URL: ${server.url}/v3 does not answer a search, but ${server.url}/v2 does.`,
    );
    expect(exitCode).toBe(2);
  });

  test("writes every report, and the token into none of them", async () => {
    const reportDir = join(folder, "report");
    const args = ["--url", `${server.url}/v2`, "--requirement", "STORE-001", "--report-dir", reportDir];
    const { exitCode, stdout, stderr } = await conformance(args, { DICOM_BEARER_TOKEN: secret });
    expect(stderr).toBe("");
    expect(exitCode, stdout).toBe(0);
    expect(stdout).toContain("Conforms: 1 requirement(s) judged, none violated.");

    const verdicts = JSON.parse(await readFile(join(reportDir, "verdicts.json"), "utf8"));
    expect(verdicts).toMatchObject({
      exitCode: 0,
      target: { name: `${server.url}/v2`, profile: "azure", api: ["v2"] },
    });
    expect(verdicts.verdicts).toHaveLength(1);
    expect(verdicts.verdicts[0]).toMatchObject({ id: "STORE-001", verdict: "conforms", api: "v2" });
    expect(verdicts.verdicts[0].exchanges).toContainEqual(
      expect.objectContaining({ method: "POST", path: "/v2/studies", status: 200 }),
    );
    expect(await readFile(join(reportDir, "junit.xml"), "utf8")).toMatch(
      /tests="1" failures="0" errors="0" skipped="0"/,
    );
    const page = await readFile(join(reportDir, "index.html"), "utf8");
    expect(page).toContain("Conforms: 1 requirement(s) judged, none violated.");
    expect(await readFile(join(reportDir, "allure.html"), "utf8")).not.toMatch(/googletagmanager/);
    for (const text of [stdout, ...(await textsBelow(reportDir))]) {
      expect(text).not.toContain(secret);
    }
  });

  test("leaves nothing behind in the service", async () => {
    const response = await fetch(`${server.url}/v2/studies?limit=1`, {
      headers: { Accept: "application/dicom+json" },
    });
    expect(response.status).toBe(204);
  });

  test("says that nothing selected holds there", async () => {
    const args = ["--url", `${server.url}/v2`, "--profile", "dicomweb", "--requirement", "CHANGEFEED-005"];
    const { exitCode, stderr } = await conformance(args);
    expect(stderr).toMatch(/None of the selected requirements holds for .* in the profile dicomweb/);
    expect(exitCode).toBe(2);
  });

  test("lists without sending anything", async () => {
    const args = ["--list", "--json", "--url", "http://127.0.0.1:9/v2", "--suite", "store"];
    const { exitCode, stdout } = await conformance(args);
    const listed = JSON.parse(stdout) as { id: string; suite: string; api: string[] }[];
    expect(exitCode).toBe(0);
    expect(listed.map(({ id }) => id)).toContain("STORE-001");
    expect(new Set(listed.map(({ suite }) => suite))).toEqual(new Set(["store"]));
    expect(listed.every(({ api }) => api.join() === "v2")).toBe(true);
  });
});

test("a violation ends with exit code 1 and shows how to repeat it", async () => {
  const server = await startReferenceServer({
    faults: [
      {
        name: "no versions",
        answer: (answer) => void delete answer.headers["api-supported-versions"],
      },
    ],
  });
  const args = [
    "--url",
    `${server.url}/v2`,
    "--requirement",
    "SERVICE-019",
    "--report-dir",
    join(folder, "violation"),
  ];
  const { exitCode, stdout } = await conformance(args);
  await server.close();
  expect(stdout).toContain("VIOLATES  SERVICE-019 v2 responses name the supported versions");
  expect(stdout).toMatch(
    /expected {2}a search: api-supported-versions: "1", "2" among them\n {2}received {2}\[\]/,
  );
  expect(stdout).toContain("curl -i -H 'Accept: application/dicom+json'");
  expect(exitCode).toBe(1);
});
