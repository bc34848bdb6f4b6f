import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Ended, secret } from "./kind.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const program = [process.execPath, "--import", "tsx", "bin/dicomweb-conformance.ts"];
/** Milliseconds between two looks at the memory of a run. */
const betweenLooks = 100;
/** Characters of one stream that are kept; more of them is a defect, and is reported as one. */
const mostKept = 8 * 1024 * 1024;

export interface Command {
  readonly ended: Promise<Ended>;
  signal(name: NodeJS.Signals): void;
}

export interface CommandOptions {
  readonly environment?: Readonly<Record<string, string>>;
  /** A shell command before it. */
  readonly shell?: string;
  /** Milliseconds after which it is killed. */
  readonly limit: number;
}

/** Starts the real command, as a person does. */
export function start(flags: readonly string[], { environment, shell, limit }: CommandOptions): Command {
  const line = [...program, ...flags];
  const [file = "", ...args] =
    shell === undefined ? line : ["sh", "-c", `${shell}; exec "$@"`, "sh", ...line];
  const startedAt = Date.now();
  const child = spawn(file, args, { cwd: root, env: { ...inherited(), ...environment } });
  const killer = setTimeout(() => child.kill("SIGKILL"), limit);
  const memory = watchMemory(child);
  let [stdout, stderr, concludedAt] = ["", "", 0];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout = (stdout + text).slice(0, mostKept);
    if (concludedAt === 0 && /^total [\s\S]*\n\n/m.test(stdout)) {
      concludedAt = Date.now();
    }
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr = (stderr + text).slice(0, mostKept);
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on("error", reject).on("close", (code) => {
      clearTimeout(killer);
      const duration = Date.now() - startedAt;
      resolve({
        exitCode: code ?? undefined,
        stdout,
        stderr,
        duration,
        startedAt,
        concludedAt: concludedAt || Date.now(),
        peakMemory: memory(),
      });
    });
  });
  return { ended, signal: (name) => void child.kill(name) };
}

/** Without what would be taken for a flag, and what Vitest or npm would add. */
function inherited(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(DICOM_|NODE_|VITEST|npm_)/.test(name));
  return { ...Object.fromEntries(own), DICOM_BEARER_TOKEN: secret, NO_COLOR: "1" };
}

/** @returns tells the MiB that the process took at most, so far; undefined where there is no /proc */
function watchMemory(child: ChildProcess): () => number | undefined {
  let peak: number | undefined;
  const look = () => {
    try {
      const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
      const [, kibibytes] = /^VmHWM:\s+(\d+) kB/m.exec(status) ?? [];
      peak = kibibytes === undefined ? peak : Math.round(Number(kibibytes) / 1024);
    } catch {
      clearInterval(timer);
    }
  };
  const timer = setInterval(look, betweenLooks);
  child.on("close", () => clearInterval(timer));
  return () => peak;
}
