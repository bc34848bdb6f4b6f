import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { attachedTo } from "../../fixtures/client/credentials/credential.ts";
import type { Endpoint } from "../../fixtures/client/endpoint.ts";
import { Journal } from "../../fixtures/client/ownership/journal.ts";
import { ReadOnlyTransport } from "../../fixtures/client/transport/read-only-transport.ts";
import { RunLimits } from "../../fixtures/client/transport/run-limits.ts";
import { Transport, type TransportOptions } from "../../fixtures/client/transport/transport.ts";
import { UsageError } from "../../fixtures/targets/usage-error.ts";
import { type Earlier, type Gradebook, gradingOutcome } from "../../reporters/gradebook/gradebook.ts";
import { readEarlier } from "../../reporters/gradebook/gradebook-json.ts";
import { classLine, verdictText } from "../../reporters/gradebook/verdict-text.ts";
import { writeGradebook } from "../../reporters/gradebook/write-gradebook.ts";
import { insecureWarning } from "../../reporters/record.ts";
import { journalIn, ReportFolder } from "../../reporters/report-folder.ts";
import type { Grade } from "../../suites/grade/grade.ts";
import { gradeService } from "../../suites/grade/grade-service.ts";
import { tryWriting } from "../../suites/grade/try-write.ts";
import type { GradeOptions } from "./command.ts";
import { describeDicomFile } from "./describe-file.ts";
import { type Student, studentsOf } from "./students.ts";

/**
 * Looks at what students left in their services, all of them at once, prints what was seen, and writes the gradebook.
 * @returns the exit code
 * @throws UsageError when it cannot be done as asked; then nothing was sent
 */
export async function grade(options: GradeOptions, version: string): Promise<number> {
  if (options.describe !== undefined) {
    console.log(await describeDicomFile(options.describe));
    return 0;
  }
  const students = await studentsOf(options);
  const since = options.since === undefined ? undefined : await earlierOf(options.since);
  const folder = await ReportFolder.open(options.reportDir);
  try {
    const gradedAt = new Date().toISOString();
    const grades = await gradeAll(students, options, folder, since);
    return await conclude(
      { version, gradedAt, grades, since, isInsecure: options.insecure },
      folder,
      options,
    );
  } finally {
    await folder.close();
  }
}

/** In the order of the class, whoever is done first. */
function gradeAll(
  students: readonly Student[],
  options: GradeOptions,
  folder: ReportFolder,
  since: Earlier | undefined,
): Promise<readonly Grade[]> {
  const isClass = options.class !== undefined;
  const nameWidth = Math.max(...students.map(({ name }) => name.length));
  const run = randomBytes(3).toString("hex");
  const writing = options.tryWrite ? { run, journal: new Journal(journalIn(folder.path), run) } : undefined;
  return Promise.all(
    students.map(async (student) => {
      const found = await gradeStudent(student, options, writing);
      console.log(isClass ? classLine(found, since, nameWidth) : verdictText(found, since));
      return found;
    }),
  ).finally(() => writing?.journal.finish());
}

async function gradeStudent(
  { name, endpoint, access, challenge }: Student,
  options: GradeOptions,
  writing: { readonly run: string; readonly journal: Journal } | undefined,
): Promise<Grade> {
  const details: TransportOptions = {
    timeout: options.timeout * 1000,
    limits: new RunLimits({ onWait: (sentence) => console.error(`${name}: ${sentence}`) }),
    ...attachedTo(access),
    origins: [endpoint.baseUrl],
  };
  const reading = new ReadOnlyTransport(details);
  const writer = writing && new Transport(details);
  const tryWrite = writer && ((at: Endpoint) => tryWriting(at, writer, writing.run, writing.journal));
  try {
    const { names, pictures } = options;
    const { credential } = access;
    const subject = { student: name, endpoint, challenge, credential, names, pictures, tryWrite };
    return await gradeService({ ...subject, transport: reading });
  } finally {
    await Promise.all([reading.close(), writer?.close()]);
  }
}

/** Printed before it is written: what was seen is not lost with a disk that is full. */
async function conclude(book: Gradebook, folder: ReportFolder, options: GradeOptions): Promise<number> {
  const { exitCode, sentence } = gradingOutcome(book.grades);
  console.log(book.isInsecure ? `${sentence}\n${insecureWarning}` : sentence);
  try {
    await writeGradebook(book, folder, options.class !== undefined);
  } catch (error) {
    console.error(
      `The gradebook could not be written to ${folder.path}: ${(error as Error).message}. What is printed above stands.`,
    );
    return exitCode || 2;
  }
  console.log(`Gradebook: ${join(options.reportDir, "gradebook.html")}`);
  return exitCode;
}

/** Read before the folder is opened, which may be the one that it stands in. @throws UsageError */
async function earlierOf(file: string): Promise<Earlier> {
  const text = await readFile(file, "utf8").catch((error: Error) => {
    throw new UsageError(`The earlier gradebook ${file} cannot be read: ${error.message}.`);
  });
  return readEarlier(text, file);
}
