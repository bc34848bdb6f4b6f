import { describe, expect, test } from "vitest";
import { Service } from "../../../fixtures/client/service.ts";
import { Transport } from "../../../fixtures/client/transport/transport.ts";
import { Instances } from "../../../fixtures/instances/instances.ts";
import { startReferenceServer } from "../../../fixtures/reference-server/server.ts";
import { judgeUnder, type Peculiarity } from "../peculiar-server.testing.ts";
import { fairServers } from "./servers.testing.ts";
import { verdicts } from "./verdicts.ts";

describe("in the profile dicomweb it is judged rightly that a server", () => {
  test.each(Object.entries(fairServers))(
    "%s",
    async (name, server) => {
      const { all, but = {}, note } = verdicts[name] ?? {};
      const { results, notes } = await judgeUnder(server, undefined, "dicomweb");
      const otherwise = results.filter(({ verdict }) => verdict !== all);
      expect(Object.fromEntries(otherwise.map(({ id, verdict }) => [id, verdict]))).toEqual(but);
      expect(notes.join("\n")).toMatch(note ?? "");
      // What could not be judged names a requirement that is accused, or passed over with its reason.
      const open = results.filter(({ verdict }) => verdict === "inconclusive");
      const reasons = new Set(open.map(({ coveredBy }) => coveredBy));
      expect(
        [...reasons].filter((id) => but[id ?? ""] === undefined || but[id ?? ""] === "inconclusive"),
      ).toEqual([]);
    },
    120_000,
  );
});

/** The answer of such a server to the store of an instance. */
async function storedIn(server: Peculiarity | undefined, lacking: string | undefined) {
  const running = await startReferenceServer({ faults: [{ name: "fair", ...server }] });
  const transport = new Transport({ timeout: 30_000 });
  const endpoint = { baseUrl: `${running.url}/v2`, api: "v2", profile: "dicomweb" } as const;
  const instances = new Instances("fair");
  const complete = instances.minimal();
  try {
    const service = new Service(endpoint, transport, { patience: 300 });
    return await service.store([lacking === undefined ? complete : instances.without(complete, lacking)]);
  } finally {
    await transport.close();
    await running.close();
  }
}

test("a server that refuses what its IOD does not allow takes a whole image, and none without rows", async () => {
  const server = fairServers["refuses what its IOD does not allow"];
  expect(await storedIn(server, undefined)).toMatchObject({ status: 200 });
  expect(await storedIn(server, "Rows")).toMatchObject({ status: 409 });
});

test("a server that compresses its answers says so", async () => {
  const response = await storedIn(fairServers["compresses its answers"], undefined);
  expect(response.header("Content-Encoding")).toBe("gzip");
});
