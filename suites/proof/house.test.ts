import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const tracked = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  cwd: root,
  encoding: "utf8",
})
  .split("\n")
  .filter(Boolean);
const code = tracked.filter((file) => /\.(ts|mjs)$/.test(file));
const textOf = (file: string) => readFileSync(join(root, file), "utf8");

/** Modules of this project that a file imports, as paths below the root; with isType for `import type`. */
function importsOf(file: string): { target: string; isType: boolean }[] {
  const statements = textOf(file).matchAll(/^\s*(import|export)\s+(type\s)?[^;]*?["'](\.[^"']+)["']/gm);
  return [...statements].map(([, , type, path]) => ({
    target: normalize(join(dirname(file), path ?? "")),
    isType: type !== undefined,
  }));
}

/** Who may not know whom, and why. Tests stand outside the arrows. */
const forbidden: readonly { from: RegExp; to: RegExp; because: string }[] = [
  {
    from: /^fixtures\//,
    to: /^(suites|reporters)\//,
    because: "data flows from fixtures to suites to reporters",
  },
  { from: /^suites\//, to: /^reporters\//, because: "data flows from suites to reporters" },
  {
    from: /^reporters\//,
    to: /^fixtures\/(?!wire\/(curl|exchange|quote)|client\/endpoint|targets\/usage-error)|^suites\/(?!engine\/result|grade\/grade\.ts)/,
    because: "reporters know results only",
  },
  {
    from: /^fixtures\/wire\//,
    to: /^(?!fixtures\/wire\/)/,
    because: "the readers of the wire are strict by themselves",
  },
  {
    from: /^fixtures\/reference-server\//,
    to: /^fixtures\/(?!reference-server\/|codecs\/)/,
    because: "two readings of one rule must stay two, but for codecs, which are those of others",
  },
  {
    from: /^fixtures\/(wire|client|instances|matchers)\//,
    to: /^fixtures\/(reference-server|authority)\//,
    because: "two readings of one rule must stay two",
  },
  {
    from: /^fixtures\/codecs\//,
    to: /^fixtures\/(?!codecs\/)/,
    because: "codecs know pixels, and neither instances nor services",
  },
  {
    from: /^fixtures\/authority\//,
    to: /^fixtures\/(?!authority\/)/,
    because: "the authority knows neither the service nor its clients",
  },
  {
    from: /^suites\/engine\//,
    to: /^suites\/(?!engine\/)/,
    because: "the engine knows no family of requirements",
  },
  { from: /^(suites|fixtures|reporters)\//, to: /^bin\//, because: "nothing imports the command" },
];

/** What proves the suite with the help of the reference server; no part of a run. */
const proving = /\.(test|testing|faults)\.ts$|^suites\/proof\//;

/** Whether a line of a check reads the status of a response, in whatever spelling, instead of handing data to a matcher. */
function isStatusRead(line: string): boolean {
  const isMember = /\.\s*status\b|\[\s*["'`]status["'`]\s*\]|\.wire\b.*\bresponse\b/.test(line);
  const isTakenApart = /\{[^{}]*\bstatus\b[^{}]*\}\s*(=(?!=)|:\s*ServiceResponse|\)\s*=>)/.test(line);
  return isMember || (isTakenApart && !/toAnswer|checkRows/.test(line));
}

describe("the house", () => {
  test.each(forbidden)("$from does not import $to", ({ from, to }) => {
    const breaches = code
      .filter((file) => from.test(file) && !proving.test(file))
      .flatMap((file) => importsOf(file).map(({ target }) => ({ file, target })))
      .filter(({ target }) => to.test(target));
    expect(breaches).toEqual([]);
  });

  test("suites reach the reference server only to prove themselves against it", () => {
    const breaches = code
      .filter((file) => file.startsWith("suites/") && !proving.test(file))
      .flatMap((file) => importsOf(file).map(({ target }) => ({ file, target })))
      .filter(({ target }) => target.startsWith("fixtures/reference-server/"));
    expect(breaches).toEqual([]);
  });

  test("only the transport, the two servers and what asks the authority for a token open sockets", () => {
    const sockets = /from "(undici|@azure\/.*|node:https?|node:net|node:tls|fastify)"|\bfetch\(/;
    const allowed =
      /^fixtures\/client\/(transport\/(transport|dispatcher|trust|interim-responses)|credentials\/azure)\.ts$|^fixtures\/(reference-server|authority)\/|\.(test|testing)\.ts$/;
    expect(code.filter((file) => sockets.test(textOf(file)) && !allowed.test(file))).toEqual([]);
  });

  test("one file knows the container engine's client, which opens sockets of its own", () => {
    const knowing = code.filter((file) =>
      /from "(testcontainers|dockerode|docker-compose)/.test(textOf(file)),
    );
    expect(knowing).toEqual(["fixtures/targets/containers/engine.ts"]);
  });

  test("a fault stands beside the suite of the first requirement that notices it", () => {
    const misplaced = code
      .filter((file) => file.endsWith(".faults.ts"))
      .flatMap((file) =>
        [...textOf(file).matchAll(/noticedBy: \[\s*("[^"]+")/g)]
          .map(([, id = ""]) => ({ file, id }))
          .filter(({ id }) => !textOf(file.replace(".faults.ts", ".suite.ts")).includes(id)),
      );
    expect(misplaced).toEqual([]);
  });

  test("a fault remembers only what is made anew for its server", () => {
    const memory = /\bnew \w*(Map|Set|Storage)\b|^\s*let |: \w+\[\] = \[\]/m;
    const lasting = code
      .filter((file) => /\.faults\.ts$|proof\/(spoil|remember)\.ts$/.test(file))
      .flatMap((file) =>
        textOf(file)
          .split(/^(?=\S)(?![})\]])/m)
          .map((statement) => ({ file, statement })),
      )
      .filter(
        ({ statement }) =>
          memory.test(statement) && !/perServer: \(\) =>|\(\) => Defect \{$/m.test(statement),
      );
    expect(lasting).toEqual([]);
  });

  test("suites do not sleep: waiting is bounded in the client", () => {
    const sleeping = code.filter(
      (file) =>
        /^suites\/(?!engine\/)/.test(file) &&
        !proving.test(file) &&
        /setTimeout|timers\/promises/.test(textOf(file)),
    );
    expect(sleeping).toEqual([]);
  });

  test("what a check accepts stands in data: it reads no status itself", () => {
    // Neither the engine nor a grade is a check; authorize is about statuses, which it names to toHold.
    // Words for a query tag, for a promise, and in what a person reads; `status:` is data, which toAnswer judges and prints.
    const words =
      /queryTagOf\([^)]*\)\?\.status|\b(before|after|outcome)\??\.status|"[^"]*"|`[^`]*`|\/\/.*|\/?\*.*/g;
    const reading = code
      .filter((file) => /^suites\/(?!engine\/|authorize\/|grade\/)/.test(file) && !proving.test(file))
      .flatMap((file) =>
        textOf(file)
          .split("\n")
          .map((line, index) => ({ place: `${file}:${index + 1}`, line }))
          .filter(({ line }) => isStatusRead(line.replaceAll(words, '""'))),
      );
    expect(reading).toEqual([]);
  });

  test("no check picks among what a strict reader found: what it leaves to others has a reason", () => {
    const picking = code.filter(
      (file) =>
        /^suites\/.*\.suite\.ts$/.test(file) && /\.breaches\b[^;]*\.(filter|find|some)\(/.test(textOf(file)),
    );
    expect(picking).toEqual([]);
  });

  test.each([
    "if ([400, 406].includes(response.status)) {",
    "const { status } = await service.delete(path);",
    "const isRight = ({ status }: ServiceResponse) => status === 400;",
    'const code = response["status"];',
    "const { status: code, body } = response;",
    "if (new Set([200, 202]).has(wire.exchange.response.status)) {",
    "switch (response.status) {",
    "if (response.wire.exchange.response?.status) {",
  ])("a status that is read as %s is noticed", (line) => {
    expect(isStatusRead(line)).toBe(true);
  });

  test("every tolerance gives its reason", () => {
    const breaches = code
      .filter((file) => file.endsWith(".suite.ts"))
      .flatMap((file) =>
        [...textOf(file).matchAll(/\{\s*(?:status|reason): [^{}]*?\}/g)].map(([text]) => ({ file, text })),
      )
      .filter(({ text }) => /profile:/.test(text) && !/because:/.test(text));
    expect(breaches).toEqual([]);
  });

  test("files are small, and named in lower case with hyphens", () => {
    expect(code.filter((file) => textOf(file).split("\n").length > 310)).toEqual([]);
    expect(code.filter((file) => !/^[a-z0-9./-]+$/.test(file))).toEqual([]);
  });

  test("who installs the package gets what its code imports, and nothing else", () => {
    const { dependencies, peerDependencies } = JSON.parse(textOf("package.json"));
    const imported = code
      .filter((file) => /^(bin|suites|fixtures|reporters)\//.test(file) && !proving.test(file))
      .filter((file) => !file.startsWith("bin/package/"))
      .flatMap((file) => [
        ...textOf(file).matchAll(/\b(?:from |import\(|resolve\()"((?:@[\w-]+\/)?[\w-]+)(?:\/[^"]*)?"/g),
      ])
      .map(([, name]) => name);
    const installed = Object.keys({ ...dependencies, ...peerDependencies });
    // Why it is named is said in CONTRIBUTING.md.
    const others = ["light-my-request"];
    expect([...new Set([...imported, ...others])].filter((name) => name !== "node").sort()).toEqual(
      installed.sort(),
    );
  });

  test("the top level is as planned", () => {
    const allowed =
      /^(package(-lock)?\.json|tsconfig\.json|vitest\.config\.ts|biome\.json|README\.md|LICENSE|CONTRIBUTING\.md|CHANGELOG\.md|action\.yml|\..+|(suites|fixtures|reporters|bin|examples)\/.+)$/;
    expect(tracked.filter((file) => !allowed.test(file))).toEqual([]);
  });
});
