import { mkdtemp, rm, writeFile } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Authority, startAuthority } from "../../fixtures/authority/authority.ts";
import { otherResource } from "../../fixtures/authority/registrations.ts";
import { attachedTo } from "../../fixtures/client/credentials/credential.ts";
import { Transport } from "../../fixtures/client/transport/transport.ts";
import { type ReferenceServer, startReferenceServer } from "../../fixtures/reference-server/server.ts";
import { requireCredentials } from "../../fixtures/targets/credential-probe.ts";
import { smoke } from "../../fixtures/targets/smoke.ts";
import { UsageError } from "../../fixtures/targets/usage-error.ts";
import { filesBelow, leaksOf } from "../../suites/proof/hostile/leaks.ts";
import { startStub } from "../../suites/proof/stub-services.testing.ts";
import { runCommand } from "../command.testing.ts";
import { programOf } from "../program.ts";
import { reach } from "./access.ts";
import type { AccessFlags } from "./access-options.ts";

let folder: string;
let authority: Authority;
let service: ReferenceServer;
let runs = 0;
/** Milliseconds for a whole run on a machine that has much else to do. */
const patience = 240_000;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dicomweb-conformance-access-"));
  authority = await startAuthority();
  await writeFile(join(folder, "authority.pem"), authority.ca);
  const { issuer, resource, keys } = authority;
  service = await startReferenceServer({ tokenIssuer: { issuer, audience: resource, keys } });
});

afterAll(async () => {
  await service.close();
  await authority.close();
  await rm(folder, { recursive: true, force: true });
});

/** A file as Postman exports it, named for itself. */
async function postmanEnvironment(changes: Readonly<Record<string, string>> = {}): Promise<string> {
  const values = {
    tenantId: authority.tenantId,
    clientId: authority.clients.owner.clientId,
    clientSecret: authority.clients.owner.clientSecret,
    bearerToken: "",
    resource: authority.resource,
    baseUrl: `${service.url}/v2`,
    ...changes,
  };
  const file = join(folder, `environment-${++runs}.json`);
  const list = Object.entries(values).map(([key, value]) => ({ key, value, type: "default", enabled: true }));
  await writeFile(file, JSON.stringify({ name: "dicom-service", values: list }));
  return file;
}

/** Runs the real command where nothing of this machine's own credentials can help it. */
async function conformance(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const reportDir = join(folder, `report-${++runs}`);
  const clean = Object.fromEntries(
    Object.keys(process.env)
      .filter((name) => /^(AZURE|DICOM)_|_proxy$/i.test(name))
      .map((name) => [name, ""]),
  );
  const ended = await runCommand(args, { ...clean, DICOM_REPORT_DIR: reportDir, ...environment });
  return { ...ended, reportDir };
}

const atTheAuthority = () => ["--authority", authority.url, "--ca", join(folder, "authority.pem")];

describe("a student's Postman environment", () => {
  test("is judged end to end, with a token of the authority", { timeout: patience }, async () => {
    const file = await postmanEnvironment();
    const args = ["--postman-environment", file, ...atTheAuthority(), "--requirement", "STORE-001"];
    const { exitCode, stdout, stderr, reportDir } = await conformance(args);
    expect([exitCode, stderr], stdout).toEqual([0, ""]);
    expect(stdout).toContain(`Signs in as client ${authority.clients.owner.clientId} of tenant`);
    expect(stdout).toContain("Conforms: 1 requirement(s) judged, none violated.");
    const texts = [{ name: "the console", text: stdout }, ...filesBelow(reportDir)];
    expect(leaksOf(authority.clients.owner.clientSecret)(texts)).toEqual([]);
    expect(texts.filter(({ text }) => /eyJ[\w-]{8,}\.eyJ/.test(text))).toEqual([]);
  });

  test("says where it is, in a list that sends nothing", async () => {
    const file = await postmanEnvironment({ baseUrl: "http://127.0.0.1:9/v2" });
    const { exitCode, stdout } = await conformance(["list", "--json", "--postman-environment", file]);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).not.toEqual([]);
  });

  test("gets into the service to clean up as well", async () => {
    const file = await postmanEnvironment();
    const args = ["clean-up", "--postman-environment", file, ...atTheAuthority()];
    const { exitCode, stderr } = await conformance(args);
    expect([exitCode, stderr]).toEqual([2, expect.stringMatching(/^There is no .*journal\.txt/)]);
  });
});

