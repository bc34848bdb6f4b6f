import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Requirement, requirements } from "./requirement.ts";

const folder = new URL("../", import.meta.url);

/** Loads every file below `suites` whose name ends so, such as ".suite.ts"; what they declare is known afterwards. */
export async function loadFiles(ending: string): Promise<void> {
  const names = readdirSync(fileURLToPath(folder), { recursive: true, encoding: "utf8" });
  for (const name of names.filter((each) => each.endsWith(ending)).sort()) {
    await import(new URL(name.replaceAll("\\", "/"), folder).href);
  }
}

/** All requirements of the project, by the names of their files. */
export async function loadRequirements(): Promise<readonly Requirement[]> {
  await loadFiles(".suite.ts");
  return requirements();
}
