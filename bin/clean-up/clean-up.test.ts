import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type Access, anonymousAccess } from "../../fixtures/client/credentials/access.ts";
import { Journal, readJournal } from "../../fixtures/client/ownership/journal.ts";
import { startStub } from "../../suites/proof/stub-services.testing.ts";
import { cleanUpAfterKilledRun } from "./clean-up.ts";
import type { CleanUpOptions } from "./command.ts";

const study = (digit: number) => `/studies/2.25.${String(digit).repeat(38)}`;
let folder: string;
let journal: string;
let printed: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "clean-up-"));
  journal = join(folder, "journal.txt");
  printed = [];
  vi.spyOn(console, "log").mockImplementation((line: string) => void printed.push(line));
});

afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

function optionsFor(url: string): CleanUpOptions {
  const access: Access = { ...anonymousAccess, credential: { kind: "bearer", token: "token-of-clean-up" } };
  return { url, profile: "azure", access, timeout: 5, reportDir: folder };
}

interface Circumstances {
  readonly status?: number;
  /** Status of what looks for it afterwards. */
  readonly left?: number;
  /** Path of --url. */
  readonly base?: string;
  /** What happened to the journal since the run was killed. */
  readonly damage?: (serviceUrl: string) => Promise<void>;
}

/** Cleans up at a service that answers with this status; its exit code, and the paths that were deleted. */
async function cleanUp(
  paths: readonly string[],
  { status = 204, left = 404, damage, base = "/v2" }: Circumstances = {},
) {
  const deleted: string[] = [];
  const stub = await startStub((request, response) => {
    if (request.method === "DELETE") {
      deleted.push(`${request.method} ${request.url}`);
    }
    response.writeHead(request.method === "DELETE" ? status : left).end("[{}]");
  });
  for (const path of paths) {
    new Journal(journal, "a1b2c3").opened(`${stub.url}${path}`);
  }
  await damage?.(stub.url);
  try {
    return { exitCode: await cleanUpAfterKilledRun(optionsFor(`${stub.url}${base}`)), deleted };
  } finally {
    await stub.close();
  }
}

describe("cleaning up after a killed run", () => {
  test("deletes what either version of the service still holds, and then the journal", async () => {
    expect(await cleanUp([`/v1${study(1)}`, `/v2${study(2)}`, "/v2/extendedquerytags/00080070"])).toEqual({
      exitCode: 0,
      deleted: [`DELETE /v1${study(1)}`, `DELETE /v2${study(2)}`, "DELETE /v2/extendedquerytags/00080070"],
    });
    expect(printed.at(-1)).toBe("Nothing is left behind.");
    await expect(readFile(journal)).rejects.toThrow("ENOENT");
  });

  test("keeps in mind what the service does not delete", async () => {
    expect(await cleanUp([`/v2${study(2)}`], { status: 403 })).toMatchObject({ exitCode: 2 });
    expect(await readFile(journal, "utf8")).toContain(`/v2${study(2)} `);
    expect(printed.at(-1)).toMatch(/^1 resource\(s\) are left at http:\S+\/v2; see/);
  });

  test("is not taken in by a service that has no deletes and answers 404", async () => {
    const there = await cleanUp([`/v2${study(2)}`], { status: 404, left: 200 });
    expect(there.exitCode).toBe(2);
    expect(printed).toContainEqual(expect.stringMatching(/DELETE answered 404, but GET \S+ still finds it/));
    expect(await readFile(journal, "utf8")).toContain(`/v2${study(2)} `);
    expect(await cleanUp([], { status: 404, left: 404 }).catch((error: Error) => error.message)).toMatch(
      /left at/,
    );
  });

  test("ends where the service knows no such tag", async () => {
    expect(await cleanUp(["/v2/extendedquerytags/BABC"], { status: 400 })).toMatchObject({ exitCode: 0 });
  });

  test.each([
    { left: 200, exitCode: 2, said: /still finds it; whether this run added it or somebody else/ },
    { left: 404, exitCode: 0, said: /: gone$/ },
  ])(
    "looks whether a tag is there that nobody can tell whose it is, and deletes it not: $left",
    async (row) => {
      const damage = async (url: string) =>
        new Journal(journal, "a1b2c3").doubted(`${url}/v2/extendedquerytags/00080070`);
      expect(await cleanUp([], { left: row.left, damage })).toEqual({ exitCode: row.exitCode, deleted: [] });
      expect(printed[0]).toMatch(row.said);
    },
  );

  test("deletes a tag once where the answer stays out, and once more where it was refused", async () => {
    const tag = "/v2/extendedquerytags/00080070";
    await cleanUp([tag], { status: 504, left: 200 });
    expect(readJournal(journal)).toMatchObject({
      left: [],
      doubtful: [{ url: expect.stringContaining(tag) }],
    });
    await rm(journal);
    await cleanUp([tag], { status: 409, left: 200 });
    expect(readJournal(journal)).toMatchObject({
      left: [{ url: expect.stringContaining(tag) }],
      doubtful: [],
    });
  });

  test("keeps to one data partition, and takes away the tags of the service", async () => {
    const paths = [
      `/v2/partitions/P1${study(1)}`,
      `/v1/partitions/P1${study(2)}`,
      `/v2/partitions/P2${study(3)}`,
      `/v2${study(4)}`,
      "/v2/extendedquerytags/00080070",
      "/v2/partitions/P1/extendedquerytags/00080080",
    ];
    const { exitCode, deleted } = await cleanUp(paths, { base: "/v2/partitions/P1" });
    expect(deleted).toEqual([paths[0], paths[1], paths[4]].map((path) => `DELETE ${path}`));
    expect(printed.at(-1)).toMatch(/^3 resource\(s\) are left at \S+\/v2\/partitions\/P2, \S+\/v2, /);
    expect(exitCode).toBe(2);
  });

  test("touches nothing of another service, and says which one it is", async () => {
    await expect(cleanUp([`/other/v2${study(1)}`])).rejects.toThrow(
      /what is left at \S+\/other\/v2: give that as --url/,
    );
  });

  test.each(["garbage\n", "", "+ http://127.0.0.1:9/v2/studies/1.2.3\n", "run a1b2c3 00000000\n"])(
    "takes no other file for a journal: %j",
    async (text) => {
      await writeFile(journal, text);
      const options = optionsFor("http://127.0.0.1:9/v2");
      await expect(cleanUpAfterKilledRun(options)).rejects.toThrow(/is no journal of a run/);
    },
  );
});