/** What a person is told before anything is judged; the command does the same in the same order. */
async function toldAbout(flags: Partial<AccessFlags>): Promise<string> {
  const { url = "", access } = reach({ header: [], insecure: false, ...flags }, {});
  const transport = new Transport({ timeout: 10_000, ...attachedTo(access), origins: [url] });
  try {
    await requireCredentials(access);
    await smoke({ baseUrl: url, api: "v2", profile: "azure" }, transport, access.credential);
    return "nothing";
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return (error as Error).message;
  } finally {
    await transport.close();
  }
}

describe("what is wrong is told apart, each in one sentence", () => {
  test.each<[string, () => Readonly<Record<string, string>>, RegExp]>([
    ["nothing", () => ({}), /^nothing$/],
    [
      "a wrong secret",
      () => ({ clientSecret: "guessed" }),
      /the client secret is wrong: copy its Value.*7000215/,
    ],
    [
      "an expired secret",
      () => ({ clientSecret: authority.clients.owner.expiredSecret }),
      /the client secret has expired: make a new one.*7000222/,
    ],
    ["a wrong client", () => ({ clientId: "nobody" }), /has no application nobody.*700016/],
    ["a wrong tenant", () => ({ tenantId: "elsewhere" }), /there is no tenant elsewhere.*90002/],
    [
      "a wrong resource",
      () => ({ resource: "https://nothing.example" }),
      /knows no resource https:\/\/nothing\.example.*500011/,
    ],
    [
      "a resource of another service",
      () => ({ resource: otherResource }),
      /refuses the token that was issued for https:\/\/management\.azure\.com \(status 401\): .*--resource/,
    ],
    [
      "a missing role",
      () => {
        const { clientId, clientSecret } = authority.clients.stranger;
        return { clientId, clientSecret };
      },
      /knows the caller, and lets it not read \(status 403\): assign it the role DICOM Data Owner/,
    ],
  ])("%s", async (_, changes, sentence) => {
    const told = await toldAbout({
      postmanEnvironment: await postmanEnvironment(changes()),
      authority: authority.url,
      ca: join(folder, "authority.pem"),
    });
    expect(told).toMatch(sentence);
    expect(told).not.toContain("\n");
  });

  test("an authority that is not there, and one that nobody vouches for, which --insecure does not help", async () => {
    const file = await postmanEnvironment();
    expect(await toldAbout({ postmanEnvironment: file, authority: "https://127.0.0.1:9" })).toMatch(
      /^No token: https:\/\/127\.0\.0\.1:9 cannot be reached: connection refused/,
    );
    expect(await toldAbout({ postmanEnvironment: file, authority: authority.url, insecure: true })).toMatch(
      /^No token: .*an authority that is not known here: --ca authority\.pem/,
    );
  });

  test("by the command as well", async () => {
    const file = await postmanEnvironment({ clientSecret: "guessed" });
    const { exitCode, stderr } = await conformance(["--postman-environment", file, ...atTheAuthority()]);
    expect(stderr).toMatch(/^No token: the client secret is wrong: .*\(AADSTS7000215\)\.\n$/);
    expect(exitCode).toBe(2);
  });

  test.each([
    ["credentials in the URL", ["--url", "http://user:SECRET@127.0.0.1:9/v2"], /--auth basic\.$/],
    ["a header that is none", ["--header", "SECRET"], /write it as "Name: value"/],
    [
      "a header of the suite's own",
      ["--header", "Host: SECRET"],
      /does not take Host, which the suite sends/,
    ],
    ["a header that signs in", ["--header", "Authorization: SECRET"], /--auth says how to sign in/],
    ["an authority without TLS", ["--authority", "http://SECRET"], /no https URL of a host/],
  ])("%s", async (_, args, sentence) => {
    const listing = programOf("0", () => {}).parseAsync(["list", ...args], { from: "user" });
    const { message } = await listing.then(
      () => new Error("nothing"),
      (error: Error) => error,
    );
    expect(message).toMatch(sentence);
    expect(message).not.toContain("SECRET");
  });
});

