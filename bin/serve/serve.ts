import type { Authority } from "../../fixtures/authority/authority.ts";
import { defaultPartition } from "../../fixtures/reference-server/archive/partitions.ts";
import { securityBehaviour } from "../../fixtures/reference-server/security/authorization.ts";
import { type ReferenceServer, startReferenceServer } from "../../fixtures/reference-server/server.ts";
import { UsageError } from "../../fixtures/targets/usage-error.ts";
import type { ProvingFault } from "../../suites/proof/fault.ts";
import type { ServeOptions } from "./command.ts";
import { handOut, type Secured, startAuthorityWith } from "./secured.ts";

/**
 * Runs the reference server until a signal ends it, or lists its faults.
 * @returns the exit code
 * @throws UsageError when it cannot start
 */
export async function serve(options: ServeOptions): Promise<number> {
  if (options.faults) {
    console.log(
      (await knownFaults()).map(({ name, noticedBy }) => `${name}  (${noticedBy.join(", ")})`).join("\n"),
    );
    return 0;
  }
  const { fault: names, auth } = options;
  const faults = names.length === 0 ? [] : chosen(await knownFaults(), names, auth !== undefined);
  const hasPartitions = options.partitions || faults.some((fault) => fault.hasPartitions);
  const authority = auth === undefined ? undefined : await startAuthorityWith(faults);
  try {
    const server = await start({ ...options, partitions: hasPartitions }, faults, authority);
    try {
      await serveUntilEnded(
        server.url,
        faults,
        hasPartitions,
        authority && { authority, folder: auth ?? "" },
      );
    } finally {
      await server.close();
    }
  } finally {
    await authority?.close();
  }
  return 0;
}

async function serveUntilEnded(
  url: string,
  faults: readonly ProvingFault[],
  hasPartitions: boolean,
  secured: Secured | undefined,
): Promise<void> {
  const partition = hasPartitions ? "/partitions/NAME, for any NAME" : "";
  console.log(`DICOM service: ${url}/v1${partition && "/partitions/NAME"} and ${url}/v2${partition}`);
  const baseUrl = `${url}/v2${hasPartitions ? `/partitions/${defaultPartition}` : ""}`;
  const handedOut = secured && (await handOut(secured.authority, baseUrl, secured.folder));
  for (const line of handedOut?.lines ?? []) {
    console.log(line);
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
  const { loadFaults } = await import("../../suites/proof/fault.ts");
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
  { port, host, partitions: hasPartitions, latency }: ServeOptions,
  faults: readonly ProvingFault[],
  authority: Authority | undefined,
): Promise<ReferenceServer> {
  const tokenIssuer = authority && {
    issuer: authority.issuer,
    audience: authority.resource,
    keys: authority.keys,
  };
  try {
    return await startReferenceServer({ port, host, faults, hasPartitions, latency, tokenIssuer });
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
