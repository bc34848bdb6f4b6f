import { afterAll, beforeAll, expect, test } from "vitest";
import type { ApiVersion } from "../../fixtures/client/endpoint.ts";
import { Transport } from "../../fixtures/client/transport/transport.ts";
import { type ReferenceServer, startReferenceServer } from "../../fixtures/reference-server/server.ts";
import { judge } from "../engine/judge.ts";
import { loadRequirements } from "../engine/load.ts";

/** Of every suite what follows links, reads the feed, uses tags, changes the version or looks for what is left. */
const representative = [
  "STORE-001",
  "STORE-006",
  "STORE-009",
  "STORE-016",
  "STORE-076",
  "RETRIEVE-001",
  "SEARCH-001",
  "DELETE-006",
  "CHANGEFEED-010",
  "TAGS-001",
  "OPERATION-001",
  "OPERATION-005",
  "SERVICE-016",
  "SERVICE-022",
  "COLLECTION-001",
];
const transport = new Transport({ timeout: 30_000 });
let server: ReferenceServer;

beforeAll(async () => {
  server = await startReferenceServer({ hasPartitions: true });
});

afterAll(async () => {
  await transport.close();
  await server.close();
});

async function get(path: string): Promise<[number, string]> {
  const headers = [["Accept", "*/*"]] as const;
  const { status, body } = await transport.send({ method: "GET", url: server.url + path, headers });
  return [status, body.toString()];
}

async function verdictsIn(baseUrl: string, api: ApiVersion, ids: readonly string[]): Promise<string[]> {
  const judged = (await loadRequirements()).filter(({ id }) => ids.includes(id));
  const endpoint = { baseUrl, api, profile: "azure" } as const;
  const verdicts: string[] = [];
  for (const requirement of judged) {
    const { id, verdict, reason } = await judge(requirement, endpoint, transport, {
      run: "parts",
      patience: 3_000,
    });
    verdicts.push([id, verdict, reason].filter(Boolean).join(" "));
  }
  return verdicts.sort();
}

test.each(["v1", "v2"] as const)("what is judged in a data partition conforms, through %s", async (api) => {
  const base = `/${api}/partitions/Microsoft.Default`;
  const verdicts = await verdictsIn(server.url + base, api, representative);
  expect(verdicts).toEqual(representative.map((id) => `${id} conforms`).sort());
  expect(await get(`${base}/studies`)).toEqual([204, ""]);
  expect(await get(`/${api}/partitions/dicomweb-conformance/studies`)).toEqual([204, ""]);
  expect(await get(`/${api}/extendedquerytags`)).toEqual([200, "[]"]);
});

test("the partition of earlier runs can be judged as well", async () => {
  const base = `${server.url}/v2/partitions/dicomweb-conformance`;
  expect(await verdictsIn(base, "v2", ["STORE-076"])).toEqual(["STORE-076 conforms"]);
});

test("without data partitions what needs them is skipped, with the reason", async () => {
  const without = await startReferenceServer();
  const [verdict] = await verdictsIn(`${without.url}/v2`, "v2", ["STORE-076"]);
  await without.close();
  expect(verdict).toMatch(/^STORE-076 skipped http:\S+ names no data partition: the service has none$/);
});
