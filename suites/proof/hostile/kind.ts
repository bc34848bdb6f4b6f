/** One way in which a service, a disk or a person can be hostile to a run, and how the run must end. */
export interface Kind {
  /** What is done to the run, in a person's words, unique. */
  readonly name: string;
  /** Beside --url and --report-dir. */
  readonly flags: readonly string[];
  readonly exitCode: 0 | 1 | 2 | 143;
  /** What the run must say, on one of both streams: what ended it. */
  readonly says: RegExp;
  /** What it must say besides. */
  readonly saysAlso?: readonly RegExp[];
  readonly open: (setting: Setting) => Promise<Scene>;
  /** Seconds for --max-time, on an idle machine. */
  readonly maxTime?: number;
  /** Seconds that the run may take where an honest one takes {@link honestSeconds}; absent: {@link usualSeconds}. */
  readonly seconds?: number;
  /** Tried with --all only: another one shows nearly the same. */
  readonly isRare?: boolean;
  /** A shell command that comes before the run, in its process. */
  readonly shell?: string;
}

/** What a kind is given to work with. */
export interface Setting {
  /** Of its own; taken away afterwards. */
  readonly folder: string;
  readonly reportDir: string;
  /** Runs the command a second time, beside the one that is tried. */
  readonly runBeside: (flags: readonly string[]) => Promise<Ended>;
  /** Sends a signal to the run that is tried. */
  readonly signal: (name: NodeJS.Signals) => void;
}

/** A service that is up. */
export interface Scene {
  /** For --url. */
  readonly url: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** What it saw that no run may do, in a person's words; asked when the run has ended. */
  readonly objections?: () => readonly string[] | Promise<readonly string[]>;
  /** Milliseconds since 1970, when it stopped answering for good. */
  readonly diedAt?: () => number | undefined;
  close(): Promise<void>;
}

/** How a run came to its end. */
export interface Ended {
  /** Undefined where a signal ended it. */
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** Milliseconds. */
  readonly duration: number;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** Milliseconds since 1970 when its last sentence stood on the screen, before the reports are written. */
  readonly concludedAt: number;
  /** MiB; undefined where the system does not tell. */
  readonly peakMemory: number | undefined;
}

/** Of an honest run on an idle machine, doubled. */
export const honestSeconds = 10;
export const usualSeconds = 40;

/** Seconds of a kind for --max-time, on a machine that is slower by this factor. */
export function maxTimeOn({ maxTime }: Kind, slowness: number): number | undefined {
  return maxTime === undefined ? undefined : Math.ceil(maxTime * slowness);
}

/** Given to every run; what a service makes of it must be found nowhere. */
export const secret = "Sesam/oeffne+Dich~4711~Zauberwort==";

/** One search, before the first check: where most services that are no service come to light. */
export const smokeOnly = ["--timeout", "5"];

/** A few checks; the timeout is for a busy machine, and none of them waits for anything. */
export function judging(...ids: readonly string[]): string[] {
  return ["--timeout", "10", ...ids.flatMap((id) => ["--requirement", id])];
}

export function rare(kind: Kind): Kind {
  return { ...kind, isRare: true };
}
