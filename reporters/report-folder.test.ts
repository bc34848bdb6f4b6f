import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ReportFolder } from "./report-folder.ts";

let path: string;

beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), "report-folder-"));
});

afterEach(() => rm(path, { recursive: true, force: true }));

describe("a report folder", () => {
  test("has nothing of an earlier report, and keeps what is no report", async () => {
    for (const name of ["verdicts.json", "journal.txt", "mine.txt"]) {
      await writeFile(join(path, name), "old");
    }
    const folder = await ReportFolder.open(path);
    await folder.writeText("junit.xml", "new");
    await folder.close();
    expect((await readdir(path)).sort()).toEqual(["journal.txt", "junit.xml", "mine.txt"]);
  });

  test("is of one run at a time; a run that was killed does not keep it", async () => {
    await writeFile(join(path, ".lock"), String(process.ppid));
    await expect(ReportFolder.open(path)).rejects.toThrow(
      /Another run \(process \d+\) writes to .*--report-dir/,
    );
    await writeFile(join(path, ".lock"), "999999999");
    await (await ReportFolder.open(path)).close();
  });

  test("holds a part whole or not at all, also where the folder was removed meanwhile", async () => {
    const folder = await ReportFolder.open(path);
    const full = folder.write("verdicts.json", async (file) => {
      await writeFile(file, '{"exitCode": 0');
      throw new Error("ENOSPC: no space left on device");
    });
    await expect(full).rejects.toThrow("ENOSPC");
    expect(await readdir(path)).toEqual([".lock"]);
    await rm(path, { recursive: true });
    await folder.writeText("junit.xml", "<x/>");
    expect(await readFile(join(path, "junit.xml"), "utf8")).toBe("<x/>");
    await folder.close();
  });

  test("is made with those above it", async () => {
    await (await ReportFolder.open(join(path, "a", "b", "c"))).close();
    expect(await readdir(join(path, "a", "b"))).toEqual(["c"]);
  });

  test.each(["file", "file/below"])("that cannot be made is refused with a sentence: %s", async (name) => {
    await writeFile(join(path, "file"), "");
    await expect(ReportFolder.open(join(path, name))).rejects.toThrow(/cannot be used/);
  });

  test.skipIf(!existsSync("/proc/self"))(
    "in /proc is refused as well (skipped where there is none)",
    async () => {
      await expect(ReportFolder.open("/proc/x/y")).rejects.toThrow(
        /^The report folder \/proc\/x\/y cannot be used: /,
      );
    },
  );
});
