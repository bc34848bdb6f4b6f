import { join } from "node:path";
import { generateAllureReport } from "../allure/allure-report.ts";
import type { ReportFolder } from "../report-folder.ts";
import type { Gradebook } from "./gradebook.ts";
import { gradeWords, writeGradebookResults } from "./gradebook-allure.ts";
import { gradebookCsv } from "./gradebook-csv.ts";
import { gradebookHtml } from "./gradebook-html.ts";
import { gradebookJson } from "./gradebook-json.ts";

/** Writes the gradebook for people, for tables and for machines; of a class also what Allure makes of it. */
export async function writeGradebook(book: Gradebook, folder: ReportFolder, isClass: boolean): Promise<void> {
  await folder.writeText("gradebook.json", gradebookJson(book));
  await folder.writeText("gradebook.csv", gradebookCsv(book));
  await folder.writeText("gradebook.html", gradebookHtml(book));
  if (!isClass) {
    return;
  }
  await folder.write("allure-results", (path) => writeGradebookResults(book, path));
  const results = join(folder.path, "allure-results");
  await folder.write("index.html", (path) =>
    generateAllureReport(results, path, { name: "Gradebook", words: gradeWords }),
  );
}
