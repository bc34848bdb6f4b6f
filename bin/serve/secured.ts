import { rm, rmdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Authority } from "../../fixtures/authority/authority.ts";
import { UsageError } from "../../fixtures/targets/usage-error.ts";
import { makeFolder } from "../../reporters/make-folder.ts";
import type { ProvingFault } from "../../suites/proof/fault.ts";
import { manifest } from "../manifest.ts";

/** Whose tokens a server demands, and the folder for what gets somebody in. */
export interface Secured {
  readonly authority: Authority;
  readonly folder: string;
}

/** What somebody needs to get into a secured reference server, as files. */
export interface HandOut {
  /** What a person should know of them. */
  readonly lines: readonly string[];
  /** The secrets are worth nothing any more. */
  remove(): Promise<void>;
}

/**
 * Starts the authority whose tokens a secured reference server takes.
 * @throws UsageError where its packages are not installed
 */
export async function startAuthorityWith(faults: readonly ProvingFault[]): Promise<Authority> {
  try {
    const { startAuthority } = await import("../../fixtures/authority/authority.ts");
    return await startAuthority({
      spoil: (...answered) => {
        for (const { authority } of faults) {
          authority?.(...answered);
        }
      },
    });
  } catch (error) {
    const isMissing = (error as { code?: string }).code === "ERR_MODULE_NOT_FOUND";
    throw isMissing
      ? new UsageError(
          `serve --auth needs more packages: npm install ${packagesOfAuthority()}, beside this one.`,
        )
      : error;
  }
}

/** As npm takes them. */
function packagesOfAuthority(): string {
  return ["oidc-provider", "selfsigned"]
    .map((name) => `${name}@${manifest.peerDependencies[name]}`)
    .join(" ");
}

/** Writes the files, for their owner only. @throws UsageError where they cannot be written */
export async function handOut(authority: Authority, baseUrl: string, folder: string): Promise<HandOut> {
  const files = {
    postmanEnvironment: join(folder, "dicom-service.postman_environment.json"),
    ca: join(folder, "authority.pem"),
  };
  try {
    const isMade = await makeFolder(resolve(folder));
    const options = { mode: 0o600 };
    const environment = await environmentOf(authority, baseUrl);
    await writeFile(files.postmanEnvironment, JSON.stringify(environment, undefined, 2), options);
    await writeFile(files.ca, authority.ca, options);
    const remove = async () => {
      await Promise.all(Object.values(files).map((file) => rm(file, { force: true })));
      // Somebody may have put something beside them.
      await (isMade ? rmdir(folder).catch(() => {}) : undefined);
    };
    return { lines: linesOf(authority, files), remove };
  } catch (error) {
    throw new UsageError(`--auth cannot write to ${folder}: ${(error as Error).message}.`);
  }
}

function linesOf(
  { url, tenantId, clients }: Authority,
  { postmanEnvironment, ca }: Readonly<Record<"postmanEnvironment" | "ca", string>>,
): string[] {
  return [
    `It asks for tokens of ${url}, tenant ${tenantId}, whose certificate is in ${ca}:`,
    ...Object.entries(clients).map(
      ([name, { clientId, roles }]) => `  ${name.padEnd(8)} ${clientId}  ${roles.join() || "no role"}`,
    ),
    `Secrets, and a Postman environment with all of it: ${postmanEnvironment}`,
    `Judge it: npm run conformance -- --postman-environment ${postmanEnvironment} --ca ${ca}`,
  ];
}

async function environmentOf(authority: Authority, baseUrl: string) {
  const { url, tenantId, resource, clients, sign } = authority;
  const longAgo = Math.floor(Date.now() / 1000) - 7_200;
  const open = {
    tenantId,
    clientId: clients.owner.clientId,
    resource,
    baseUrl,
    authority: url,
    readerClientId: clients.reader.clientId,
    strangerClientId: clients.stranger.clientId,
  };
  const secret = {
    clientSecret: clients.owner.clientSecret,
    bearerToken: "",
    readerClientSecret: clients.reader.clientSecret,
    strangerClientSecret: clients.stranger.clientSecret,
    expiredToken: await sign("owner", { iat: longAgo, nbf: longAgo, exp: longAgo + 3_600 }),
  };
  return {
    name: "secured reference server",
    values: [...valuesOf(open, "default"), ...valuesOf(secret, "secret")],
    _postman_variable_scope: "environment",
  };
}

function valuesOf(variables: Readonly<Record<string, string>>, type: "default" | "secret") {
  return Object.entries(variables).map(([key, value]) => ({ key, value, type, enabled: true }));
}
