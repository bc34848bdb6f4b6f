#!/usr/bin/env -S npx tsx
import { readFileSync } from "node:fs";
import { UsageError } from "../fixtures/targets/usage-error.ts";
import { EarlyExit, readOptions } from "./options.ts";

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
  version: string;
};

async function main(): Promise<number> {
  try {
    const options = readOptions(process.argv.slice(2), version);
    // Loaded late: help and complaints about flags should not wait for the suites.
    const { run } = await import("./judge.ts");
    return await run(options, version);
  } catch (error) {
    if (error instanceof EarlyExit) {
      return error.exitCode;
    }
    const known = error instanceof UsageError;
    console.error(
      known ? error.message : `The suite itself failed: ${error instanceof Error ? error.message : error}`,
    );
    return 2;
  }
}

// A reader such as head may close the pipe; the run goes on and its exit code stands.
process.stdout.on("error", () => {});

process.exitCode = await main();
