import { createReadStream, createWriteStream, existsSync } from "node:fs";
import { appendFile, mkdir, readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import type { ApiVersion } from "../fixtures/client/endpoint.ts";
import { UsageError } from "../fixtures/targets/usage-error.ts";
import type { Result, Shard } from "../suites/engine/result.ts";
import type { RunRecord } from "./record.ts";
import type { ReportFolder } from "./report-folder.ts";
import { shownLog } from "./service-logs.ts";

/** What one shard leaves for the report of the whole run. */
export interface ShardRecord
  extends Pick<RunRecord, "version" | "target" | "profile" | "isStrict" | "isInsecure" | "results">,
    Pick<RunRecord, "startedAt" | "duration" | "serviceLogs"> {
  readonly shard: Shard;
  /** The versions judged, in the order of the run; undefined for a server without versions. */
  readonly api: readonly (ApiVersion | undefined)[];
  /** Ids that the whole run judges, in its order. */
  readonly selected: readonly string[];
  /** What of them nobody judges, and why. */
  readonly excluded: readonly (readonly [id: string, reason: string])[];
  /** Whether it is fine that the run leaves something in the service. */
  readonly mayLeave: boolean;
  /** Whether instances of gigabytes were wanted. */
  readonly isLarge: boolean;
  /** Whether the shard was held against a baseline. */
  readonly hasBaseline: boolean;
  readonly faults: readonly string[];
  readonly endedBecause?: string;
}

/** In the report folder of a shard. */
export const shardFile = "shard.jsonl.gz";

const format = 1;
/** Bytes of a body in one line. */
const bodyPiece = 96 * 1024;

/** A line of the file. */
type Line =
  | { readonly format: number; readonly shard: Omit<ShardRecord, "results"> }
  | { readonly result: Result }
  | { readonly body: string; readonly base64: string };

/** Writes the file: one line about the shard, one for each result, and the bodies that scripts send, in pieces. */
export async function writeShard(record: ShardRecord, folder: ReportFolder): Promise<void> {
  await folder.write(shardFile, (path) =>
    pipeline(
      Readable.from(linesOf(record, join(folder.path, "bodies"))),
      createGzip(),
      createWriteStream(path),
    ),
  );
}

async function* linesOf({ results, ...rest }: ShardRecord, bodies: string): AsyncGenerator<string> {
  const written = (line: Line) => `${JSON.stringify(line)}\n`;
  // Exchanges are recorded without secrets; logs are not.
  const serviceLogs = rest.serviceLogs?.map((log) => ({ ...log, text: shownLog(log) }));
  yield written({ format, shard: { ...rest, serviceLogs } });
  for (const result of results) {
    yield written({ result });
  }
  for (const body of existsSync(bodies) ? await readdir(bodies) : []) {
    for await (const piece of createReadStream(join(bodies, body), { highWaterMark: bodyPiece })) {
      yield written({ body, base64: (piece as Buffer).toString("base64") });
    }
  }
}

/**
 * Reads what the shard in a report folder has left.
 * @param bodies where the bodies of the whole are going to be
 * @throws UsageError
 */
export async function readShard(reportDir: string, bodies: string): Promise<ShardRecord> {
  const results: Result[] = [];
  let shard: Omit<ShardRecord, "results"> | undefined;
  await readLines(reportDir, (line) => {
    if ("format" in line && line.format === format) {
      shard = line.shard;
    } else if ("result" in line) {
      results.push(placed(line.result, bodies));
    }
  });
  if (shard === undefined) {
    throw new UsageError(
      `${join(reportDir, shardFile)} is not of this version: judge and merge with the same.`,
    );
  }
  const api = shard.api.map((version) => version ?? undefined);
  return { ...shard, api, startedAt: new Date(shard.startedAt), results };
}

/** Adds the bodies that a shard has left to a folder. */
export async function copyBodies(reportDir: string, bodies: string): Promise<void> {
  await readLines(reportDir, async (line) => {
    if ("body" in line) {
      await mkdir(bodies, { recursive: true });
      await appendFile(join(bodies, basename(line.body)), Buffer.from(line.base64, "base64"));
    }
  });
}

/** The result with its bodies where they are going to be. */
function placed(result: Result, bodies: string): Result {
  for (const { request } of result.exchanges) {
    if (request.body?.file !== undefined) {
      request.body.file = join(bodies, basename(request.body.file));
    }
  }
  return { ...result, api: result.api ?? undefined };
}

async function readLines(reportDir: string, take: (line: Line) => Promise<void> | void): Promise<void> {
  const path = join(reportDir, shardFile);
  if (!existsSync(path)) {
    throw new UsageError(`There is no ${path}: merge takes the report folders of runs with --shard.`);
  }
  try {
    await pipeline(createReadStream(path), createGunzip(), async (source: AsyncIterable<Buffer>) => {
      for await (const text of linesIn(source)) {
        await take(JSON.parse(text) as Line);
      }
    });
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${(error as Error).message}.`);
  }
}

async function* linesIn(source: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of source) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
}
