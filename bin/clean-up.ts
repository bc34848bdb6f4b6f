import { existsSync } from "node:fs";
import { credentialOf } from "../fixtures/client/credential.ts";
import { versionsOf } from "../fixtures/client/endpoint.ts";
import { Journal } from "../fixtures/client/journal.ts";
import { isGone } from "../fixtures/client/scenario-clean-up.ts";
import { Transport } from "../fixtures/client/transport.ts";
import { openConfigured } from "../fixtures/targets/configured.ts";
import { UsageError } from "../fixtures/targets/usage-error.ts";
import type { Options } from "./options.ts";

/**
 * Deletes what a killed run left in a service, as its journal says; nothing outside --url is touched, but for the other
 * version of the same service.
 * @returns the exit code: 0 when nothing is left
 * @throws UsageError
 */
export async function cleanUpAfterKilledRun(options: Options, journalFile: string): Promise<number> {
  const { url, apiVersion, profile, token, timeout } = options;
  if (url === undefined) {
    throw new UsageError("--clean-up goes with --url: the embedded server keeps nothing after a run.");
  }
  const { name: baseUrl } = openConfigured(url, apiVersion, profile);
  const journal = openJournal(journalFile);
  const urls = journal.left.filter((left) =>
    versionsOf(baseUrl).some((version) => left.startsWith(`${version}/`)),
  );
  if (urls.length === 0 && journal.left.length > 0) {
    throw new UsageError(
      `${journalFile} names nothing of ${baseUrl}, but what is left at ${basesOf(journal.left)}: give that as --url.`,
    );
  }
  const transport = new Transport({
    timeout: timeout * 1000,
    credential: credentialOf(token),
    origins: [baseUrl],
  });
  try {
    for (const left of urls) {
      const { status } = await transport.send({ method: "DELETE", url: left });
      console.log(`DELETE ${left}: ${status}`);
      if (isGone(left, status)) {
        journal.closed(left);
      }
    }
  } catch (error) {
    throw new UsageError(`${baseUrl}: ${(error as Error).message}. Run the same command again later.`);
  } finally {
    await transport.close();
  }
  const { left } = journal;
  journal.finish();
  console.log(
    left.length === 0
      ? "Nothing is left behind."
      : `${left.length} resource(s) are left at ${basesOf(left)}; see ${journalFile}.`,
  );
  return left.length === 0 ? 0 : 2;
}

/** @throws UsageError for a file that no run has written */
function openJournal(file: string): Journal {
  if (!existsSync(file)) {
    throw new UsageError(
      `There is no ${file}: no run that was killed left anything, or --report-dir is another one.`,
    );
  }
  const journal = new Journal(file);
  if (!journal.isWhole) {
    throw new UsageError(`${file} is no journal of a run: each of its lines begins with + or - and a URL.`);
  }
  return journal;
}

function basesOf(urls: readonly string[]): string {
  return [...new Set(urls.map((url) => url.replace(/\/(?:studies|extendedquerytags)\/.*$/, "")))].join(", ");
}
