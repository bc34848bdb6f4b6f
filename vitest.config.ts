import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { codeEnding } from "./fixtures/code-ending.ts";
import { exclusiveSuites } from "./suites/engine/stages.ts";

/** A stage of the conformance run; stages run one after the other, and the checks of a stage together or not. */
function stage(
  name: string,
  order: number,
  isConcurrent: boolean,
  include: string[],
  exclude: string[] = [],
) {
  return {
    test: {
      name,
      include,
      exclude,
      setupFiles: [`suites/engine/vitest-setup${codeEnding}`],
      sequence: { groupOrder: order },
      provide: { isConcurrent },
      // Checks share nothing but the service, and loading everything anew for each file would take most of the time.
      pool: "threads",
      isolate: false,
      // As a package this stands in node_modules, whose code Vitest would hand to Node: a setup file would run once only.
      server: { deps: { inline: [/\/dicomweb-conformance\/dist\//] } },
      // Where checks run together, the run says how many: suites/engine/judge-all.ts.
      maxWorkers: 1,
      // A file none of whose requirements is selected; whether enough was judged is counted in suites/engine/judge-all.ts.
      passWithNoTests: true,
      // The client and the polling have limits of their own; this one is for a check that hangs by itself.
      testTimeout: 20 * 60_000,
    },
  };
}

const filesOf = (suite: string) => `suites/${suite}/**/*.suite${codeEnding}`;

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "self",
          include: ["{bin,suites,fixtures,reporters}/**/*.test.ts"],
          setupFiles: ["fixtures/wire/forget-secrets.testing.ts"],
          pool: "threads",
          isolate: false,
          // Half of the time they wait for a command that they started: one more than the cores of a small machine.
          maxWorkers: Math.max(3, availableParallelism()),
          testTimeout: 60_000,
        },
      },
      stage("conformance", 1, true, [filesOf("**")], exclusiveSuites.map(filesOf)),
      ...exclusiveSuites.map((suite, index) =>
        stage(`conformance-${suite}`, index + 2, false, [filesOf(suite)]),
      ),
    ],
  },
});
