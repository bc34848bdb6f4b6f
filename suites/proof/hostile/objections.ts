import { type Ended, type Kind, maxTimeOn, secret, usualSeconds } from "./kind.ts";
import { filesBelow, leaksOf } from "./leaks.ts";

/** Bytes of one file of a report: the page takes 3.6 MB without anything in it. What a run itself has sent may be more. */
const largestReport = 5 * 1024 * 1024;
/** Characters that a run may print. */
const mostPrinted = 100_000;
/** MiB above an honest run of no more checks. */
const memoryOnTop = 300;
/** Timeouts after which a run with a service that died must be over. */
const timeoutsAfterDeath = 3;
/** Milliseconds for what else is to be done until the last sentence is printed. */
const slack = 3_000;

const stackTrace = /^\s+at .*(file:|node:|\.[jt]s:\d)/m;
/** Everything that steers a terminal; line ends and tabs do not. */
const controls = /(?![\n\t])\p{Cc}/u;

export interface Circumstances {
  readonly reportDir: string;
  readonly diedAt: number | undefined;
  /** MiB, of an honest run; undefined where it is not known. */
  readonly honestMemory: number | undefined;
  /** By what factor this machine is slower today than one that is idle. */
  readonly slowness: number;
}

/** What is wrong with how a run ended, in a person's words; nothing where it ended as it must. */
export function objectionsTo(kind: Kind, ended: Ended, circumstances: Circumstances): string[] {
  const printed = ended.stdout + ended.stderr;
  const reports = filesBelow(circumstances.reportDir);
  const most = (kind.seconds ?? usualSeconds) * 1_000 * circumstances.slowness;
  return [
    ...(ended.exitCode === kind.exitCode ? [] : [`exit code ${ended.exitCode} instead of ${kind.exitCode}`]),
    ...[kind.says, ...(kind.saysAlso ?? [])]
      .filter((sentence) => !sentence.test(printed))
      .map((sentence) => `does not say ${sentence}`),
    ...(stackTrace.test(printed) ? ["prints a stack trace"] : []),
    ...(controls.test(printed) ? ["prints control characters"] : []),
    ...(/a fault of this suite|The suite itself failed/.test(printed) ? ["blames itself"] : []),
    ...(printed.length > mostPrinted ? [`prints ${printed.length} characters`] : []),
    ...(ended.duration > most ? [`takes ${Math.round(ended.duration / 1_000)} s`] : []),
    ...deathObjections(kind, ended, circumstances),
    ...overtimeObjections(kind, ended, circumstances),
    ...memoryObjections(ended, circumstances),
    ...reports
      .filter(({ name, size }) => size > largestReport && !name.endsWith(".body"))
      .map(({ name, size }) => `${name} has ${Math.round(size / 1024 / 1024)} MiB`),
    ...leaksOf(secret)([{ name: "the console", text: printed }, ...reports]),
  ];
}

function deathObjections(
  kind: Kind,
  { concludedAt }: Ended,
  { diedAt = Number.POSITIVE_INFINITY, slowness }: Circumstances,
): string[] {
  const passed = concludedAt - diedAt;
  return passed > timeoutsAfterDeath * timeoutOf(kind) * slowness
    ? [`goes on for ${(passed / 1_000).toFixed(1)} s after the service stopped answering`]
    : [];
}

/** Beside --max-time a run has two timeouts to take away what it made. */
function overtimeObjections(
  kind: Kind,
  { concludedAt, startedAt }: Ended,
  { slowness }: Circumstances,
): string[] {
  const maxTime = maxTimeOn(kind, slowness) ?? Number.POSITIVE_INFINITY;
  const passed = concludedAt - startedAt;
  return passed > maxTime * 1_000 + 2 * timeoutOf(kind) + 2 * slack * slowness
    ? [`goes on for ${(passed / 1_000).toFixed(1)} s with --max-time ${maxTime}`]
    : [];
}

/** Milliseconds. */
function timeoutOf({ flags }: Kind): number {
  return Number(flags[flags.indexOf("--timeout") + 1]) * 1_000;
}

function memoryObjections({ peakMemory }: Ended, { honestMemory }: Circumstances): string[] {
  return peakMemory !== undefined && honestMemory !== undefined && peakMemory > honestMemory + memoryOnTop
    ? [`takes ${peakMemory} MiB, an honest run ${honestMemory}`]
    : [];
}
