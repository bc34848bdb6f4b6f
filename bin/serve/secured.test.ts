import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { program, root, runCommand } from "../command.testing.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dicomweb-conformance-secured-"));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

interface Verdict {
  readonly id: string;
  readonly verdict: string;
}

const patience = { timeout: 300_000 };

test(
  "serve --auth is judged with the Postman environment that it writes, and no secret of it is written on",
  patience,
  async () => {
    const [secured, report] = [join(folder, "secured"), join(folder, "report")];
    const serving = spawn(process.execPath, [...program, "serve", "--port", "0", "--auth", secured], {
      cwd: root,
    });
    onTestFinished(() => void serving.kill("SIGKILL"));
    let greeting = "";
    for await (const text of serving.stdout.setEncoding("utf8").iterator({ destroyOnReturn: false })) {
      greeting += text;
      if (greeting.includes("Ctrl-C")) {
        break;
      }
    }
    const [url = ""] = /http:\S+\/v2/.exec(greeting) ?? [];
    const [, ...recipe] = /Judge it: npm run conformance -- (\S+) (\S+) (\S+) (\S+)/.exec(greeting) ?? [];
    const environment = await readFile(recipe[1] ?? "", "utf8");

    const uninvited = await runCommand(["--url", url, "--suite", "authorize"], { DICOM_REPORT_DIR: report });
    const judged = await runCommand([...recipe, "--suite", "authorize"], { DICOM_REPORT_DIR: report });

    expect(uninvited.exitCode).toBe(2);
    expect(uninvited.stderr).toContain("needs a token");
    expect(judged.stderr + judged.stdout).toContain("Conforms: 19 requirement(s) judged, none violated.");
    expect(judged.exitCode).toBe(0);
    const { verdicts } = JSON.parse(await readFile(join(report, "verdicts.json"), "utf8"));
    expect((verdicts as Verdict[]).filter(({ verdict }) => verdict !== "conforms")).toEqual([]);
    await expectNothingOf(secretsIn(environment), report, greeting, judged.stdout, judged.stderr);

    serving.kill("SIGTERM");
    expect(await once(serving, "close")).toEqual([0, null]);
    expect(await readdir(folder)).toEqual(["report"]);
  },
);

interface Variable {
  readonly value: string;
  readonly type: string;
}

function secretsIn(environment: string): string[] {
  const { values } = JSON.parse(environment) as { values: Variable[] };
  return values.filter(({ type, value }) => type === "secret" && value !== "").map(({ value }) => value);
}

/** Neither as they are, nor in base64, nor the signature of a token. */
async function expectNothingOf(secrets: readonly string[], report: string, ...outputs: string[]) {
  const files = await readdir(report, { recursive: true, withFileTypes: true });
  const texts = await Promise.all(
    files
      .filter((entry) => entry.isFile())
      .map((entry) => readFile(join(entry.parentPath, entry.name), "latin1")),
  );
  const forms = secrets.flatMap((secret) => [
    secret.split(".").at(-1) ?? "",
    Buffer.from(secret).toString("base64").slice(0, -4),
  ]);
  expect(secrets.length).toBeGreaterThanOrEqual(4);
  expect(texts.length).toBeGreaterThan(3);
  const told = [...texts, ...outputs].filter((text) => forms.some((form) => text.includes(form)));
  expect(told.map((text) => text.slice(0, 200))).toEqual([]);
}

test("a fault of security is no fault of an open server", patience, async () => {
  const { exitCode, stderr } = await runCommand(["serve", "--fault", "lets a reader store"], {});
  expect([exitCode, stderr]).toEqual([
    2,
    'The fault "lets a reader store" shows only where a token is asked for: say --auth as well.\n',
  ]);
});

test("without the packages of the authority one sentence says what to do", patience, async () => {
  const refusing = `export async function resolve(name, context, next) {
    if (name === "oidc-provider") throw Object.assign(new Error("gone"), { code: "ERR_MODULE_NOT_FOUND" });
    return next(name, context);
  }`;
  const hook = `import { register } from "node:module"; register(${JSON.stringify(dataUrl(refusing))})`;
  const { exitCode, stderr } = await runCommand(["serve", "--port", "0", "--auth", folder], {
    NODE_OPTIONS: `--import ${dataUrl(hook)}`,
  });
  expect(exitCode).toBe(2);
  expect(stderr).toBe(
    "serve --auth needs more packages: npm install oidc-provider@~8.8.1 selfsigned@~5.5.0, beside this one.\n",
  );
});

function dataUrl(code: string): string {
  return `data:text/javascript;base64,${Buffer.from(code).toString("base64")}`;
}
