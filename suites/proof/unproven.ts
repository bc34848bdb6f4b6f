import { readFileSync, writeFileSync } from "node:fs";
import { sitesOfChecks, textOf } from "./sites.ts";

/** Lines of checks that no fault has made accuse the server yet, by their file. */
type Unproven = Readonly<Record<string, readonly string[]>>;

const ledger = new URL("./unproven.json", import.meta.url);

export interface SiteCount {
  readonly all: number;
  readonly proven: number;
}

/** As the committed list of unproven places says. */
export function countSites(): SiteCount {
  const all = sitesOfChecks().length;
  return { all, proven: all - Object.values(read()).flat().length };
}

/** What the list lacks, and what it names in vain; nothing where it is exactly right. */
export function compareWithLedger(proven: ReadonlySet<string>): string[] {
  const found = byFile(sitesOfChecks().filter((site) => !proven.has(site)));
  const listed = read();
  const files = [...new Set([...Object.keys(found), ...Object.keys(listed)])].sort();
  return files.flatMap((file) => [
    ...without(found[file], listed[file]).map((line) => `no fault makes ${file} accuse at: ${line}`),
    ...without(listed[file], found[file]).map((line) => `proven or gone, take it out: ${file}: ${line}`),
  ]);
}

export function writeLedger(proven: ReadonlySet<string>): void {
  const unproven = byFile(sitesOfChecks().filter((site) => !proven.has(site)));
  writeFileSync(ledger, `${JSON.stringify(unproven, undefined, 2)}\n`);
}

function read(): Unproven {
  return JSON.parse(readFileSync(ledger, "utf8")) as Unproven;
}

function byFile(sites: readonly string[]): Unproven {
  const fileOf = (site: string) => site.replace(/:\d+$/, "");
  const files = [...new Set(sites.map(fileOf))].sort();
  return Object.fromEntries(
    files.map((file) => [
      file,
      sites
        .filter((site) => fileOf(site) === file)
        .map((site) => textOf(site))
        .sort(),
    ]),
  );
}

/** Elements that one list has more often than the other. */
function without(list: readonly string[] = [], others: readonly string[] = []): string[] {
  const left = [...others];
  return list.filter((each) => {
    const index = left.indexOf(each);
    if (index >= 0) {
      left.splice(index, 1);
    }
    return index < 0;
  });
}
