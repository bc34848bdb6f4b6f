import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { UsageError } from "../../fixtures/targets/usage-error.ts";
import type { Grade, GradedCriterion, GradeVerdict } from "../../suites/grade/grade.ts";
import { changesOf, type Gradebook, gradingOutcome } from "./gradebook.ts";
import { writeGradebookResults } from "./gradebook-allure.ts";
import { gradebookCsv } from "./gradebook-csv.ts";
import { gradebookHtml } from "./gradebook-html.ts";
import { gradebookJson, readEarlier } from "./gradebook-json.ts";
import { classLine, verdictText } from "./verdict-text.ts";

function criterion(id: string, verdict: GradeVerdict, more: Partial<GradedCriterion> = {}): GradedCriterion {
  const rest = { finding: `found ${id}`, facts: [], questions: [], pictures: [] };
  return { id, title: `Title of ${id}`, success: "Upload studies", verdict, ...rest, ...more };
}

function gradeOf(student: string, ...verdicts: readonly GradeVerdict[]): Grade {
  const challenge = { name: "made", title: "Challenge" };
  const [url, startedAt] = ["http://127.0.0.1:9/v2", "2026-11-28T02:40:00.000Z"];
  const criteria = verdicts.map((verdict, index) => criterion(`c-${index + 1}`, verdict));
  return { student, url, challenge, startedAt, duration: 10, criteria };
}

function bookOf(...grades: readonly Grade[]): Gradebook {
  return { version: "1.0.0", gradedAt: "2026-11-28T02:40:00.000Z", grades };
}

const [done, undone, unseen] = [
  gradeOf("Done", "met", "ask"),
  gradeOf("Undone", "met", "not met"),
  gradeOf("Unseen", "met", "not seen"),
];

describe("the exit code", () => {
  test.each([
    [[done], 0, "Done, as far as can be seen. Ask the questions"],
    [[undone], 1, "Not done: 1 of 2 criteria not met."],
    [[unseen], 2, "Could not be looked at: 1 of 2 criteria"],
    [[done, done], 0, "All 2 students are done, as far as can be seen."],
    [[done, undone, unseen], 1, "1 of 3 students are not done, and 1 could not be looked at."],
    [[done, unseen], 2, "1 of 2 students could not be looked at."],
  ])("of %# is said with its reason", (grades, exitCode, begin) => {
    const outcome = gradingOutcome(grades);
    expect(outcome.exitCode).toBe(exitCode);
    expect(outcome.sentence.startsWith(begin)).toBe(true);
  });
});

describe("the page", () => {
  test("takes text for nothing else, whoever wrote it", () => {
    const evil = `<script>alert("1")</script>'&`;
    const { criteria, ...grade } = gradeOf(evil, "not met");
    const shown = criterion("c-1", "not met", {
      finding: evil,
      next: evil,
      facts: [{ name: evil, value: evil }],
      questions: [{ question: evil, answer: evil }],
      pictures: [{ caption: evil, jpeg: "AAAA" }],
    });
    const page = gradebookHtml(bookOf({ ...grade, criteria: [shown] }));
    expect(page).not.toContain("<script");
    expect(page.split("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&amp;").length).toBeGreaterThan(
      8,
    );
  });

  test("loads nothing, and has a row for each student and a place behind each cell", () => {
    const page = gradebookHtml(bookOf(done, undone, unseen));
    expect(page).not.toMatch(/\b(src|href)="(?!data:image\/jpeg;base64,|#)/);
    const places = [...page.matchAll(/<td class="[a-z-]+"><a href="#([^"]+)"/g)].map(([, id]) => id);
    expect(places).toHaveLength(6);
    expect(places.every((id) => page.includes(`<article id="${id}"`))).toBe(true);
  });

  test("says that its pictures may show people, where it has some", () => {
    const [first = criterion("c", "met")] = done.criteria;
    const seen = { ...done, criteria: [{ ...first, pictures: [{ caption: "x", jpeg: "AAAA" }] }] };
    expect(gradebookHtml(bookOf(seen))).toMatch(
      /<h1>Gradebook<\/h1>\s*<p class="care">The pictures on this page may show people/,
    );
    expect(gradebookHtml(bookOf(done))).not.toContain("may show people");
  });
});

test("a table's program takes no cell for a formula, and every cell for one", () => {
  const csv = gradebookCsv(bookOf(gradeOf('=HYPERLINK("x")', "met"), gradeOf("Ada, Bo\n", "ask", "met")));
  expect(csv).toBe(
    "name,url,challenge,verdict,c-1,c-2,next,changed\r\n" +
      `"'=HYPERLINK(""x"")",http://127.0.0.1:9/v2,made,met,met,,,\r\n` +
      '"Ada, Bo\n",http://127.0.0.1:9/v2,made,ask,ask,met,,\r\n',
  );
});

describe("an earlier gradebook", () => {
  test("is read back, and tells what has changed", () => {
    const since = readEarlier(gradebookJson(bookOf(gradeOf("Ada", "not met", "ask"))), "gradebook.json");
    const now = gradeOf("Ada", "met", "ask");
    expect(changesOf(now, since)).toEqual([{ id: "c-1", before: "not met", now: "met" }]);
    expect(changesOf(gradeOf("New", "met"), since)).toEqual([]);
    expect(classLine(now, since, 5)).toBe("Ada    1 met, 1 ask [since: c-1 not met → met]");
    expect(verdictText(gradeOf("Ada", "not met", "ask"), since)).toContain("nothing has changed");
    expect(gradebookHtml({ ...bookOf(gradeOf("New", "met")), since })).toContain(
      "Was not in the earlier gradebook.",
    );
  });

  test.each(["", "[]", '{"format":2}', '{"format":1,"gradedAt":"x"}'])(
    "is refused where it is none: %j",
    (text) => {
      expect(() => readEarlier(text, "x.json")).toThrow(UsageError);
    },
  );
});

test("Allure has an epic for each student", async () => {
  const folder = await mkdtemp(join(tmpdir(), "gradebook-"));
  writeGradebookResults(bookOf(done, undone, unseen), folder);
  const files = (await readdir(folder)).filter((name) => name.endsWith("-result.json"));
  const results = await Promise.all(
    files.map(async (name) => JSON.parse(await readFile(join(folder, name), "utf8"))),
  );
  await rm(folder, { recursive: true });
  const told = results.map(({ status, labels }) => {
    const epic = labels.find(({ name }: { name: string }) => name === "epic").value;
    return `${epic} ${status}`;
  });
  expect(told.sort()).toEqual([
    "Done passed",
    "Done unknown",
    "Undone failed",
    "Undone passed",
    "Unseen broken",
    "Unseen passed",
  ]);
});
