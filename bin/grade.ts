import type { Access } from "../fixtures/client/credentials/access.ts";
import { attachedTo } from "../fixtures/client/credentials/credential.ts";
import type { Endpoint } from "../fixtures/client/endpoint.ts";
import { ReadOnlyTransport } from "../fixtures/client/read-only-transport.ts";
import { RunLimits } from "../fixtures/client/run-limits.ts";
import type { Challenge } from "../fixtures/grading/challenge.ts";
import { loadChallenge } from "../fixtures/grading/load.ts";
import { readServiceUrl } from "../fixtures/targets/configured.ts";
import { UsageError } from "../fixtures/targets/usage-error.ts";
import { type Earlier, gradingOutcome } from "../reporters/gradebook/gradebook.ts";
import { verdictText } from "../reporters/gradebook/verdict-text.ts";
import type { Grade } from "../suites/grade/grade.ts";
import { gradeService } from "../suites/grade/grade-service.ts";
import { accessOf } from "./access.ts";
import type { GradeOptions } from "./options.ts";

/** Somebody whose service is looked at. */
export interface Student {
  readonly name: string;
  readonly endpoint: Endpoint;
  readonly access: Access;
  readonly challenge: Challenge;
}

/**
 * Looks at what students left in their services, prints what was seen, and writes the gradebook.
 * @returns the exit code
 * @throws UsageError when it cannot be done as asked
 */
export async function grade(options: GradeOptions): Promise<number> {
  const student = await studentOf(options);
  const found = await gradeStudent(student, options);
  const since: Earlier | undefined = undefined;
  console.log(verdictText(found, since));
  const outcome = gradingOutcome([found]);
  console.log(outcome.sentence);
  return outcome.exitCode;
}

async function studentOf(options: GradeOptions): Promise<Student> {
  const { url, challenge } = options;
  if (url === undefined) {
    throw new UsageError("Whose service? Give its baseUrl with --url, or a whole class with --class FILE.");
  }
  const endpoint = readServiceUrl(url);
  return {
    name: endpoint.baseUrl,
    endpoint,
    access: accessOf(options),
    challenge: await loadChallenge(challenge),
  };
}

async function gradeStudent(student: Student, options: GradeOptions): Promise<Grade> {
  const { name, endpoint, access, challenge } = student;
  const transport = new ReadOnlyTransport({
    timeout: options.timeout * 1000,
    limits: new RunLimits({ onWait: (sentence) => console.error(`${name}: ${sentence}`) }),
    ...attachedTo(access),
    origins: [endpoint.baseUrl],
  });
  try {
    return await gradeService({
      student: name,
      endpoint,
      transport,
      challenge,
      hasToken: access.credential.kind !== "none",
      names: options.names,
      pictures: options.pictures,
    });
  } finally {
    await transport.close();
  }
}
