import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { guardSecret } from "../fixtures/wire/secrets.ts";
import { ReportFolder } from "./report-folder.ts";
import { recordOf, resultWith, sampleExchange } from "./sample-result.testing.ts";
import { copyBodies, readShard, type ShardRecord, shardFile, writeShard } from "./shard-file.ts";

let parent: string;

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), "shard-file-"));
});

afterAll(() => rm(parent, { recursive: true }));

const violation = resultWith({
  verdict: "violates",
  reason: "expected 200; received 500",
  exchanges: [sampleExchange],
  decisive: 0,
});

/** A shard whose report is in a folder of that name. */
async function written(name: string, changes: Partial<ShardRecord> = {}, body?: Buffer): Promise<string> {
  const path = join(parent, name);
  const folder = await ReportFolder.open(path);
  if (body !== undefined) {
    await mkdir(join(path, "bodies"));
    await writeFile(join(path, "bodies", "STORE-001-v2-1.body"), body);
  }
  const { outcome: _, reportDir: __, ...run } = recordOf([violation, resultWith({ api: undefined })]);
  const settings = { mayLeave: false, isLarge: false, hasBaseline: false };
  const shard = { number: 1, count: 2 };
  const selected = ["STORE-001"];
  await writeShard(
    { ...run, ...settings, shard, api: ["v2", undefined], selected, excluded: [], faults: [], ...changes },
    folder,
  );
  await folder.close();
  return path;
}

describe("what a shard leaves", () => {
  test("is read as it was written, with bodies of any size", async () => {
    const body = Buffer.alloc(300_000, "0123456789");
    const endedBecause = "Stopped before the end";
    const path = await written("whole", { endedBecause }, body);
    const read = await readShard(path, "bodies-of-the-whole");
    expect(read).toMatchObject({ endedBecause, api: ["v2", undefined], selected: ["STORE-001"] });
    expect(read.startedAt).toEqual(new Date(Date.UTC(2026, 0, 1)));
    expect(read.results).toEqual([violation, resultWith({ api: undefined })]);
    const bodies = join(parent, "bodies");
    await copyBodies(path, bodies);
    expect(await readFile(join(bodies, "STORE-001-v2-1.body"))).toEqual(body);
  });

  test("names the bodies where the report of the whole has them", async () => {
    const { request } = sampleExchange;
    const file = "/somewhere/else/STORE-001-v2-1.body";
    const body = { size: 8, text: "", isBinary: true, isTruncated: true, file };
    const sent = { ...violation, exchanges: [{ ...sampleExchange, request: { ...request, body } }] };
    const path = await written("bodies-elsewhere", { results: [sent] });
    const [result] = (await readShard(path, "bodies")).results;
    expect(result?.exchanges[0]?.request.body?.file).toBe(join("bodies", "STORE-001-v2-1.body"));
  });

  test("has no secret in the logs of the service", async () => {
    guardSecret("hunter2-hunter2");
    const serviceLogs = [{ name: "sql", text: "login with hunter2-hunter2 failed" }];
    const path = await written("logs", { serviceLogs });
    const text = gunzipSync(await readFile(join(path, shardFile))).toString();
    expect(text).toContain("login with [secret removed] failed");
    expect(text).not.toContain("hunter2");
  });

  test("is refused in one sentence where it is not there, cut off, or of another format", async () => {
    await expect(readShard(join(parent, "none"), "")).rejects.toThrow(
      /^There is no .*shard\.jsonl\.gz: merge takes the report folders of runs with --shard\.$/,
    );
    const path = await written("cut");
    const bytes = await readFile(join(path, shardFile));
    await writeFile(join(path, shardFile), bytes.subarray(0, bytes.length / 2));
    await expect(readShard(path, "")).rejects.toThrow(
      /shard\.jsonl\.gz cannot be read: unexpected end of file/,
    );
    await writeFile(join(path, shardFile), "no gzip");
    await expect(readShard(path, "")).rejects.toThrow(
      /shard\.jsonl\.gz cannot be read: incorrect header check/,
    );
  });
});
