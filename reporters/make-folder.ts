import { existsSync } from "node:fs";
import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Makes a folder and those above it. Node's own recursive mkdir never ends below a folder that is there and answers
 * "no such file" to whatever is to be made in it, as /proc does.
 * @returns whether it was not there yet
 */
export async function makeFolder(path: string): Promise<boolean> {
  try {
    await mkdir(path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST" && (await stat(path)).isDirectory()) {
      return false;
    }
    if (code !== "ENOENT" || existsSync(dirname(path))) {
      throw error;
    }
  }
  await makeFolder(dirname(path));
  return makeFolder(path);
}
