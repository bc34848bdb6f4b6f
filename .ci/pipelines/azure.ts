import { mkdtemp, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { type Ended, runScript, type Variables } from "./shell.ts";

interface Step {
  readonly script?: string;
  readonly env?: Variables;
  readonly inputs?: Variables;
}

/** How the script steps of one job of the matrix ended. */
export interface RunPipeline extends Ended {
  /** The file that the step after them publishes. */
  readonly testResults: string;
}

/** Names of the jobs that the matrix of the example makes. */
export async function pipelineJobs(): Promise<readonly string[]> {
  return Object.keys((await pipeline()).strategy.matrix);
}

/**
 * Runs the script steps of the example, one after the other until one fails.
 * @param given variables of the pipeline, in the place of those that it defines
 */
export async function runPipeline(job: string, folder: string, given: Variables): Promise<RunPipeline> {
  const { defined, steps, strategy } = await pipeline();
  const [temporary, staging] = await Promise.all(
    ["temporary-", "staging-"].map((name) => mkdtemp(join(folder, name))),
  );
  const variables: Variables = {
    ...{ ...defined, ...strategy.matrix[job], ...given },
    ...{ "Agent.TempDirectory": temporary ?? "", "Build.ArtifactStagingDirectory": staging ?? "" },
  };
  let ended: Ended = { exitCode: 0, log: "" };
  for (const { script, env = {} } of steps.filter((step) => step.script !== undefined)) {
    const macros = Object.entries(env).map(([name, text]) => [name, withoutMacros(text, variables)]);
    ended = await runScript(
      withoutMacros(script ?? "", variables),
      {
        folder,
        cwd: folder,
        variables: { TF_BUILD: "True", ...environmentOf(variables), ...Object.fromEntries(macros) },
      },
      [],
    );
    if (ended.exitCode !== 0) {
      break;
    }
  }
  const [results = ""] = steps.flatMap(({ inputs }) => inputs?.testResultsFiles ?? []);
  return { ...ended, testResults: withoutMacros(results, variables) };
}

async function pipeline() {
  const { variables: defined, jobs } = parse(await readFile("examples/azure-pipelines.yml", "utf8"));
  const [{ steps, strategy }] = jobs;
  return { defined, steps: steps as readonly Step[], strategy } as const;
}

/** `$(NAME)`; one that is not defined stays as it is, as it does there. */
function withoutMacros(text: string, variables: Variables): string {
  return text.replaceAll(/\$\(([\w.]+)\)/g, (macro, name: string) => variables[name] ?? macro);
}

/** Variables of a pipeline are variables of the environment as well. */
function environmentOf(variables: Variables): Variables {
  const named = Object.entries(variables).map(([name, value]) => [
    name.toUpperCase().replaceAll(".", "_"),
    value,
  ]);
  return Object.fromEntries(named);
}
