import { writeFile } from "node:fs/promises";
import { UsageError } from "../../fixtures/targets/usage-error.ts";
import { compare, isSame } from "../../reporters/comparison/comparison.ts";
import { comparisonHtml } from "../../reporters/comparison/comparison-html.ts";
import { comparisonMarkdown } from "../../reporters/comparison/comparison-markdown.ts";
import { comparisonText } from "../../reporters/comparison/comparison-text.ts";
import { readVerdictsFile } from "../../reporters/verdicts-file.ts";
import type { CompareOptions } from "./command.ts";

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/**
 * Prints what differs between runs.
 * @param paths of their verdicts.json
 * @returns the exit code
 * @throws UsageError
 */
export async function compareRuns(
  paths: readonly string[],
  { markdown, html }: CompareOptions,
): Promise<number> {
  if (paths.length < 2 || paths.length > letters.length) {
    throw new UsageError(`Name two verdicts.json or more, up to ${letters.length}: compare A B.`);
  }
  const runs = await Promise.all(
    paths.map(async (path, index) => ({
      ...(await readVerdictsFile(path)),
      path,
      letter: letters.charAt(index),
    })),
  );
  const comparison = compare(runs);
  if (html !== undefined) {
    await writeFile(html, comparisonHtml(comparison)).catch((error: Error) => {
      throw new UsageError(`The page could not be written: ${error.message}.`);
    });
  }
  console.log(markdown ? comparisonMarkdown(comparison) : comparisonText(comparison));
  return isSame(comparison) ? 0 : 1;
}
