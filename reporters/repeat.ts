import { mkdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { curlOf, shellQuoted } from "../fixtures/wire/curl.ts";
import { type Exchange, pathOf } from "../fixtures/wire/exchange.ts";
import { fileNameOf, type Result } from "../suites/engine/result.ts";
import { harOf } from "./har.ts";

/** Seconds that a service is given to work through the instances that it holds. */
const reindexing = 3;

/** Requirements whose verdict can be shown again: not what is judged of exchanges that other checks made. */
export function repeatable(results: readonly Result[]): readonly Result[] {
  return results.filter(
    ({ suite, verdict, decisive }) =>
      suite !== "wire" && ["violates", "warns"].includes(verdict) && decisive !== undefined,
  );
}

/** Writes for each of them a script that shows the verdict again, and its exchanges as a HAR file. */
export async function writeRepeats(
  results: readonly Result[],
  folder: string,
  version: string,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const result of repeatable(results)) {
    const file = join(folder, fileNameOf(result));
    await writeFile(`${file}.sh`, scriptOf(result), { mode: 0o755 });
    await writeFile(`${file}.har`, `${JSON.stringify(harOf(result.exchanges, version), undefined, 2)}\n`);
  }
}

/** Path of its script in the report folder. */
export function scriptFileOf(result: Result): string {
  return `repeat/${fileNameOf(result)}.sh`;
}

/**
 * A shell script that does again what the run did: stores what must be there, sends the request that proved the
 * verdict, shows what comes, and deletes again what it stored.
 */
export function scriptOf(result: Result): string {
  const decisive = result.decisive ?? 0;
  const before = result.exchanges.slice(0, decisive).filter(isChange);
  const shown = result.exchanges[decisive];
  return [
    "#!/bin/sh",
    ...introduction(result),
    'cd "$(dirname "$0")" || exit 2',
    "",
    ...before.flatMap(stepOf),
    ...(shown === undefined ? [] : shownOf(shown, `${fileNameOf(result)}.answer`)),
    ...[...result.created].reverse().flatMap((url) => deletionOf(url, result.exchanges)),
    "",
  ].join("\n");
}

function introduction(result: Result): string[] {
  const { level, title, clauses, discrepancies, exchanges } = result;
  const lines = [
    `${fileNameOf(result)} (${level}): ${title}`,
    ...clauses.map(({ text, url }) => `Written in ${text}, ${url}`),
    ...discrepancies.flatMap(({ expected, received }) => [`Expected ${expected}`, `Received ${received}`]),
    ...secretsOf(exchanges),
  ];
  return lines.map((line) => `# ${line.replaceAll(/\s+/g, " ")}`);
}

function secretsOf(exchanges: readonly Exchange[]): string[] {
  const isAuthorized = exchanges.some(({ request }) => request.isAuthorized);
  const names = new Set(exchanges.flatMap(({ request }) => request.secretHeaders ?? []));
  return [
    ...(isAuthorized ? ["Needs the credentials of the run in the variables that the commands name."] : []),
    ...[...names].map((name) => `Needs the value of the header ${name} in a variable of that name.`),
  ];
}

/** Reading changes nothing, and is left out. */
function isChange({ request: { method } }: Exchange): boolean {
  return method !== "GET" && method !== "HEAD";
}

function stepOf(exchange: Exchange): string[] {
  const status = ["-sS", "-o", "/dev/null", "-w", "'%{http_code}\\n'"];
  const isReindexed = exchange.request.method === "POST" && /\/extendedquerytags$/.test(pathOf(exchange));
  return [
    `printf '%s ' ${shellQuoted(`${exchange.request.method} ${pathOf(exchange)}`)}`,
    ...commandOf(exchange, status),
    ...(isReindexed ? [`sleep ${reindexing}`] : []),
  ];
}

/** With the credential of the run, which every check begins with. */
function deletionOf(url: string, [first]: readonly Exchange[]): string[] {
  return first === undefined
    ? []
    : stepOf({
        ...first,
        request: { ...first.request, method: "DELETE", url, headers: [], body: undefined },
      });
}

function shownOf(exchange: Exchange, answer: string): string[] {
  return [
    "",
    `echo; echo ${shellQuoted(`${exchange.request.method} ${pathOf(exchange)}`)}`,
    ...commandOf(exchange, ["-sS", "-i", "-o", answer]),
    `head -c 4000 ${answer} | tr -d '\\r' | LC_ALL=C tr -c '[:print:]\\n' '.'`,
    `echo; echo "All of it: repeat/${answer}"; echo`,
    "",
  ];
}

function commandOf(exchange: Exchange, options: readonly string[]): string[] {
  const { body } = exchange.request;
  if (body?.isTruncated && body.file === undefined) {
    return ["echo 'is left out: its body is too large to be kept'"];
  }
  const bodyFile = body?.file === undefined ? undefined : `../bodies/${basename(body.file)}`;
  return [curlOf(exchange, { options, bodyFile })];
}
