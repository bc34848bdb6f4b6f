import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const suites = fileURLToPath(new URL("..", import.meta.url));
const files = execFileSync("git", ["ls-files", "*.ts"], { cwd: suites, encoding: "utf8" })
  .split("\n")
  .filter((file) => file !== "" && !file.endsWith(".test.ts"));
const textOf = (file: string) => readFileSync(`${suites}${file}`, "utf8");

const adding = /^(extended-query-tags|collection)\/.*\.suite\.ts$/;
/** Keywords of attributes that become tags. */
const added =
  /queryTag\("(\w+)"|path: (?:tagOf\()?"([A-Z]\w+)"\)?, (?:vr: "\w+", )?level|(?:typed|keyword): "([A-Z]\w+)"|const tag = tagOf\("(\w+)"/g;

function addedIn(text: string): string[] {
  return [...new Set([...text.matchAll(added)].map(([, ...keywords]) => keywords.find(Boolean) ?? ""))];
}

const checks = files.filter((file) => adding.test(file)).flatMap((file) => textOf(file).split(/^must\(/m));
const keywords = checks.flatMap(addedIn);

test("no two checks add the same attribute: runs at the same time would wait for each other all the time", () => {
  expect(keywords.length).toBeGreaterThan(40);
  expect(keywords.filter((keyword, index) => keywords.indexOf(keyword) < index)).toEqual([]);
});

test("no other suite sends or searches what a tag is added for: a tag changes what a store refuses", () => {
  const others = files.filter(
    (file) => !/^(extended-query-tags|grade|proof)\//.test(file) && !adding.test(file),
  );
  const met = others.flatMap((file) =>
    keywords
      .filter((keyword) => new RegExp(`\\b${keyword}\\b`).test(textOf(file)))
      .map((keyword) => `${file}: ${keyword}`),
  );
  expect(met).toEqual([]);
});
