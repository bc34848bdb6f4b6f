import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** What the command knows of its own package; that of `dist` is written when it is packed. */
export interface Manifest {
  readonly version: string;
  /** Absent in a checkout, where git knows it. */
  readonly commit?: string;
  /** Version ranges of packages that few people need, and who does installs. */
  readonly peerDependencies: Readonly<Record<string, string>>;
}

const folder = new URL("../", import.meta.url);

export const manifest = JSON.parse(readFileSync(new URL("package.json", folder), "utf8")) as Manifest;

/** Version and, where it is known, commit: `0.2.0 (commit 112389b)`. */
export function versionAndCommit(): string {
  const commit = manifest.commit ?? commitOfCheckout();
  return commit === undefined ? manifest.version : `${manifest.version} (commit ${commit})`;
}

/** Undefined where this is no checkout, or there is no git. */
export function commitOfCheckout(): string | undefined {
  if (!existsSync(new URL(".git", folder))) {
    return undefined;
  }
  try {
    const words = ["describe", "--always", "--dirty", "--exclude=*"];
    const stdio: ["ignore", "pipe", "ignore"] = ["ignore", "pipe", "ignore"];
    return execFileSync("git", words, { cwd: fileURLToPath(folder), encoding: "utf8", stdio }).trim();
  } catch {
    return undefined;
  }
}
