import { existsSync } from "node:fs";
import { isGone } from "../fixtures/client/clean-up.ts";
import { credentialOf } from "../fixtures/client/credential.ts";
import { Journal } from "../fixtures/client/journal.ts";
import { Transport } from "../fixtures/client/transport.ts";
import { openConfigured } from "../fixtures/targets/configured.ts";
import { UsageError } from "../fixtures/targets/usage-error.ts";
import type { Options } from "./options.ts";

/**
 * Deletes what a killed run left in a service, as its journal says; nothing outside --url is touched.
 * @returns the exit code: 0 when nothing is left
 * @throws UsageError
 */
export async function cleanUpAfterKilledRun(options: Options, journalFile: string): Promise<number> {
  const { url, apiVersion, profile, token, timeout } = options;
  if (url === undefined) {
    throw new UsageError("--clean-up goes with --url: the embedded server keeps nothing after a run.");
  }
  const [endpoint] = openConfigured(url, apiVersion, profile).endpoints;
  if (!existsSync(journalFile)) {
    throw new UsageError(
      `There is no ${journalFile}: no run that was killed left anything, or --report-dir is another one.`,
    );
  }
  const journal = new Journal(journalFile);
  const transport = new Transport({ timeout: timeout * 1000, credential: credentialOf(token) });
  const urls = journal.left.filter((left) => left.startsWith(`${endpoint?.baseUrl}/`));
  try {
    for (const left of urls) {
      const response = await transport.send({ method: "DELETE", url: left });
      console.log(`DELETE ${left}: ${response.status}`);
      if (isGone(response)) {
        journal.closed(left);
      }
    }
  } catch (error) {
    throw new UsageError(
      `${endpoint?.baseUrl}: ${(error as Error).message}. Run the same command again later.`,
    );
  } finally {
    await transport.close();
  }
  const { length } = journal.left;
  journal.finish();
  console.log(
    length === 0 ? "Nothing is left behind." : `${length} resource(s) are left; see ${journalFile}.`,
  );
  return length === 0 ? 0 : 2;
}
