import type { Result, Shard } from "../suites/engine/result.ts";
import type { Outcome } from "./gate.ts";
import type { Change, PastRun } from "./history/changes.ts";
import type { ServiceLog } from "./service-logs.ts";

/** Everything a finished run hands to the reports. */
export interface RunRecord {
  /** Version of this suite. */
  readonly version: string;
  readonly target: string;
  readonly profile: string;
  readonly isStrict: boolean;
  /** Which part of a run this is; absent: the whole. */
  readonly shard?: Shard;
  /** Whether the run believed any certificate. */
  readonly isInsecure?: boolean;
  readonly startedAt: Date;
  /** Milliseconds. */
  readonly duration: number;
  readonly results: readonly Result[];
  /** Folder of the reports, as the person named it. */
  readonly reportDir: string;
  readonly outcome: Outcome;
  /** The baseline that the run was held against. */
  readonly baseline?: { readonly file: string; readonly outdated: readonly string[] };
  /** Earlier runs of the same service, the earliest first, where a history is kept. */
  readonly past?: readonly PastRun[];
  /** What is new and what is mended since. */
  readonly changes?: readonly Change[];
  /** Of the service's own processes, where something failed and they can be seen. */
  readonly serviceLogs?: readonly ServiceLog[];
}

/** What every report says of a run that believed any certificate. */
export const insecureWarning =
  "Run with --insecure: no certificate was verified, so whoever answered may have been somebody else.";
