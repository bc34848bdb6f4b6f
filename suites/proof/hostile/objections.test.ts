import { describe, expect, test } from "vitest";
import type { Ended, Kind } from "./kind.ts";
import { kinds } from "./kinds.testing.ts";
import { type Circumstances, objectionsTo } from "./objections.ts";
import { tableOf } from "./table.ts";

const kind = { name: "a | b", flags: ["--timeout", "2"], exitCode: 2, says: /the end/ } as unknown as Kind;
const ended: Ended = {
  exitCode: 2,
  stdout: "the end\n",
  stderr: "",
  duration: 5_000,
  startedAt: 100_000,
  concludedAt: 105_000,
  peakMemory: 700,
};
const circumstances: Circumstances = {
  reportDir: "none",
  diedAt: undefined,
  honestMemory: 400,
  slowness: 1,
};

describe("a hostile run is objected to", () => {
  test("not where it ends as it must", () => {
    expect(objectionsTo(kind, ended, circumstances)).toEqual([]);
  });

  test("where it takes more than 300 MiB above an honest one", () => {
    expect(objectionsTo(kind, { ...ended, peakMemory: 701 }, circumstances)).toEqual([
      "takes 701 MiB, an honest run 400",
    ]);
  });

  test("where it goes on for more than three timeouts after the service died", () => {
    expect(objectionsTo(kind, ended, { ...circumstances, diedAt: 99_000 })).toEqual([]);
    expect(objectionsTo(kind, ended, { ...circumstances, diedAt: 98_900 })).toEqual([
      "goes on for 6.1 s after the service stopped answering",
    ]);
  });
});

describe("the kinds that are tried by default", () => {
  const names = kinds.filter(({ isRare = false }) => !isRare).map(({ name }) => name);

  test("are at least forty, each with a name of its own", () => {
    expect(names.length).toBeGreaterThanOrEqual(40);
    expect(new Set(kinds.map(({ name }) => name)).size).toBe(kinds.length);
  });

  test.each([
    ["silence", /says nothing/],
    ["drips", /^drips/],
    ["resets", /^resets/],
    ["lengths", /promises more bytes|a length and chunks/],
    ["floods", /body without end/],
    ["bombs", /gzip bombs/],
    ["nesting", /100,000 objects/],
    ["parts", /a million parts/],
    ["headers", /header lines without end/],
    ["encodings", /coding/],
    ["links", /links to another host/],
    ["redirects", /^redirects the first search/],
    ["echoes", /^tells the token/],
    ["escapes", /escape sequences/],
    ["TLS", /certificate/],
    ["dying half-way", /^falls silent half-way/],
    ["full disks", /disk is full|one megabyte/],
  ])("hold %s", (_, pattern) => {
    expect(names.filter((name) => pattern.test(name))).not.toEqual([]);
  });
});

test("the table is Markdown, whatever a service says", () => {
  expect(tableOf([{ kind, ended, objections: ["too late"] }]).split("\n")).toEqual([
    "| kind | exit code | seconds | peak MiB | what ended it |",
    "| --- | ---: | ---: | ---: | --- |",
    "| a \\| b | 2 | 5.0 | 700 | the end; **too late** |",
  ]);
});
