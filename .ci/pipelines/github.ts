import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { type Ended, runScript, type Variables } from "./shell.ts";

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly runs: {
    readonly steps: readonly {
      readonly run: string;
      readonly env?: Variables;
      readonly "working-directory"?: string;
    }[];
  };
}

/** What a workflow says beside `uses`. */
export interface ActionUse {
  readonly with: Variables;
  readonly env?: Variables;
}

/** How a use of the action ended, with its job summary and the annotations in its log. */
export interface UsedAction extends Ended {
  readonly summary: string;
  readonly annotations: readonly string[];
}

/** The step of the example that uses the action. */
export async function exampleUse(): Promise<ActionUse & { readonly versions: readonly string[] }> {
  const { jobs } = parse(await readFile("examples/github-workflow.yml", "utf8"));
  const { strategy, steps } = jobs.conformance;
  const [use] = (steps as (ActionUse & { uses: string })[]).filter(({ uses }) =>
    uses.includes("/dicomweb-conformance@"),
  );
  if (use === undefined) {
    throw new Error("examples/github-workflow.yml does not use the action");
  }
  return { with: use.with, env: use.env, versions: strategy.matrix.api };
}

/** Expressions such as `${{ inputs.url }}`, by what they name; what is not there is empty. */
export function expanded(texts: Variables, contexts: Variables): Variables {
  const values = Object.entries(texts).map(([name, text]) => [
    name,
    String(text).replaceAll(/\$\{\{ ([\w.-]+) \}\}/g, (_, path: string) => contexts[path] ?? ""),
  ]);
  return Object.fromEntries(values);
}

const installed = new Set<string>();

/** Whether a step of the action's own folder, where it installs what it needs, has been run there before. */
function isDone(step: Action["runs"]["steps"][number], actionPath: string): boolean {
  const isInstalled = installed.has(actionPath);
  if (step["working-directory"] === undefined) {
    return false;
  }
  installed.add(actionPath);
  return isInstalled;
}

/** Runs the steps of action.yml, one after the other until one fails, in an empty workspace with these files. */
export async function useAction(
  actionPath: string,
  folder: string,
  use: ActionUse,
  files: Variables = {},
): Promise<UsedAction> {
  const { inputs, runs }: Action = parse(await readFile(join(actionPath, "action.yml"), "utf8"));
  const unknown = Object.keys(use.with).filter((name) => !(name in inputs));
  if (unknown.length > 0) {
    throw new Error(`the action has no input ${unknown.join(", ")}`);
  }
  const given = Object.entries(inputs).map(([name, { default: fallback = "" }]) => [
    `inputs.${name}`,
    use.with[name] ?? fallback,
  ]);
  const contexts: Variables = { ...Object.fromEntries(given), "github.action_path": actionPath };
  const workspace = await mkdtemp(join(folder, "workspace-"));
  for (const [name, text] of Object.entries(files)) {
    await writeFile(join(workspace, name), text);
  }
  const summaryFile = join(workspace, "summary.md");
  await writeFile(summaryFile, "");
  const ofJob = { GITHUB_ACTIONS: "true", CI: "true", GITHUB_STEP_SUMMARY: summaryFile, ...use.env };
  let ended: Ended = { exitCode: 0, log: "" };
  for (const step of runs.steps.filter((each) => !isDone(each, actionPath))) {
    const variables = { ...ofJob, ...expanded(step.env ?? {}, contexts) };
    const { cwd = workspace } = expanded({ cwd: step["working-directory"] ?? workspace }, contexts);
    const { exitCode, log } = await runScript(step.run, { folder, cwd, variables }, ["-e", "-o", "pipefail"]);
    ended = { exitCode, log: ended.log + log };
    if (exitCode !== 0) {
      break;
    }
  }
  const annotations = ended.log.split("\n").filter((line) => line.startsWith("::error "));
  return { ...ended, annotations, summary: await readFile(summaryFile, "utf8") };
}
