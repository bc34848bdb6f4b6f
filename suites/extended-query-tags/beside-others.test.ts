import { describe, expect, test } from "vitest";
import { queryTag } from "../../fixtures/client/query-tags/query-tags.ts";
import { Service } from "../../fixtures/client/service.ts";
import { Transport } from "../../fixtures/client/transport/transport.ts";
import { startReferenceServer } from "../../fixtures/reference-server/server.ts";
import { judge } from "../engine/judge.ts";
import { loadRequirements } from "../engine/load.ts";

const requirements = await loadRequirements();
const options = { run: "beside", patience: 1_000 };

/** Judges a check while somebody else has its tag, for some time or for good. */
async function judgeBeside(id: string, keyword: string, milliseconds: number, patience = options.patience) {
  const server = await startReferenceServer();
  const transport = new Transport({ timeout: 5_000 });
  const endpoint = { baseUrl: `${server.url}/v2`, api: "v2", profile: "azure" } as const;
  const other = new Service(endpoint, transport, options);
  const requirement = requirements.find((each) => each.id === id);
  if (!requirement) {
    throw new Error(`${id} is not declared`);
  }
  const { path } = queryTag(keyword, "Instance");
  try {
    await other.addQueryTags([queryTag(keyword, "Instance")]);
    const judging = judge(requirement, endpoint, transport, { ...options, patience });
    if (Number.isFinite(milliseconds)) {
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
      await other.delete(`/extendedquerytags/${path}`);
    }
    const result = await judging;
    const list = await other.get("/extendedquerytags", "application/json");
    return { result, tags: list.text };
  } finally {
    await transport.close();
    await server.close();
  }
}

describe.each([
  ["TAGS-001", "ProtocolName"],
  ["TAGS-008", "SoftwareVersions"],
  ["TAGS-045", "LastMenstrualDate"],
  ["COLLECTION-001", "Manufacturer"],
])("%s, while somebody else has the tag %s", (id, keyword) => {
  test("waits for its end, and conforms", async () => {
    const { result, tags } = await judgeBeside(id, keyword, 600);
    expect(result).toMatchObject({ verdict: "conforms", leftovers: [] });
    expect(tags).toBe("[]");
  });

  test("is skipped when it stays, says why, and leaves it there", async () => {
    const { result, tags } = await judgeBeside(id, keyword, Number.POSITIVE_INFINITY, 100);
    expect(result).toMatchObject({ verdict: "skipped", leftovers: [] });
    expect(result.reason).toMatch(new RegExp(`${keyword} .*already, and still had it after 0\\.6 s`));
    expect(tags).toContain(queryTag(keyword, "Instance").path);
  });
});
