#!/usr/bin/env node
import { CommanderError } from "commander";
import { UsageError } from "../fixtures/targets/usage-error.ts";
import { quoted } from "../fixtures/wire/quote.ts";
import { guardSecret } from "../fixtures/wire/secrets.ts";
import { secretVariables } from "./access/access-options.ts";
import { manifest } from "./manifest.ts";
import { programOf } from "./program.ts";

async function main(argv: readonly string[]): Promise<number> {
  let exitCode = 2;
  for (const variable of secretVariables) {
    guardSecret(process.env[variable]?.trim());
  }
  try {
    const program = programOf(manifest.version, (code) => {
      exitCode = code;
    });
    const verbs = program.commands.map((command) => command.name());
    const [verb = ""] = argv;
    if (/^[a-z]/i.test(verb) && ![...verbs, "help"].includes(verb)) {
      throw new UsageError(`There is no verb "${verb}". There are: ${verbs.join(", ")}.`);
    }
    await program.parseAsync(argv as string[], { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? 0 : 2;
    }
    const known = error instanceof UsageError;
    const reason = error instanceof Error ? error.message : String(error);
    const sentence = known ? reason : `The suite itself failed: ${reason}`;
    console.error(quoted(sentence));
    if (process.env.GITHUB_ACTIONS === "true") {
      const { annotation } = await import("../reporters/github.ts");
      console.log(annotation("DICOMweb conformance", sentence));
    }
    return 2;
  }
}

// A reader such as head may close the pipe; the run goes on and its exit code stands.
process.stdout.on("error", () => {});

process.exitCode = await main(process.argv.slice(2));
