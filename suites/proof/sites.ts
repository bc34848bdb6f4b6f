import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Violation } from "../../fixtures/matchers/violation.ts";

const suites = fileURLToPath(new URL("../", import.meta.url));
/** What accuses nobody, and the story, which breaks wherever one of its steps would. */
const elsewhere = /\.(test|testing|faults)\.ts$|^(proof|engine|grade|collection)\//;
const accusation = /\b(expect|advise)\(/;
/** Stands above an accusation that no fault can bring about, with the reason. */
const control = /^\/\/ Control: \S/;

/** The places in the checks that can accuse a service, such as `store/routes.suite.ts:42`, but for controls. */
export function sitesOfChecks(): string[] {
  return readdirSync(suites, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !elsewhere.test(file))
    .flatMap((file) => accusingLines(file).map((line) => `${file}:${line}`))
    .filter((site) => !control.test(textOf(site, -1)));
}

/** The places at which the check accused the service; innermost first where one leads to the other. */
export function sitesOf(violation: Violation): string[] {
  const { cause, stack = "" } = violation;
  return cause === undefined
    ? siteOfStack(stack)
    : (cause as readonly Violation[]).flatMap((each) => sitesOf(each));
}

/** The line of code at a place, or so many lines behind it. */
export function textOf(site: string, behind = 0): string {
  const [file = "", line] = site.split(":");
  return linesOf(file)[Number(line) - 1 + behind]?.trim() ?? "";
}

function siteOfStack(stack: string): string[] {
  for (const frame of stack.split("\n")) {
    const [, file = "", line] = /suites\/([\w/.-]+\.ts):(\d+):\d+\)?$/.exec(frame) ?? [];
    if (file !== "" && !elsewhere.test(file)) {
      // The call of a matcher may stand some lines below the word that it belongs to.
      const start = accusingLines(file).findLast((each) => each <= Number(line));
      return start === undefined ? [] : [`${file}:${start}`];
    }
  }
  return [];
}

const lines = new Map<string, readonly string[]>();

function linesOf(file: string): readonly string[] {
  const known = lines.get(file) ?? readFileSync(`${suites}${file}`, "utf8").split("\n");
  lines.set(file, known);
  return known;
}

/** From 1. */
function accusingLines(file: string): number[] {
  return linesOf(file).flatMap((text, index) => (accusation.test(text) ? [index + 1] : []));
}
