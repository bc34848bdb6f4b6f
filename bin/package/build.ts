import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { commitOfCheckout, manifest } from "../manifest.ts";

/** Makes `dist`, which is what the package has: compiled code, what it reads beside itself, version and commit. */
const root = fileURLToPath(new URL("../..", import.meta.url));
const built = join(root, "dist");

rmSync(built, { recursive: true, force: true });
const compiler = fileURLToPath(import.meta.resolve("typescript/package.json"));
execFileSync(process.execPath, [join(compiler, "../bin/tsc"), "--project", "bin/package"], {
  cwd: root,
  stdio: "inherit",
});
chmodSync(join(built, "bin/dicomweb-conformance.js"), 0o755);
for (const room of ["bin/judge", "reporters"]) {
  const names = readdirSync(join(root, room), { recursive: true, encoding: "utf8" });
  for (const name of names.filter((each) => /\.(mjs|json)$/.test(each))) {
    copyFileSync(join(root, room, name), join(built, room, name));
  }
}
const { version, peerDependencies } = manifest;
const packed = { type: "module", version, commit: commitOfCheckout(), peerDependencies };
writeFileSync(join(built, "package.json"), `${JSON.stringify(packed, undefined, 2)}\n`);
