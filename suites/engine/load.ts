import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { codeEnding } from "../../fixtures/code-ending.ts";
import { type Requirement, requirements } from "./requirement.ts";

const folder = new URL("../", import.meta.url);

/** Loads every file of a kind below `suites`, such as X.suite.ts; what they declare is known afterwards. */
export async function loadFiles(kind: "suite" | "faults"): Promise<void> {
  const names = readdirSync(fileURLToPath(folder), { recursive: true, encoding: "utf8" });
  for (const name of names.filter((each) => each.endsWith(`.${kind}${codeEnding}`)).sort()) {
    await import(new URL(name.replaceAll("\\", "/"), folder).href);
  }
}

/** All requirements of the project, by the names of their files. */
export async function loadRequirements(): Promise<readonly Requirement[]> {
  await loadFiles("suite");
  return requirements();
}
