import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Journal } from "../../fixtures/client/ownership/journal.ts";
import { ReadOnlyTransport } from "../../fixtures/client/transport/read-only-transport.ts";
import { Transport } from "../../fixtures/client/transport/transport.ts";
import type { Fault } from "../../fixtures/reference-server/fault.ts";
import { criterionOf, gradeAfter, verdictsOf } from "./student.testing.ts";
import { tryWriting } from "./try-write.ts";

test.each(["POST", "PUT", "PATCH", "DELETE", "get"])(
  "a transport that reads only does not send %s",
  async (method) => {
    const transport = new ReadOnlyTransport({ timeout: 1_000 });
    const sent = transport.send({ method, url: "http://127.0.0.1:9/" });
    await expect(sent).rejects.toThrow(/sends GET only/);
    await transport.close();
  },
);

test("looking sends GET and nothing else, and adds nothing to the change feed", async () => {
  const methods: string[] = [];
  const counts: number[] = [];
  let isLookedAt = false;
  const watch: Fault = {
    name: "refuses everything but GET as long as it is looked at",
    arrival: ({ method }) => {
      if (isLookedAt) {
        methods.push(method);
      }
      return isLookedAt && method !== "GET" ? { path: "/nowhere" } : {};
    },
  };
  const grade = await gradeAfter(
    async (student) => {
      await student.storeShapes();
      await student.addTag("00080070", "Series");
      counts.push(await student.changes());
      isLookedAt = true;
    },
    {
      faults: [watch],
      afterwards: async (student) => {
        isLookedAt = false;
        counts.push(await student.changes());
      },
    },
  );
  expect(verdictsOf(grade)).toMatchObject({ "blue-circle": "met", "tag-added": "met" });
  expect(methods.length).toBeGreaterThan(10);
  expect(new Set(methods)).toEqual(new Set(["GET"]));
  expect(counts).toEqual([3, 3]);
});

describe("trying to write", () => {
  const transport = new Transport({ timeout: 10_000 });
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "try-write-"));
  });

  afterAll(async () => {
    await transport.close();
    await rm(folder, { recursive: true });
  });

  /** The criterion that the service can be reached, and how many entries its change feed has afterwards. */
  async function tried(faults: readonly Fault[]) {
    let changes = 0;
    const journal = new Journal(join(folder, "journal.txt"), "a1b2c3");
    const grade = await gradeAfter(async () => {}, {
      faults,
      subject: { tryWrite: (endpoint) => tryWriting(endpoint, transport, "a1b2c3", journal) },
      afterwards: async (student) => {
        changes = await student.changes();
      },
    });
    return { changes, service: criterionOf(grade, "service") };
  }

  /** Access control of those who may read only. */
  const forbids = (...forbidden: string[]): Fault => ({
    name: `forbids ${forbidden}`,
    arrival: ({ method }) => (forbidden.includes(method) ? { path: "/forbidden" } : {}),
    answer: (answer, { method }) => {
      if (forbidden.includes(method)) {
        answer.status = 403;
      }
    },
  });

  test("stores one instance and deletes it again", async () => {
    const { service, changes } = await tried([]);
    expect(service.verdict).toBe("met");
    expect(service.facts).toContainEqual({
      name: "writing",
      value: "allowed: one instance was stored and deleted again",
    });
    expect(changes).toBe(2);
  });

  test.each([
    ["POST", /a store is forbidden/],
    ["DELETE", /what is stored cannot be deleted: .*studies\/2\.25\./],
  ])("says which role is missing where %s is forbidden", async (method, sentence) => {
    const { service } = await tried([forbids(method)]);
    expect(service.verdict).toBe("not met");
    expect(service.finding).toMatch(sentence);
    expect(service.next).toMatch(/role DICOM Data Owner, not only DICOM Data Reader/);
  });
});
