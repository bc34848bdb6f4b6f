import { type ReferenceServer, startReferenceServer } from "../fixtures/reference-server/server.ts";
import { UsageError } from "../fixtures/targets/usage-error.ts";
import type { ProvingFault } from "../suites/proof/fault.ts";

export interface ServeOptions {
  readonly port: number;
  /** Address of the interface. */
  readonly host: string;
  /** Names of faults. */
  readonly fault: readonly string[];
  /** Whether to list the faults instead. */
  readonly faults: boolean;
  /** Whether clients have to name a data partition. */
  readonly partitions: boolean;
  /** Milliseconds by which each answer comes later. */
  readonly latency: number;
}

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
  const { fault: names } = options;
  const faults = names.length === 0 ? [] : chosen(await knownFaults(), names);
  const hasPartitions = options.partitions || faults.some((fault) => fault.hasPartitions);
  const server = await start({ ...options, partitions: hasPartitions }, faults);
  const partition = hasPartitions ? "/partitions/NAME, for any NAME" : "";
  console.log(
    `DICOM service: ${server.url}/v1${partition && "/partitions/NAME"} and ${server.url}/v2${partition}`,
  );
  for (const { name, noticedBy } of faults) {
    console.log(`Faulty: it ${name}. ${noticedBy.join(", ")} must notice it.`);
  }
  console.log("Ctrl-C ends it and removes everything that was stored.");
  await ended();
  await server.close();
  return 0;
}

/** Loaded late: an honest server needs none of them. */
async function knownFaults(): Promise<readonly ProvingFault[]> {
  const { loadFaults } = await import("../suites/proof/fault.ts");
  return loadFaults();
}

/** @throws UsageError for a name that no fault has */
function chosen(known: readonly ProvingFault[], names: readonly string[]): readonly ProvingFault[] {
  return names.map((name) => {
    const fault = known.find((each) => each.name === name);
    if (fault === undefined) {
      throw new UsageError(`There is no fault "${name}"; serve --faults lists all of them.`);
    }
    return fault;
  });
}

async function start(
  { port, host, partitions: hasPartitions, latency }: ServeOptions,
  faults: readonly ProvingFault[],
): Promise<ReferenceServer> {
  try {
    return await startReferenceServer({ port, host, faults, hasPartitions, latency });
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
