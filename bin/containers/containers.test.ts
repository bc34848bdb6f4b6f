import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  deriveImage,
  home,
  importReferenceServer,
  removeImages,
  whyNoContainers,
} from "../../fixtures/targets/containers/images.testing.ts";
import { type Ended, program, root, runCommand } from "../command.testing.ts";

const reason = await whyNoContainers();
if (reason !== undefined) {
  console.warn(`The tests with real containers are skipped: ${reason}`);
}

const tag = "localhost/conformance-test";
const referenceServer = `${tag}-reference-server`;
const roles = ["azurite", "sql", "functions", "dicom-server", "broken", "ending", "silent"];
const imageOf = (role: string) => `${tag}-${role}`;
const allOfDicomServer = ["azurite", "sql", "functions", "dicom-server"].flatMap((role) => [
  "--image",
  `${role}=${imageOf(role)}`,
]);

let folder: string;
let reportDir: string;
let runs = 0;

const conformance = (...args: readonly string[]): Promise<Ended> =>
  runCommand(args, { DICOM_REPORT_DIR: reportDir });

/** Containers, networks and volumes of any deployment, as the engine lists them. */
async function leftovers(): Promise<string[]> {
  const list = (...args: readonly string[]) => promisify(execFile)("docker", args);
  const listed = await Promise.all([
    list("ps", "--all", "--format", "{{.Names}}"),
    list("network", "ls", "--format", "{{.Name}}"),
    list("volume", "ls", "--format", "{{.Name}}"),
  ]);
  return listed.flatMap(({ stdout }) =>
    stdout.split("\n").filter((name) => /conformance-[0-9a-f]{6}/.test(name)),
  );
}

async function composeFile(text: string): Promise<string> {
  const file = join(folder, `compose-${runs}.yaml`);
  await writeFile(file, text);
  return file;
}

