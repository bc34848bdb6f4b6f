import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { loadRequirements } from "../engine/load.ts";

const requirements = await loadRequirements();
const folder = fileURLToPath(new URL("..", import.meta.url));
const suiteFiles = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
  name.endsWith(".suite.ts"),
);

describe("every requirement", () => {
  test("keeps its id, level and title; a change of meaning shows up here", () => {
    const frozen = requirements.map(
      ({ id, level, profile, api, title }) => `${id} ${level} ${profile} ${api.join("+")}: ${title}`,
    );
    expect(frozen.sort()).toMatchSnapshot();
  });

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
    const file = suiteFiles.find((name) => readFileSync(`${folder}${name}`, "utf8").includes(`"${id}"`));
    expect(file?.split("/")[0]).toBe(suite);
  });
});
