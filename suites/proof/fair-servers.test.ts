import { describe, expect, test } from "vitest";
import type { Profile } from "../../fixtures/client/endpoint.ts";
import { Transport } from "../../fixtures/client/transport.ts";
import type { Fault } from "../../fixtures/reference-server/fault.ts";
import { startReferenceServer } from "../../fixtures/reference-server/server.ts";
import { judge } from "../engine/judge.ts";
import { loadRequirements } from "../engine/load.ts";

/** A server that differs from Microsoft's in what PS3.18 leaves free, or does not leave free. */
type Peculiarity = Omit<Fault, "name">;

const requirements = await loadRequirements();

/** Verdicts by id, and what the report says beside them. */
async function judgeUnder(peculiarity: Peculiarity, ids: readonly string[], profile: Profile) {
  const server = await startReferenceServer({ faults: [{ name: "peculiar", ...peculiarity }] });
  const transport = new Transport({ timeout: 5_000 });
  const endpoint = { baseUrl: `${server.url}/v2`, api: "v2", profile } as const;
  const judged = requirements.filter(({ id }) => ids.includes(id));
  try {
    const results = await Promise.all(
      judged.map((requirement) => judge(requirement, endpoint, transport, { run: "fair", patience: 300 })),
    );
    return {
      verdicts: Object.fromEntries(results.map(({ id, verdict }) => [id, verdict])),
      notes: results.flatMap(({ notes }) => notes),
      reasons: results.flatMap(({ reason }) => reason ?? []),
    };
  } finally {
    await transport.close();
    await server.close();
  }
}

function all(ids: readonly string[], verdict: string) {
  return Object.fromEntries(ids.map((id) => [id, verdict]));
}

/** The members of every object, the last first. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(reversed);
  }
  return typeof value === "object" && value !== null
    ? Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([name, member]) => [name, reversed(member)]),
      )
    : value;
}

interface Case {
  readonly server: Peculiarity;
  readonly ids: readonly string[];
  /** What the report says of it. */
  readonly note: RegExp;
}

const fair: Readonly<Record<string, Case>> = {
  "orders the attributes otherwise": {
    server: {
      answer: (answer) => {
        if (answer.headers["content-type"]?.includes("dicom+json") && answer.body.length > 0) {
          answer.body = Buffer.from(JSON.stringify(reversed(JSON.parse(answer.body.toString()))));
        }
      },
    },
    ids: ["STORE-005", "RETRIEVE-051", "SEARCH-009"],
    note: /do not depend on the order/,
  },
};

describe("in the dicomweb profile nobody accuses a server that", () => {
  test.concurrent.each(Object.entries(fair))("%s", async (_, { server, ids, note }) => {
    const { verdicts, notes } = await judgeUnder(server, ids, "dicomweb");
    expect(verdicts).toEqual(all(ids, "conforms"));
    expect(notes.join("\n")).toMatch(note);
  });

  test.concurrent.each(Object.entries(fair))("though Microsoft's may not: %s", async (_, { server, ids }) => {
    const { verdicts } = await judgeUnder(server, ids, "azure");
    expect(verdicts).toEqual(all(ids, "violates"));
  });
});
