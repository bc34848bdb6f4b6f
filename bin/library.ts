import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Access, anonymousAccess, guardSecretsOf } from "../fixtures/client/credentials/access.ts";
import type { ApiVersion, Profile } from "../fixtures/client/endpoint.ts";
import type { RunRecord } from "../reporters/record.ts";
import { writeReports } from "../reporters/report.ts";
import type { Exclusion } from "../suites/engine/exclusion.ts";
import type { Result } from "../suites/engine/result.ts";
import type { JudgeOptions } from "./judge/command.ts";
import { judgeFor } from "./judge/judge.ts";
import { manifest } from "./manifest.ts";

export type { Access, CredentialSource } from "../fixtures/client/credentials/access.ts";
export type { ApiVersion, Profile } from "../fixtures/client/endpoint.ts";
export type { Challenge, Criterion } from "../fixtures/grading/challenge.ts";
export { UsageError } from "../fixtures/targets/usage-error.ts";
export type { RunRecord } from "../reporters/record.ts";
export type { Exclusion } from "../suites/engine/exclusion.ts";
export type { Level, Result, SuiteName, Verdict } from "../suites/engine/result.ts";

/** What is judged, and how; each member as the flag of its name. No variable of the environment is read for it. */
export interface JudgeSettings {
  /** Base URL, version segment included, such as https://host/v2; absent: the embedded reference server, both versions. */
  readonly url?: string;
  /** Where the URL does not say it. */
  readonly apiVersion?: ApiVersion;
  /** Default: azure. */
  readonly profile?: Profile;
  /** Names of suites; beside `requirement`, what either selects; without both, everything. */
  readonly suite?: readonly string[];
  /** Ids of requirements. */
  readonly requirement?: readonly string[];
  /** What is left out, and why. */
  readonly exclude?: readonly Exclusion[];
  /** How the run gets into the service; absent: with no credential. */
  readonly access?: Partial<Access>;
  /** Whether deviations from what a service should do decide as well. */
  readonly strict?: boolean;
  /** Seconds of patience with each request; default 30. */
  readonly timeout?: number;
  /** Seconds after which the run ends with what was judged until then. */
  readonly maxTime?: number;
  /** How many checks run at once; default 16. */
  readonly concurrency?: number;
  /** MiB of a response that are read; default 64. */
  readonly maxBody?: number;
  /** Whether to go on where the service does not delete. */
  readonly keep?: boolean;
  /** Whether to store instances of 1 GiB as well. */
  readonly large?: boolean;
  /** File of known deviations, which decide nothing. */
  readonly baseline?: string;
  /** Folder for the reports; absent: none are written. */
  readonly reportDir?: string;
  /** Ends the run: the checks that run finish and clean up. */
  readonly signal?: AbortSignal;
  /** Is told each verdict as it falls. */
  readonly onResult?: (result: Result) => void;
  /** Is told what a person should know meanwhile, such as why the run waits. */
  readonly say?: (sentence: string) => void;
}

/**
 * Judges a service, as the command does, but says nothing, ends nothing, and leaves signals to the program.
 * @returns what was judged; `outcome` has the exit code that the command would have ended with, and its sentence
 * @throws UsageError for what cannot be done as asked, with a sentence for a person
 */
export async function judge(settings: JudgeSettings = {}): Promise<RunRecord> {
  const { reportDir, signal, onResult = () => {}, say = () => {} } = settings;
  const folder = reportDir ?? (await mkdtemp(join(tmpdir(), "dicomweb-conformance-run-")));
  const options = optionsOf(settings, folder);
  guardSecretsOf(options.access);
  try {
    return await judgeFor(
      {
        onlooker: { begin: () => {}, add: onResult, say },
        say,
        stop: () => signal,
        endedWith: () => undefined,
        conclude: async ({ record, finish }, opened) => {
          if (reportDir !== undefined) {
            await finish();
            await writeReports(record, opened);
          }
          return record;
        },
      },
      options,
      manifest.version,
    );
  } finally {
    if (reportDir === undefined) {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

function optionsOf(settings: JudgeSettings, reportDir: string): JudgeOptions {
  const { url, apiVersion, profile = "azure", suite = [], requirement = [], exclude = [], access } = settings;
  const { strict = false, keep = false, large = false, baseline } = settings;
  const { timeout = 30, maxTime, concurrency = 16, maxBody = 64 } = settings;
  return {
    ...{ url, apiVersion, profile, suite, requirement, exclude, access: { ...anonymousAccess, ...access } },
    ...{ notes: false, strict, keep, large, baseline, timeout, maxTime, concurrency, maxBody, reportDir },
    ...noContainers,
  };
}

const noContainers = {
  image: [],
  containerEnv: [],
  partitions: false,
  keepContainer: false,
  startTimeout: 0,
};
