import { anonymousAccess } from "../../fixtures/client/credentials/access.ts";
import { attachedTo } from "../../fixtures/client/credentials/credential.ts";
import type { Endpoint } from "../../fixtures/client/endpoint.ts";
import { ReadOnlyTransport } from "../../fixtures/client/transport/read-only-transport.ts";
import type { Instance } from "../../fixtures/instances/instance.ts";
import type { Fault } from "../../fixtures/reference-server/fault.ts";
import { startReferenceServer } from "../../fixtures/reference-server/server.ts";
import type { Grade, GradedCriterion } from "./grade.ts";
import { gradeService, type Subject } from "./grade-service.ts";
import challenge, { drawn } from "./made-challenge.testing.ts";

/** A student at work: sends requests as Postman does. */
export class Student {
  constructor(readonly baseUrl: string) {}

  async store(...files: readonly (Instance | Buffer)[]): Promise<void> {
    for (const file of files) {
      const body = new Uint8Array(Buffer.isBuffer(file) ? file : file.bytes);
      await this.send("POST", "/studies", "application/dicom", body);
    }
  }

  /** Stores the three shapes in their order. */
  storeShapes(): Promise<void> {
    return this.store(drawn["red-triangle"], drawn["green-square"], drawn["blue-circle"]);
  }

  delete(path: string): Promise<unknown> {
    return this.send("DELETE", path);
  }

  /** Adds a query tag, and waits until its re-index has ended. */
  async addTag(path: string, level: string): Promise<void> {
    const added = await this.send(
      "POST",
      "/extendedquerytags",
      "application/json",
      JSON.stringify([{ path, level }]),
    );
    const { href } = added as { href: string };
    while ((await fetch(href)).status === 202) {}
  }

  /** Entries of the change feed. */
  async changes(): Promise<number> {
    return ((await this.send("GET", "/changefeed?limit=100&includeMetadata=false")) as unknown[]).length;
  }

  private async send(
    method: string,
    path: string,
    type?: string,
    body?: RequestInit["body"],
  ): Promise<unknown> {
    const headers: Record<string, string> = type === undefined ? {} : { "Content-Type": type };
    const response = await fetch(`${this.baseUrl}${path}`, { method, headers, body });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${method} ${path} answered ${response.status} ${text}`);
    }
    return text === "" ? undefined : JSON.parse(text);
  }
}

export interface Circumstances {
  readonly api?: "v1" | "v2";
  readonly faults?: readonly Fault[];
  /** What stands in the place of the version in the URL that the coach is given. */
  readonly segment?: string;
  readonly subject?: Partial<Subject>;
  /** What is done once the service has been looked at. */
  readonly afterwards?: (student: Student) => Promise<void>;
}

/** Looks at what a student has done in a service of their own. */
export async function gradeAfter(
  work: (student: Student) => Promise<void>,
  { api = "v2", faults = [], segment = api, subject = {}, afterwards }: Circumstances = {},
): Promise<Grade> {
  const server = await startReferenceServer({ faults });
  try {
    const student = new Student(`${server.url}/${api}`);
    await work(student);
    const grade = await gradeAt(`${server.url}/${segment}`, subject);
    await afterwards?.(student);
    return grade;
  } finally {
    await server.close();
  }
}

/** Looks at a service as it is, signed in as somebody. */
export async function gradeAt(
  baseUrl: string,
  subject: Partial<Subject> = {},
  access = anonymousAccess,
): Promise<Grade> {
  const [, api] = /\/(v[12])$/.exec(baseUrl) ?? [];
  const endpoint: Endpoint = { baseUrl, api: api as Endpoint["api"], profile: "azure" };
  const transport = new ReadOnlyTransport({ timeout: 20_000, ...attachedTo(access), origins: [baseUrl] });
  const { credential } = access;
  const options = { names: false, pictures: true, credential, challenge };
  try {
    return await gradeService({ student: "Ada", endpoint, transport, ...options, ...subject });
  } finally {
    await transport.close();
  }
}

/** @throws Error where the challenge has no such criterion */
export function criterionOf({ criteria }: Grade, id: string): GradedCriterion {
  const found = criteria.find((criterion) => criterion.id === id);
  if (found === undefined) {
    throw new Error(`no criterion ${id}`);
  }
  return found;
}

/** Verdicts by criterion. */
export function verdictsOf({ criteria }: Grade): Readonly<Record<string, string>> {
  return Object.fromEntries(criteria.map(({ id, verdict }) => [id, verdict]));
}
