import { spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";

export type Variables = Readonly<Record<string, string>>;

/** How a step ended, and what it wrote to the log. */
export interface Ended {
  readonly exitCode: number | null;
  readonly log: string;
}

/** Runs the text of a step as both systems do: bash, with the text in a file. @param flags of bash */
export async function runScript(
  text: string,
  {
    folder,
    cwd,
    variables,
  }: { readonly folder: string; readonly cwd: string; readonly variables: Variables },
  flags: readonly string[],
): Promise<Ended> {
  const file = join(folder, "step.sh");
  await writeFile(file, text);
  const child = spawn("bash", ["--noprofile", "--norc", ...flags, file], {
    cwd,
    env: { ...process.env, ...variables },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let log = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (part: string) => {
      log += part;
      process.stdout.write(part);
    });
  }
  return new Promise((resolve) => child.on("close", (exitCode) => resolve({ exitCode, log })));
}