describe("cleaning up deletes nothing that the run did not make", () => {
  test.each([
    "/studies",
    "/v2/studies",
    "/v2/studies/1.2.3",
    "/v1/studies/9.9.9",
    "/../../admin/all",
    "/v2/../../admin/all",
    "/v2/studies/1.2.826.0.1.3680043.8.498.13230779778012324449356534479549187420",
    "/v2/studies/2.25.1",
    `/v2${study(1)}/../1.2.3`,
    "/v2/extendedquerytags/..",
    "/v2/extendedquerytags",
  ])("%s", async (path) => {
    const { exitCode, deleted } = await cleanUp([path, `/v2${study(3)}`]);
    expect(deleted).toEqual([`DELETE /v2${study(3)}`]);
    expect(printed[0]).toMatch(/^Refused: line 2 of \S+journal\.txt, because it names what is no study/);
    expect(printed[0]).toContain(path);
    expect(printed.at(-1)).toMatch(/^All else is deleted\. Look in the service whether/);
    expect(exitCode).toBe(2);
  });

  test("nor a tag that stands in the journal as taken away again", async () => {
    const tag = "/v2/extendedquerytags/00080070";
    const damage = async (url: string) => new Journal(journal, "a1b2c3").closed(`${url}${tag}`);
    const { deleted } = await cleanUp([tag, `/v2${study(3)}`], { damage });
    expect(deleted).toEqual([`DELETE /v2${study(3)}`]);
  });

  test.each([1, 2, 9, 10, 12, 20])("nor what a line names that lost %i characters", async (lost) => {
    const damage = async () => {
      const text = await readFile(journal, "utf8");
      await writeFile(journal, text.slice(0, text.length - lost));
    };
    const { exitCode, deleted } = await cleanUp([`/v2${study(1)}`, `/v2${study(2)}`], { damage });
    expect(deleted).toEqual([`DELETE /v2${study(1)}`]);
    expect(printed[0]).toMatch(/^Refused: line 3 of \S+journal\.txt, because it has no end: \+ http:/);
    expect(exitCode).toBe(2);
    const again = await cleanUp([], { status: 500 }).catch((error: Error) => error);
    expect(again).toMatchObject({ exitCode: 2, deleted: [] });
  });

  test("nor what was written into it by hand, with another checksum or none", async () => {
    const damage = async (url: string) => {
      const line = `+ ${url}/v2${study(2)}`;
      await appendFile(journal, `${line}\n${line} 00000000\n\u001b]0;title\u0007\u009b2J\n`);
    };
    const { exitCode, deleted } = await cleanUp([`/v2${study(1)}`], { damage });
    expect(deleted).toEqual([`DELETE /v2${study(1)}`]);
    expect(printed.filter((line) => line.includes("because it is not as a run writes it"))).toHaveLength(3);
    expect(printed.join("")).toMatch(/^\P{Cc}+$/u);
    expect(exitCode).toBe(2);
  });
});