/** Says again what it was sent, in the encodings of a talkative gateway, and stores nothing. */
function echoing(received: IncomingMessage["headers"][]) {
  return startStub((request, response) => {
    received.push(request.headers);
    if (request.method === "GET" && request.url?.startsWith("/v2/studies?")) {
      response.writeHead(200, { "Content-Type": "application/dicom+json" }).end("[]");
      return;
    }
    const { authorization = "", "x-gateway-key": gatewayKey = "" } = request.headers;
    const said = [
      authorization,
      String(gatewayKey),
      Buffer.from(authorization.slice(6), "base64").toString(),
    ];
    const forms = said.flatMap((text) => [
      text,
      encodeURIComponent(text),
      Buffer.from(text).toString("base64"),
      JSON.stringify(text),
      Buffer.from(text).toString("hex"),
    ]);
    request
      .resume()
      .on("end", () =>
        response
          .writeHead(400, { "X-Echo": encodeURIComponent(authorization), Location: `/?sig=${gatewayKey}` })
          .end(forms.join("\n")),
      );
  });
}

describe("no secret is written anywhere, also where the service says it again", () => {
  const gatewayKey = "Key/of+the~Gateway==0815";
  const password = "Pass+wort/mit~Zeichen==";
  const judging = ["--requirement", "STORE-001", "--keep", "--header", `X-Gateway-Key: ${gatewayKey}`];

  async function leaksOfRun(
    args: readonly string[],
    environment: Record<string, string>,
    secrets: readonly string[],
  ) {
    const received: IncomingMessage["headers"][] = [];
    const stub = await echoing(received);
    const { reportDir, stdout, stderr } = await conformance(
      ["--url", `${stub.url}/v2`, ...judging, ...args],
      environment,
    );
    await stub.close();
    const texts = [{ name: "the console", text: `${stdout}${stderr}` }, ...filesBelow(reportDir)];
    const tokens = received.map(({ authorization = "" }) => authorization.replace(/^\w+ /, ""));
    expect(received.at(-1)).toMatchObject({ "x-gateway-key": gatewayKey });
    expect(tokens.at(-1)).not.toBe("");
    expect(stdout).toContain("VIOLATES  STORE-001");
    const looked = new Set([...secrets, ...tokens, gatewayKey]);
    return { stdout, texts, leaks: [...looked].flatMap((secret) => leaksOf(secret)(texts)) };
  }

  test("client secrets and tokens", { timeout: patience }, async () => {
    const { owner, reader, stranger } = authority.clients;
    const args = [...atTheAuthority(), "--auth", "client", "--reader-client-id", reader.clientId];
    const environment = {
      AZURE_TENANT_ID: authority.tenantId,
      AZURE_CLIENT_ID: owner.clientId,
      AZURE_CLIENT_SECRET: owner.clientSecret,
      DICOM_READER_CLIENT_SECRET: reader.clientSecret,
      DICOM_STRANGER_CLIENT_ID: stranger.clientId,
      DICOM_STRANGER_CLIENT_SECRET: stranger.clientSecret,
    };
    const secrets = [owner, reader, stranger].map(({ clientSecret }) => clientSecret);
    const { leaks, stdout } = await leaksOfRun(args, environment, secrets);
    expect(leaks).toEqual([]);
    expect(stdout).toContain(
      '-H "Authorization: Bearer $DICOM_BEARER_TOKEN" -H "X-Gateway-Key: $X_GATEWAY_KEY"',
    );
  });

  test("user name and password; nor is --insecure passed over in silence", {
    timeout: patience,
  }, async () => {
    const environment = { DICOM_USERNAME: "somebody", DICOM_PASSWORD: password };
    const { leaks, stdout, texts } = await leaksOfRun(["--insecure"], environment, [password]);
    expect(leaks).toEqual([]);
    const warning = /run with --insecure: no certificate was verified/i;
    expect(stdout).toMatch(warning);
    const loud = texts.filter(({ text }) => warning.test(text)).map(({ name }) => name);
    expect(loud).toEqual(expect.arrayContaining(["verdicts.json", "junit.xml", "environment.properties"]));
    expect(stdout).toContain("Signs in as somebody, with DICOM_PASSWORD.");
    expect(stdout).toContain('-u "$DICOM_USERNAME:$DICOM_PASSWORD" -H "X-Gateway-Key: $X_GATEWAY_KEY"');
  });
});
