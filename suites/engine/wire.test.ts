import { expect, test } from "vitest";
import type { Profile } from "../../fixtures/client/endpoint.ts";
import { Transport } from "../../fixtures/client/transport/transport.ts";
import type { Fault } from "../../fixtures/reference-server/fault.ts";
import { startReferenceServer } from "../../fixtures/reference-server/server.ts";
import { judge } from "./judge.ts";
import { loadRequirements } from "./load.ts";
import type { Result } from "./result.ts";
import { judgeWire } from "./wire.ts";

const endpointOf = (url: string, profile: Profile) => ({ baseUrl: `${url}/v2`, api: "v2", profile }) as const;

async function resultsOf(
  faults: readonly Fault[],
  ids: readonly string[],
  profile: Profile = "azure",
): Promise<Result[]> {
  const server = await startReferenceServer({ faults });
  const transport = new Transport({ timeout: 2_000 });
  const judged = (await loadRequirements()).filter(({ id }) => ids.includes(id));
  const options = { run: "test", patience: 100 };
  try {
    return await Promise.all(
      judged.map((requirement) => judge(requirement, endpointOf(server.url, profile), transport, options)),
    );
  } finally {
    await transport.close();
    await server.close();
  }
}

async function wireVerdict(faults: readonly Fault[], profile: Profile = "azure") {
  return judgeWire(await resultsOf(faults, ["STORE-001", "STORE-002"], profile), endpointOf("", profile));
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

test("lower-case digits are a violation elsewhere too: PS3.18 F.2.2 says which case", async () => {
  const fault = {
    name: "f",
    answer: everyJson((text) => text.replaceAll('"0020000D"', '"0020000d"')),
  };
  const result = await wireVerdict([fault], "dicomweb");
  expect(result).toMatchObject({ verdict: "violates", notes: [] });
});

test("where nothing passed, nothing is claimed", () => {
  const endpoint = { baseUrl: "", api: "v2", profile: "azure" } as const;
  expect(judgeWire([], endpoint)).toMatchObject({ verdict: "inconclusive" });
});

test("a body or two prove nothing", async () => {
  const results = await resultsOf([], ["STORE-001"]);
  const endpoint = { baseUrl: "", api: "v2", profile: "azure" } as const;
  const judged = judgeWire(results, endpoint);
  expect(judged).toMatchObject({ verdict: "inconclusive" });
  expect(judged.reason).toMatch(/3 came, of 5 that it needs/);
});

test("DICOM JSON does not escape by another label", async () => {
  const spoiled = everyJson((text) => text.replaceAll('"0020000D"', '"0020000d"'));
  const fault: Fault = {
    name: "f",
    answer: (answer, request) => {
      spoiled?.(answer, request);
      if (answer.headers["content-type"]?.includes("dicom+json")) {
        answer.headers["content-type"] = "application/json";
      }
    },
  };
  const found = await resultsOf([fault], ["SEARCH-001", "RETRIEVE-048"]);
  const breaches = found.flatMap(({ exchanges }) => exchanges.flatMap((exchange) => exchange.breaches));
  expect(breaches.map(({ kind }) => kind)).toContain("tag-case");
});
