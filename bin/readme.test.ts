import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import challenge7 from "../fixtures/challenges/challenge-7.ts";
import type { Endpoint } from "../fixtures/client/endpoint.ts";
import { Transport } from "../fixtures/client/transport/transport.ts";
import { startReferenceServer } from "../fixtures/reference-server/server.ts";
import { gate } from "../reporters/gate.ts";
import { verdictText } from "../reporters/gradebook/verdict-text.ts";
import { scorecard } from "../reporters/scorecard.ts";
import { applies, judge } from "../suites/engine/judge.ts";
import { loadRequirements } from "../suites/engine/load.ts";
import type { Requirement } from "../suites/engine/requirement.ts";
import challenge, { drawn } from "../suites/grade/made-challenge.testing.ts";
import { gradeAfter } from "../suites/grade/student.testing.ts";
import { loadFaults, type ProvingFault } from "../suites/proof/fault.ts";

const readme = new URL("../README.md", import.meta.url);
const violated = "DELETE-006";
const [requirements, faults] = [await loadRequirements(), await loadFaults()];

/** What a run prints, without what differs from one to the next. */
async function printed(
  judged: readonly Requirement[],
  versions: readonly ("v1" | "v2")[],
  broken: readonly ProvingFault[],
): Promise<string> {
  const server = await startReferenceServer({ faults: broken });
  const transport = new Transport({ timeout: 60_000 });
  try {
    const endpoints: Endpoint[] = versions.map((api) => ({
      baseUrl: `${server.url}/${api}`,
      api,
      profile: "azure",
    }));
    const results = await Promise.all(
      endpoints.flatMap((endpoint) =>
        judged
          .filter((requirement) => applies(requirement, endpoint))
          .map((requirement) => judge(requirement, endpoint, transport, { run: "readme", patience: 5_000 })),
      ),
    );
    const outcome = gate(results, { isStrict: false, faults: [] });
    const [target, startedAt] = ["embedded reference server", new Date()];
    const record = { version: "", target, profile: "azure", isStrict: false, startedAt, duration: 2_000 };
    return scorecard({ ...record, results, outcome, reportDir: "report" })
      .replaceAll(server.url, "http://127.0.0.1:63838")
      .replaceAll(/2\.25\.\d{4}\d+/g, "2.25.1234…")
      .trim();
  } finally {
    await transport.close();
    await server.close();
  }
}

/** The fault that proves the violated requirement best: it is the first that names it first. */
function sampleFault(): ProvingFault {
  const [fault] = faults.filter(({ noticedBy }) => noticedBy[0] === violated);
  if (fault === undefined) {
    throw new Error(`no fault proves ${violated}`);
  }
  return fault;
}

/** What the coach of a student reads who forgot one image; a few criteria of it. */
async function graded(): Promise<string> {
  const shown = ["service", "red-triangle", "green-square", "change-feed", "tag-added"];
  const grade = await gradeAfter((student) => student.store(drawn["red-triangle"], drawn["blue-circle"]), {
    api: "v1",
    subject: { challenge: { ...challenge, title: challenge7.title } },
  });
  const criteria = grade.criteria.filter(({ id }) => shown.includes(id));
  const url = "http://127.0.0.1:63838/v1";
  return verdictText({ ...grade, student: url, url, criteria }, undefined)
    .replaceAll(grade.url, url)
    .trim();
}

test("README.md shows what is really printed", async () => {
  const fault = sampleFault();
  const ofSuites = requirements.filter(({ suite }) => suite === "delete" || suite === "service");
  const violation = await printed(
    requirements.filter(({ id }) => id === violated),
    ["v2"],
    [fault],
  );
  const samples: Readonly<Record<string, readonly [language: string, text: string]>> = {
    scorecard: ["", await printed(ofSuites, ["v1", "v2"], [])],
    violation: ["", violation.slice(violation.indexOf("VIOLATES"), violation.indexOf("\n\nDoes not"))],
    grade: ["", await graded()],
    commands: [
      "sh",
      `npm run conformance -- serve --fault "${fault.name}"\n` +
        `npm run conformance -- --url http://127.0.0.1:63838/v2 --requirement ${violated}`,
    ],
  };
  const shown = readFileSync(readme, "utf8").replaceAll(
    /(<!-- sample: (\w+) -->\n)[\s\S]*?(<!-- end -->)/g,
    (_, begin: string, name: string, end: string) => {
      const [language, text] = samples[name] ?? [];
      return `${begin}\n\`\`\`${language}\n${text}\n\`\`\`\n\n${end}`;
    },
  );
  await expect(shown).toMatchFileSnapshot("../README.md");
});
