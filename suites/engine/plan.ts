import type { Access } from "../../fixtures/client/credentials/access.ts";
import type { Endpoint } from "../../fixtures/client/endpoint.ts";

/** What a run is to do; handed from the command to the workers. */
export interface RunPlan {
  /** Short id of the run, part of every Patient ID it stores. */
  readonly run: string;
  readonly endpoints: readonly Endpoint[];
  /** Ids of the requirements to judge. */
  readonly selected: readonly string[];
  /** Milliseconds, per request. */
  readonly timeout: number;
  /** How many checks may run at once, where they may run together at all. */
  readonly concurrency: number;
  /** Milliseconds since 1970, when the run must be over; undefined where it may take as long as it takes. */
  readonly deadline: number | undefined;
  /** How long the run has waited because the service asked for it; see RunLimits. */
  readonly waited: SharedArrayBuffer;
  /** Bytes of a response that are read. */
  readonly largestBody: number;
  readonly access: Access;
  /** Whether instances of gigabytes are wanted. */
  readonly isLarge: boolean;
  /** File that says what the run has not yet taken away; undefined where the service ends with the run. */
  readonly journal: string | undefined;
  /** Folder for the request bodies that proved a violation. */
  readonly bodies: string;
}

declare module "vitest" {
  interface ProvidedContext {
    readonly plan: RunPlan;
    /** Whether the checks of one file may run together. */
    readonly isConcurrent: boolean;
  }
  interface TaskMeta {
    /** The judged requirement, for the reporters. */
    result?: import("./result.ts").Result;
  }
}
