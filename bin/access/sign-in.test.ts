import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { defaultResource } from "../../fixtures/client/credentials/access.ts";
import { reach } from "./access.ts";
import type { AccessFlags } from "./access-options.ts";

const folder = mkdtempSync(join(tmpdir(), "sign-in-"));
const file = join(folder, "environment.json");
const local = "http://127.0.0.1:8042/dicom-web";
const azure = "https://workspace-service.dicom.azurehealthcareapis.com/v2";
const ofAzure = { AZURE_TENANT_ID: "t", AZURE_CLIENT_ID: "c", AZURE_CLIENT_SECRET: "secret-of-azure" };
const postman = { tenantId: "pt", clientId: "pc", clientSecret: "secret-of-postman", baseUrl: local };

afterAll(() => rmSync(folder, { recursive: true }));

interface Gift {
  readonly flags?: Partial<AccessFlags> & { readonly url?: string };
  readonly variables?: Readonly<Record<string, string>>;
  readonly postman?: Readonly<Record<string, string>>;
}

function reached({ flags, variables = {}, postman: environment }: Gift) {
  if (environment !== undefined) {
    const values = Object.entries(environment).map(([key, value]) => ({ key, value, enabled: true }));
    writeFileSync(file, JSON.stringify({ values }));
  }
  const given = environment === undefined ? {} : { postmanEnvironment: file };
  return reach({ header: [], insecure: false, ...given, ...flags }, variables);
}

const request = { resource: defaultResource };
const ofVariables = {
  kind: "client-secret",
  tenantId: "t",
  clientId: "c",
  clientSecret: "secret-of-azure",
  ...request,
};
const ofPostman = {
  kind: "client-secret",
  tenantId: "pt",
  clientId: "pc",
  clientSecret: "secret-of-postman",
  ...request,
};
const bearer = (token: string) => ({ kind: "bearer", token });

