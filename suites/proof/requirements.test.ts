import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { loadRequirements } from "../engine/load.ts";

const requirements = await loadRequirements();
const folder = fileURLToPath(new URL("..", import.meta.url));
const suiteFiles = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
  name.endsWith(".suite.ts"),
);

const textOf = (name: string) => readFileSync(`${folder}${name}`, "utf8");

describe("every requirement", () => {
  test.each(requirements)("$id is complete", ({ id, title, request, api, clauses, suite }) => {
    expect(id).toMatch(/^[A-Z]+-\d{3}$/);
    expect(title).toMatch(/^\S.{20,}[^.]$/);
    expect(request).not.toBe("");
    expect(api.length).toBeGreaterThan(0);
    expect(clauses.length).toBeGreaterThan(0);
    for (const { text, url } of clauses) {
      expect(text).not.toBe("");
      expect(URL.canParse(url)).toBe(true);
    }
    const declaration = new RegExp(`\\b(must|should|may)\\(\\s*"${id}"`);
    expect(
      suiteFiles.filter((name) => declaration.test(textOf(name))).map((name) => name.split("/")[0]),
    ).toEqual([suite]);
  });
});

test("every requirement that a precondition names is judged", () => {
  const judged = requirements.filter(({ skipped }) => skipped === undefined).map(({ id }) => id);
  const sources = [folder, fileURLToPath(new URL("../../fixtures/client/", import.meta.url))].flatMap(
    (root) =>
      readdirSync(root, { recursive: true, encoding: "utf8" })
        .filter((name) => /(?<!test)\.ts$/.test(name))
        .map((name) => readFileSync(`${root}${name}`, "utf8")),
  );
  const named = sources.flatMap((text) =>
    [...text.matchAll(/\b(?:given|couldNotBegin)\((?:[^()]|\([^()]*\))*?"([A-Z]+-\d{3})",?\s*\)/g)].map(
      ([, id]) => id,
    ),
  );
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((id) => !judged.includes(id ?? ""))).toEqual([]);
});