describe.skipIf(reason !== undefined)(
  `services in containers${reason ? ` (skipped: ${reason})` : ""}`,
  { timeout: 300_000 },
  () => {
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), "dicomweb-conformance-containers-"));
      await importReferenceServer(referenceServer);
      for (const role of roles) {
        const script = `${home}/fixtures/targets/containers/stand-in.testing.ts`;
        await deriveImage(referenceServer, imageOf(role), ["node", "--import", "tsx", script, role]);
      }
    }, 300_000);

    beforeEach(async () => {
      runs += 1;
      reportDir = join(folder, `report-${runs}`);
      await mkdir(reportDir);
    });

    afterEach(async () => {
      expect(await leftovers()).toEqual([]);
    });

    afterAll(async () => {
      await removeImages([referenceServer, ...roles.map(imageOf)]);
      await rm(folder, { recursive: true, force: true });
    });

    test("the reference server is started, judged and removed", async () => {
      const image = `reference-server=${referenceServer}`;
      const { exitCode, stdout, stderr } = await conformance(
        ...["--container", "reference-server", "--image", image, "--suite", "service"],
      );
      expect(stdout, stderr).toContain(`reference server in containers (${referenceServer}), profile azure`);
      expect(stdout).toMatch(/^Conforms: \d+ requirement\(s\) judged, none violated\./m);
      expect(stderr).toContain("Waiting until reference-server is healthy.");
      expect(exitCode).toBe(0);
      expect(await readdir(reportDir)).not.toContain("service-logs");
    });

    test("a whole deployment of dicom-server finds its database and its storage by their names", async () => {
      const { exitCode, stdout, stderr } = await conformance(
        "--container",
        ...allOfDicomServer,
        "--requirement",
        "STORE-001",
      );
      expect(stdout, stderr).toContain("Conforms: 2 requirement(s) judged, none violated.");
      expect(exitCode).toBe(0);
    });

    test("a compose file says what is started, and --container-port where the service listens", async () => {
      const file = await composeFile(
        `services:\n  pacs:\n    image: ${referenceServer}\n    ports: ["8080"]\n    depends_on: [storage]\n` +
          `  storage:\n    image: ${imageOf("azurite")}\n`,
      );
      const { exitCode, stdout, stderr } = await conformance(
        ...[
          "--compose",
          file,
          "--compose-service",
          "pacs",
          "--api-version",
          "v2",
          "--requirement",
          "STORE-001",
        ],
      );
      expect(stdout, stderr).toContain("Conforms: 1 requirement(s) judged, none violated.");
      expect(exitCode).toBe(0);
    });

    test("the logs of all containers come with a report of violations", async () => {
      const images = [...allOfDicomServer, "--image", `dicom-server=${imageOf("broken")}`];
      const { exitCode, stdout } = await conformance("--container", ...images, "--requirement", "STORE-001");
      expect(exitCode).toBe(1);
      expect(stdout).toContain(`Logs of the containers: ${join(reportDir, "service-logs")}`);
      const logs = join(reportDir, "service-logs");
      expect((await readdir(logs)).toSorted()).toEqual([
        "azurite.log",
        "dicom-server.log",
        "functions.log",
        "sql.log",
      ]);
      expect(await readFile(join(logs, "dicom-server.log"), "utf8")).toContain("/health/check: 200 ␛[2J");
      const sql = await readFile(join(logs, "sql.log"), "utf8");
      expect(sql).toMatch(/The password is \[secret removed\]/);
      const page = await readFile(join(reportDir, "allure.html"), "utf8");
      const attached = Buffer.from("functions: everything is there").toString("base64").slice(0, 20);
      expect(page.includes(attached)).toBe(true);
    });

    test("--keep-container leaves them running, and says how to reach and remove them", async () => {
      const { exitCode, stderr } = await conformance(
        ...["--container", "reference-server", "--image", `reference-server=${referenceServer}`],
        ...["--keep-container", "--requirement", "SERVICE-019"],
      );
      const [, origin = "", removal = ""] = /run on at (\S+)\. This removes them: (.+)/.exec(stderr) ?? [];
      expect(exitCode, stderr).toBe(0);
      expect((await fetch(`${origin}/health/check`)).status).toBe(200);
      await promisify(execFile)("sh", ["-c", removal]);
    });

    describe("a start that fails ends with one sentence, the log, and nothing left", () => {
      const reference = ["--container", "reference-server", "--image"];

      test.each<[string, readonly string[], RegExp]>([
        [
          "an image that nobody has",
          [...reference, `reference-server=${tag}-nobody:1`],
          /^The image localhost\/conformance-test-nobody:1 is not on this machine and cannot be pulled.*build it as/m,
        ],
        [
          "a container that ends",
          [...reference, `reference-server=${imageOf("ending")}`],
          /^The container reference-server.* ended with exit code 3 before it was ready\. The last lines of its log:\n {2}the password is wrong ␛\[31mreally\n/m,
        ],
        [
          "a container that is never healthy",
          [...reference, `reference-server=${imageOf("silent")}`, "--start-timeout", "15"],
          /^The container reference-server did not become ready within 15 s: GET \/health\/check has not answered 200\..*\n {2}still looking for the database\n/m,
        ],
        [
          "a database that is never ready",
          [
            "--container",
            ...allOfDicomServer,
            "--image",
            `sql=${imageOf("silent")}`,
            "--start-timeout",
            "15",
          ],
          /^The container sql .*did not become ready within 15 s: its log has no line like "Recovery is complete"/m,
        ],
      ])("%s", async (_, args, sentence) => {
        const { exitCode, stderr } = await conformance(...args);
        expect(stderr).toMatch(sentence);
        expect(exitCode).toBe(2);
        expect(stderr).toMatch(
          sentence.source.includes("The image") ? /^(?!.*Logs of)/s : /Logs of the containers: .*\.log/,
        );
      });

      test("a port that is taken", async () => {
        const server = createServer().listen(0, "0.0.0.0");
        await once(server, "listening");
        const { port } = server.address() as { port: number };
        const file = await composeFile(
          `services:\n  dicomserver:\n    image: ${referenceServer}\n    ports: ["${port}:8080"]\n`,
        );
        const { exitCode, stderr } = await conformance("--compose", file);
        server.close();
        expect(stderr).toMatch(
          new RegExp(`cannot start: port ${port} of this machine is taken by another program`),
        );
        expect(exitCode).toBe(2);
      });

      test("a port that is not published, and a service that is not there", async () => {
        const file = await composeFile(`services:\n  dicomserver:\n    image: ${referenceServer}\n`);
        const unpublished = await conformance("--compose", file);
        expect(unpublished.stderr).toMatch(/The container dicomserver publishes no port 8080/);
        const unknown = await conformance("--compose", file, "--compose-service", "pacs");
        expect(unknown.stderr).toMatch(/has no service "pacs".* There are: dicomserver\./);
        expect([unpublished.exitCode, unknown.exitCode]).toEqual([2, 2]);
      });
    });

    describe("Ctrl-C leaves nothing running", () => {
      /** Runs the command until it says something, then sends it the signals. */
      async function interrupted(args: readonly string[], until: RegExp, signals: readonly NodeJS.Signals[]) {
        const child = spawn(process.execPath, [...program, ...args], {
          cwd: root,
          env: { ...process.env, DICOM_REPORT_DIR: reportDir },
        });
        let said = "";
        const [...pending] = signals;
        for (const stream of [child.stdout, child.stderr]) {
          stream.setEncoding("utf8").on("data", (text: string) => {
            said += text;
            if (until.test(said) || pending.length < signals.length) {
              const signal = pending.shift();
              if (signal !== undefined) {
                child.kill(signal);
              }
            }
          });
        }
        const [exitCode] = (await once(child, "close")) as [number | null];
        return { exitCode, said };
      }

      const reference = ["--container", "reference-server", "--image", `reference-server=${referenceServer}`];

      test.each<[string, readonly string[], RegExp, readonly NodeJS.Signals[]]>([
        [
          "while a database starts",
          ["--container", ...allOfDicomServer, "--image", `sql=${imageOf("silent")}`],
          /Starting sql/,
          ["SIGINT"],
        ],
        [
          "by another process, while a service starts",
          [...reference.slice(0, 3), `reference-server=${imageOf("silent")}`],
          /Waiting until/,
          ["SIGTERM"],
        ],
        ["while checks run", reference, /: \d+ of \d+/, ["SIGINT"]],
        ["twice, while checks run", reference, /: \d+ of \d+/, ["SIGINT", "SIGINT"]],
      ])("%s", async (_, args, until, signals) => {
        const { exitCode, said } = await interrupted(args, until, signals);
        expect(said).toMatch(until);
        expect(exitCode).toBe(signals.includes("SIGTERM") ? 143 : 130);
      });
    });
  },
);
