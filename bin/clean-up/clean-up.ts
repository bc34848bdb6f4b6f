import { existsSync, rmSync } from "node:fs";
import { attachedTo } from "../../fixtures/client/credentials/credential.ts";
import { urlOf, versionsOf } from "../../fixtures/client/endpoint.ts";
import { deleteForGood, lookAtDoubtful } from "../../fixtures/client/ownership/deletion.ts";
import {
  Journal,
  type JournalContent,
  type Leaving,
  readJournal,
} from "../../fixtures/client/ownership/journal.ts";
import { isTagUrl } from "../../fixtures/client/ownership/own-resource.ts";
import { Transport } from "../../fixtures/client/transport/transport.ts";
import { openConfigured } from "../../fixtures/targets/configured.ts";
import { requireCredentials } from "../../fixtures/targets/credential-probe.ts";
import { UsageError } from "../../fixtures/targets/usage-error.ts";
import { excerpt } from "../../fixtures/wire/quote.ts";
import { journalIn } from "../../reporters/report-folder.ts";
import type { CleanUpOptions } from "./command.ts";

/**
 * Deletes what a killed run left in a service, as its journal says: studies and extended query tags of the run, by lines
 * that stand whole in it. Nothing outside --url, and of studies nothing outside
 * its data partition, is touched, but for the other version of the same service.
 * @returns the exit code: 0 when nothing is left
 * @throws UsageError
 */
export async function cleanUpAfterKilledRun(options: CleanUpOptions): Promise<number> {
  const { url, apiVersion, profile, access, timeout, reportDir } = options;
  const journalFile = journalIn(reportDir);
  if (url === undefined) {
    throw new UsageError("--clean-up goes with --url: the embedded server keeps nothing after a run.");
  }
  const { name: baseUrl } = openConfigured(url, apiVersion, profile);
  const found = openJournal(journalFile);
  printRefused(found, journalFile);
  const named = [...found.left, ...found.doubtful];
  const isHere = (leaving: Leaving) => isBelow(baseUrl, leaving);
  if (!named.some(isHere) && named.length > 0) {
    throw new UsageError(
      `${journalFile} names nothing of ${baseUrl}, but what is left at ${basesOf(named)}: give that as --url.`,
    );
  }
  await requireCredentials(access);
  const transport = new Transport({
    timeout: timeout * 1000,
    ...attachedTo(access),
    origins: [baseUrl],
  });
  try {
    for (const leaving of found.left.filter(isHere)) {
      await remove(leaving, transport, new Journal(journalFile, leaving.run));
    }
    for (const { run, url: doubtful } of found.doubtful.filter(isHere)) {
      const reason = await lookAtDoubtful(doubtful, undefined, (request) => transport.send(request));
      report(doubtful, reason, new Journal(journalFile, run));
    }
  } catch (error) {
    throw new UsageError(`${baseUrl}: ${(error as Error).message}. Run the same command again later.`);
  } finally {
    await transport.close();
  }
  return conclude(journalFile);
}

/** A tag that is deleted is in doubt until the answer is here: nobody deletes it a second time. */
async function remove({ url }: Leaving, transport: Transport, journal: Journal): Promise<void> {
  if (isTagUrl(url)) {
    journal.doubted(url);
  }
  const remainder = await deleteForGood(url, (request) => transport.send(request));
  if (isTagUrl(url) && remainder?.isRefused) {
    journal.opened(url);
  }
  report(url, remainder?.reason, journal);
}

/** @param reason why it is left; undefined where it is not */
function report(url: string, reason: string | undefined, journal: Journal): void {
  console.log(`${url}: ${reason ?? "gone"}`);
  if (reason === undefined) {
    journal.closed(url);
  }
}

/** @throws UsageError for a file that no run has written */
function openJournal(file: string): JournalContent {
  if (!existsSync(file)) {
    throw new UsageError(
      `There is no ${file}: no run that was killed left anything, or --report-dir is another one.`,
    );
  }
  const content = readJournal(file);
  if (content.runs.length === 0) {
    throw new UsageError(`${file} is no journal of a run: no line of it says which run wrote it.`);
  }
  return content;
}

function printRefused({ refused }: JournalContent, file: string): void {
  for (const { number, text, reason } of refused) {
    console.log(`Refused: line ${number} of ${file}, because it ${reason}: ${excerpt(text)}`);
  }
}

/** Whether it lies exactly where a run with this base URL makes such a thing, through one version or the other. */
function isBelow(baseUrl: string, { url, base }: Leaving): boolean {
  return versionsOf(baseUrl).some((version) => urlOf(version, url.slice(base.length)) === url);
}

/** Says what is left, and removes a journal that is done with; the exit code. */
function conclude(file: string): number {
  const { left, doubtful, refused } = readJournal(file);
  if (left.length > 0) {
    console.log(`${left.length} resource(s) are left at ${basesOf(left)}; see ${file}.`);
  } else if (doubtful.length + refused.length > 0) {
    console.log(
      `All else is deleted. Look in the service whether what ${doubtful.length} doubtful and ${refused.length}` +
        ` refused line(s) may mean is still there; then remove ${file}.`,
    );
  } else {
    rmSync(file);
    console.log("Nothing is left behind.");
  }
  return left.length + doubtful.length + refused.length === 0 ? 0 : 2;
}

function basesOf(left: readonly Leaving[]): string {
  return [...new Set(left.map(({ base }) => base))].join(", ");
}
