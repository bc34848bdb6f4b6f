import { expect, test } from "vitest";
import { Transport } from "../../fixtures/client/transport.ts";
import type { Fault } from "../../fixtures/reference-server/fault.ts";
import { startReferenceServer } from "../../fixtures/reference-server/server.ts";
import { judge } from "./judge.ts";
import { loadRequirements } from "./load.ts";
import { judgeWire } from "./wire.ts";

async function wireVerdict(faults: readonly Fault[], profile: "azure" | "dicomweb" = "azure") {
  const server = await startReferenceServer({ faults });
  const transport = new Transport({ timeout: 2_000 });
  const endpoint = { baseUrl: `${server.url}/v2`, api: "v2", profile } as const;
  const judged = (await loadRequirements()).filter(({ id }) => id === "STORE-001" || id === "STORE-002");
  const options = { run: "test", patience: 100 };
  try {
    const results = await Promise.all(
      judged.map((requirement) => judge(requirement, endpoint, transport, options)),
    );
    return judgeWire(results, endpoint);
  } finally {
    await transport.close();
    await server.close();
  }
}

const everyJson =
  (spoil: (text: string) => string): Fault["answer"] =>
  (answer) => {
    if (answer.headers["content-type"]?.includes("json")) {
      answer.body = Buffer.from(spoil(answer.body.toString()));
    }
  };

test("well-formed bodies conform", async () => {
  expect(await wireVerdict([])).toMatchObject({ verdict: "conforms", reason: undefined, exchanges: [] });
});

test("a body that no check looks at is judged all the same", async () => {
  const fault = {
    name: "f",
    answer: everyJson((text) => text.replaceAll('"0020000D"', '"0020000d"')),
  };
  const result = await wireVerdict([fault]);
  expect(result).toMatchObject({ verdict: "violates", decisive: 0 });
  expect(result.reason).toMatch(/upper case hexadecimal digits .*0020000d.*GET \/v2\/instances/);
});

test("a sequence with an empty list of items is tolerated, and noted", async () => {
  const fault = {
    name: "f",
    answer: everyJson((text) =>
      text.replaceAll('"00741048":{"vr":"SQ"}', '"00741048":{"vr":"SQ","Value":[]}'),
    ),
  };
  expect(await wireVerdict([fault])).toMatchObject({
    verdict: "conforms",
    notes: ["an empty Value says the same as none"],
  });
});

test("elsewhere lower-case digits are tolerated, and noted", async () => {
  const fault = {
    name: "f",
    answer: everyJson((text) => text.replaceAll('"0020000D"', '"0020000d"')),
  };
  const result = await wireVerdict([fault], "dicomweb");
  expect(result).toMatchObject({
    verdict: "conforms",
    notes: ["clients read hexadecimal digits in either case"],
  });
});

test("where nothing passed, nothing is claimed", () => {
  const endpoint = { baseUrl: "", api: "v2", profile: "azure" } as const;
  expect(judgeWire([], endpoint)).toMatchObject({ verdict: "inconclusive" });
});
