import { readFileSync, writeFileSync } from "node:fs";
import { sitesOfChecks, textOf } from "./sites.ts";

/** Texts by what they belong to. */
type Lists = Readonly<Record<string, readonly string[]>>;

/** What no fault has shown to work yet. */
export interface Unproven {
  /** Lines of checks that never accused a faulty server, by their file. */
  readonly lines: Lists;
  /** Ids of requirements that never noticed a fault in a version and profile that they hold for. */
  readonly requirements: Lists;
}

const ledger = new URL("./unproven.json", import.meta.url);

/** The committed list, which only gets shorter. */
export function readLedger(): Unproven {
  return JSON.parse(readFileSync(ledger, "utf8")) as Unproven;
}

export function writeLedger(found: Unproven): void {
  writeFileSync(ledger, `${JSON.stringify(found, undefined, 2)}\n`);
}

/** Takes lines off the list. @param unproven those that stay if they stand there, by their file */
export function strikeFromLedger(unproven: Lists): void {
  const { lines, requirements } = readLedger();
  const left = Object.entries(lines).map(
    ([file, texts]) => [file, without(texts, without(texts, unproven[file]))] as const,
  );
  writeLedger({ lines: Object.fromEntries(left.filter(([, texts]) => texts.length > 0)), requirements });
}

/** @param proven places that accused a faulty server */
export function linesWithout(proven: ReadonlySet<string>): Lists {
  const sites = sitesOfChecks().filter((site) => !proven.has(site));
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

/** What is unproven and not on the list. */
export function missingInLedger(found: Unproven): string[] {
  const listed = readLedger();
  return [
    ...surplus(found.lines, listed.lines, "no fault makes this line accuse a server"),
    ...surplus(found.requirements, listed.requirements, "no fault is noticed there by"),
  ];
}

/** Suites with lines that are unproven and not on the list. */
export function suitesBehindLedger(found: Unproven): string[] {
  const missing = surplusOf(found.lines, readLedger().lines).map(({ name }) => name.replace(/\/.*/, ""));
  return [...new Set(missing)];
}

/** What is on the list and was proven, this time at least, or is gone. */
export function provenInLedger(found: Unproven): string[] {
  const listed = readLedger();
  return [
    ...surplus(listed.lines, found.lines, "proven or gone, --update takes it out"),
    ...surplus(listed.requirements, found.requirements, "proven or gone, --update takes it out"),
  ];
}

export function sentenceOf({ lines, requirements }: Unproven): string {
  const all = sitesOfChecks().length;
  const unproven = Object.values(lines).flat().length;
  const left = Object.entries(requirements).map(([perspective, ids]) => `${perspective} ${ids.length}`);
  return (
    `${all - unproven} of the ${all} lines of checks that can accuse a service have accused a faulty one;` +
    ` requirements that have noticed no fault yet: ${left.join(", ")}.`
  );
}

function surplus(lists: Lists, others: Lists, remark: string): string[] {
  return surplusOf(lists, others).map(({ name, text }) => `${remark}, ${name}: ${text}`);
}

function surplusOf(lists: Lists, others: Lists): { name: string; text: string }[] {
  return Object.entries(lists).flatMap(([name, texts]) =>
    without(texts, others[name]).map((text) => ({ name, text })),
  );
}

/** Elements that one list has more often than the other. */
function without(list: readonly string[], others: readonly string[] = []): string[] {
  const left = [...others];
  return list.filter((each) => {
    const index = left.indexOf(each);
    if (index >= 0) {
      left.splice(index, 1);
    }
    return index < 0;
  });
}
