import type { Authority } from "../fixtures/authority/authority.ts";
import { securityBehaviour } from "../fixtures/reference-server/security/authorization.ts";
import { type ReferenceServer, startReferenceServer } from "../fixtures/reference-server/server.ts";
import { UsageError } from "../fixtures/targets/usage-error.ts";
import type { ProvingFault } from "../suites/proof/fault.ts";
import { handOut, startAuthorityWith } from "./secured.ts";

export interface ServeOptions {
  readonly port: number;
  /** Names of faults. */
  readonly fault: readonly string[];
  /** Whether to list the faults instead. */
  readonly faults: boolean;
  /** Folder for what gets somebody in; absent: everybody gets in. */
  readonly auth?: string;
}

/**
 * Runs the reference server until a signal ends it, or lists its faults.
 * @returns the exit code
 * @throws UsageError when it cannot start
 */
export async function serve({ port, fault: names, faults: isListing, auth }: ServeOptions): Promise<number> {
  if (isListing) {
    console.log(
      (await knownFaults()).map(({ name, noticedBy }) => `${name}  (${noticedBy.join(", ")})`).join("\n"),
    );
    return 0;
  }
  const faults = names.length === 0 ? [] : chosen(await knownFaults(), names, auth !== undefined);
  const authority = auth === undefined ? undefined : await startAuthorityWith(faults);
  try {
    const server = await start(port, faults, authority);
    try {
      await serveUntilEnded(server, faults, authority, auth ?? "");
    } finally {
      await server.close();
    }
  } finally {
    await authority?.close();
  }
  return 0;
}

async function serveUntilEnded(
  { url }: ReferenceServer,
  faults: readonly ProvingFault[],
  authority: Authority | undefined,
  folder: string,
): Promise<void> {
  const handedOut = authority && (await handOut(authority, `${url}/v2`, folder));
  console.log(`DICOM service: ${url}/v1 and ${url}/v2${authority ? ", which ask for a token" : ""}`);
  if (authority && handedOut) {
    const { clients, tenantId } = authority;
    console.log(
      [
        `Authority: ${authority.url}, tenant ${tenantId}, its certificate in ${handedOut.ca}`,
        ...Object.entries(clients).map(
          ([name, { clientId, roles }]) => `  ${name.padEnd(8)} ${clientId}  ${roles.join() || "no role"}`,
        ),
        `Secrets, and a Postman environment with all of it: ${handedOut.postmanEnvironment}`,
        `Judge it: npm run conformance -- --postman-environment ${handedOut.postmanEnvironment} --ca ${handedOut.ca}`,
      ].join("\n"),
    );
  }
  for (const { name, noticedBy } of faults) {
    console.log(`Faulty: it ${name}. ${noticedBy.join(", ")} must notice it.`);
  }
  console.log("Ctrl-C ends it and removes everything that was stored.");
  await ended();
  await handedOut?.remove();
}

/** Loaded late: an honest server needs none of them. */
async function knownFaults(): Promise<readonly ProvingFault[]> {
  const { loadFaults } = await import("../suites/proof/fault.ts");
  return loadFaults();
}

/** @throws UsageError for a name that no fault has, and for a fault that an open server cannot show */
function chosen(
  known: readonly ProvingFault[],
  names: readonly string[],
  isSecured: boolean,
): readonly ProvingFault[] {
  return names.map((name) => {
    const fault = known.find((each) => each.name === name);
    if (fault === undefined) {
      throw new UsageError(`There is no fault "${name}"; serve --faults lists all of them.`);
    }
    if (!isSecured && isOfSecurity(fault)) {
      throw new UsageError(`The fault "${name}" shows only where a token is asked for: say --auth as well.`);
    }
    return fault;
  });
}

function isOfSecurity({ authority, behaviour = {} }: ProvingFault): boolean {
  return authority !== undefined || Object.keys(behaviour).some((decision) => decision in securityBehaviour);
}

async function start(
  port: number,
  faults: readonly ProvingFault[],
  authority: Authority | undefined,
): Promise<ReferenceServer> {
  const tokenIssuer = authority && {
    issuer: authority.issuer,
    audience: authority.resource,
    keys: authority.keys,
  };
  try {
    return await startReferenceServer({ port, faults, tokenIssuer });
  } catch (error) {
    throw new UsageError(
      (error as { code?: string }).code === "EADDRINUSE"
        ? `Port ${port} is in use by another program: choose another one with --port.`
        : `The reference server cannot start: ${(error as Error).message}`,
    );
  }
}

/** Until the first signal; further ones, from an impatient hand or a wrapper, must not keep the folder from being removed. */
function ended(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      process.on(signal, () => resolve());
    }
  });
}
