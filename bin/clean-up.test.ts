import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { startStub } from "../suites/proof/stub-services.testing.ts";
import { cleanUpAfterKilledRun } from "./clean-up.ts";
import { readOptions } from "./options.ts";

let folder: string;
let journal: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "clean-up-"));
  journal = join(folder, "journal.txt");
  vi.spyOn(console, "log").mockReturnValue();
});

afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

/** Cleans up at a service that answers with this status; its exit code, and the paths that were deleted. */
async function cleanUp(paths: readonly string[], status = 204) {
  const deleted: string[] = [];
  const stub = await startStub((request, response) => {
    deleted.push(`${request.method} ${request.url}`);
    response.writeHead(status).end();
  });
  await writeFile(journal, paths.map((path) => `+ ${stub.url}${path}\n`).join(""));
  const options = readOptions(["--clean-up", "--url", `${stub.url}/v2`], "0");
  try {
    return { exitCode: await cleanUpAfterKilledRun(options, journal), deleted };
  } finally {
    await stub.close();
  }
}

describe("cleaning up after a killed run", () => {
  test("deletes what either version of the service still holds", async () => {
    expect(await cleanUp(["/v1/studies/1", "/v2/studies/2"])).toEqual({
      exitCode: 0,
      deleted: ["DELETE /v1/studies/1", "DELETE /v2/studies/2"],
    });
  });

  test("keeps in mind what the service does not delete", async () => {
    expect(await cleanUp(["/v2/studies/2"], 403)).toMatchObject({ exitCode: 2 });
    expect(await readFile(journal, "utf8")).toMatch(/^\+ http.*\/v2\/studies\/2\n$/);
  });

  test("ends where the service knows no such tag", async () => {
    expect(await cleanUp(["/v2/extendedquerytags/BABC"], 400)).toMatchObject({ exitCode: 0 });
  });

  test("touches nothing of another service, and says which one it is", async () => {
    await expect(cleanUp(["/other/v2/studies/1"])).rejects.toThrow(
      /what is left at \S+\/other\/v2: give that as --url/,
    );
  });

  test("takes no other file for a journal", async () => {
    await writeFile(journal, "garbage\n");
    const options = readOptions(["--clean-up", "--url", "http://127.0.0.1:9/v2"], "0");
    await expect(cleanUpAfterKilledRun(options, journal)).rejects.toThrow(/is no journal of a run/);
  });
});
