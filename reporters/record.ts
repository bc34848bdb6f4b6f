import type { Result } from "../suites/engine/result.ts";
import type { Outcome } from "./gate.ts";
import type { ServiceLog } from "./service-logs.ts";

/** Everything a finished run hands to the reports. */
export interface RunRecord {
  /** Version of this suite. */
  readonly version: string;
  readonly target: string;
  readonly profile: string;
  readonly isStrict: boolean;
  readonly startedAt: Date;
  /** Milliseconds. */
  readonly duration: number;
  readonly results: readonly Result[];
  readonly outcome: Outcome;
  /** Of the service's own processes, where something failed and they can be seen. */
  readonly serviceLogs?: readonly ServiceLog[];
}