describe("who the run is to the service", () => {
  test.each<[string, Gift, object, RegExp | undefined]>([
    ["nobody, where nothing is given", { flags: { url: local } }, { kind: "none" }, undefined],
    [
      "nobody at the embedded server",
      { variables: { ...ofAzure, DICOM_BEARER_TOKEN: "t-0815" } },
      { kind: "none" },
      undefined,
    ],
    [
      "nobody where Azure's variables lie around and the host is not Azure's",
      { flags: { url: local }, variables: ofAzure },
      { kind: "none" },
      /^Signs in with nothing: .*--auth client or --auth default uses it/,
    ],
    [
      "nobody at a host that only looks like Azure's",
      { flags: { url: "https://dicom.azurehealthcareapis.com.evil.example/v2" }, variables: ofAzure },
      { kind: "none" },
      /^Signs in with nothing/,
    ],
    [
      "Azure's client at Azure's host",
      { flags: { url: azure }, variables: ofAzure },
      ofVariables,
      /^Signs in as client c of tenant t\.$/,
    ],
    [
      "nobody at Azure's host where its variables are not complete",
      { flags: { url: azure }, variables: { AZURE_TENANT_ID: "t", AZURE_CLIENT_ID: "c" } },
      { kind: "none" },
      /^Signs in with nothing/,
    ],
    [
      "a workload identity at Azure's host",
      {
        flags: { url: azure },
        variables: { AZURE_TENANT_ID: "t", AZURE_CLIENT_ID: "c", AZURE_FEDERATED_TOKEN_FILE: "/token" },
      },
      { kind: "default", ...request },
      /^Signs in with the workload identity of this machine/,
    ],
    [
      "that client where it is asked for",
      { flags: { url: local, auth: "client" }, variables: ofAzure },
      ofVariables,
      undefined,
    ],
    [
      "nobody where that is asked for",
      { flags: { url: azure, auth: "none" }, variables: ofAzure },
      { kind: "none" },
      undefined,
    ],
    [
      "a token of the variable before Azure's variables",
      { flags: { url: azure }, variables: { ...ofAzure, DICOM_BEARER_TOKEN: " t-0815 " } },
      bearer("t-0815"),
      /DICOM_BEARER_TOKEN/,
    ],
    [
      "a user with a password",
      { flags: { url: local }, variables: { DICOM_USERNAME: "u", DICOM_PASSWORD: "pw-4711" } },
      { kind: "basic", username: "u", password: "pw-4711" },
      /^Signs in as u, with DICOM_PASSWORD/,
    ],
    [
      "Postman's client before variables",
      { postman, variables: { ...ofAzure, DICOM_BEARER_TOKEN: "t-0815" } },
      ofPostman,
      /^Signs in as client pc of tenant pt/,
    ],
    [
      "Postman's client with a secret of the variable",
      { postman: { ...postman, clientSecret: "" }, variables: ofAzure },
      { ...ofPostman, clientSecret: "secret-of-azure" },
      /client pc/,
    ],
    [
      "Postman's token where its client is not complete",
      { postman: { ...postman, clientSecret: "", bearerToken: "token-of-postman" } },
      bearer("token-of-postman"),
      /token of .*environment\.json, whose client credentials are not complete/,
    ],
    [
      "a token of the command line before Postman's client",
      { postman, flags: { token: "t-0815" } },
      bearer("t-0815"),
      /--token/,
    ],
    [
      "a client of the command line with Postman's rest",
      {
        postman: { ...postman, resource: "api://own" },
        flags: { clientId: "fc", authority: "https://login.example" },
      },
      { ...ofPostman, clientId: "fc", resource: "api://own", authority: "https://login.example" },
      /client fc/,
    ],
    [
      "Postman's client at the authority of the same file",
      { postman: { ...postman, authority: "https://login.example/" } },
      { ...ofPostman, authority: "https://login.example" },
      /client pc/,
    ],
    [
      "a client with a certificate",
      { flags: { url: local, clientId: "fc", tenantId: "ft", clientCertificate: "c.pem" } },
      { kind: "client-certificate", tenantId: "ft", clientId: "fc", certificatePath: "c.pem", ...request },
      /client fc of tenant ft/,
    ],
    [
      "whoever is signed in on this machine",
      { flags: { url: local, auth: "default", resource: "api://own" } },
      { kind: "default", resource: "api://own" },
      undefined,
    ],
    ["nobody with Postman's URL alone", { postman: { baseUrl: local } }, { kind: "none" }, undefined],
  ])("%s", (_, gift, credential, remark) => {
    const { access, remark: told } = reached(gift);
    expect(access.credential).toEqual(credential);
    expect(told ?? "").toMatch(remark ?? /^$/);
  });

  test("Postman's URL is that of the service, unless another one is given", () => {
    expect(reached({ postman }).url).toBe(local);
    expect(reached({ postman, flags: { url: azure } }).url).toBe(azure);
  });

  test("a reader and a stranger come with secrets of their own", () => {
    const { access } = reached({
      flags: { url: local, auth: "none", tenantId: "ft", readerClientId: "rc" },
      variables: {
        DICOM_READER_CLIENT_SECRET: "secret-of-reader",
        DICOM_STRANGER_TOKEN: "token-of-stranger",
      },
    });
    expect(access.reader).toEqual({
      kind: "client-secret",
      tenantId: "ft",
      clientId: "rc",
      clientSecret: "secret-of-reader",
      ...request,
    });
    expect(access.stranger).toEqual(bearer("token-of-stranger"));
  });

  test.each<[string, Gift, RegExp]>([
    ["basic without a user", { flags: { url: local, auth: "basic" } }, /set DICOM_USERNAME\.$/],
    ["bearer without a token", { flags: { url: local, auth: "bearer" } }, /set DICOM_BEARER_TOKEN\.$/],
    [
      "client without a tenant",
      { flags: { url: local, auth: "client" } },
      /need a tenant: say --tenant-id, or set AZURE_TENANT_ID/,
    ],
    [
      "client without a secret",
      { flags: { url: local, auth: "client", tenantId: "t", clientId: "c" } },
      /need a secret: set AZURE_CLIENT_SECRET/,
    ],
    [
      "a reader without a secret",
      { flags: { url: local, readerClientId: "r", tenantId: "t" } },
      /set DICOM_READER_CLIENT_SECRET/,
    ],
    ["Postman without a URL", { postman: { clientId: "c" } }, /has no value for baseUrl: fill it in .*--url/],
    [
      "Postman without a client",
      { postman: { ...postman, clientId: "" } },
      /has no value for clientId: .*--client-id/,
    ],
    [
      "Postman without its secret",
      { postman: { ...postman, clientSecret: "" } },
      /has no value for clientSecret: Postman exports no current values: .*or set AZURE_CLIENT_SECRET/,
    ],
    ["Postman with nothing but Azure's URL", { postman: { baseUrl: azure } }, /has no value for tenantId/],
    [
      "Postman's authority for a secret of this machine",
      {
        postman: { ...postman, clientSecret: "", authority: "https://evil.example" },
        variables: ofAzure,
      },
      /names the authority https:\/\/evil\.example, and the secret is not in it: say --authority as well/,
    ],
    [
      "an authority without TLS",
      { flags: { url: azure }, variables: { ...ofAzure, AZURE_AUTHORITY_HOST: "http://x" } },
      /no https URL/,
    ],
    [
      "an empty secret of Azure's own at Azure's host",
      { flags: { url: azure }, variables: { ...ofAzure, AZURE_CLIENT_SECRET: "" } },
      /^AZURE_CLIENT_SECRET is set, and empty/,
    ],
    [
      "whoever is signed in, with a macro for a client",
      { flags: { url: local, auth: "default" }, variables: { AZURE_CLIENT_ID: "$(CLIENT)" } },
      /^AZURE_CLIENT_ID holds a \$\(NAME\)/,
    ],
    [
      "a proxy without a scheme",
      { flags: { url: local }, variables: { HTTPS_PROXY: "u:password@proxy:8080" } },
      /^HTTPS_PROXY is no URL of a proxy: write it as http:\/\/proxy:8080\.$/,
    ],
    [
      "certificates that are none",
      { flags: { url: local, ca: "package.json" } },
      /--ca package\.json holds no certificate/,
    ],
    [
      "certificates that are not there",
      { flags: { url: local, ca: "nowhere.pem" } },
      /--ca nowhere\.pem cannot be read/,
    ],
  ])("%s is told in one sentence", (_, gift, sentence) => {
    expect(() => reached(gift)).toThrow(sentence);
  });
});
