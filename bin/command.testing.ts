import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));
/** What Node is started with, in {@link root}, before the arguments of the command. */
export const program = ["--import", "tsx", "bin/dicomweb-conformance.ts"];

export interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the real command, as a user does. */
export function runCommand(args: readonly string[], environment: Record<string, string>): Promise<Ended> {
  const options = { cwd: root, env: { ...process.env, ...environment }, maxBuffer: 1 << 26 };
  return new Promise((resolve) => {
    execFile(process.execPath, [...program, ...args], options, (error, stdout, stderr) =>
      resolve({ exitCode: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}
