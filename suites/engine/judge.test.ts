import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bearerToken } from "../../fixtures/client/credentials/credential.ts";
import { Inconclusive, NotApplicable } from "../../fixtures/client/inconclusive.ts";
import { Transport } from "../../fixtures/client/transport/transport.ts";
import { expect as expectResponse } from "../../fixtures/matchers/expect.ts";
import { type ReferenceServer, startReferenceServer } from "../../fixtures/reference-server/server.ts";
import { startStub } from "../proof/stub-services.testing.ts";
import { ps3_18 } from "./clause.ts";
import { applies, judge } from "./judge.ts";
import type { Check, Requirement } from "./requirement.ts";
import type { Level } from "./result.ts";

const transport = new Transport({ timeout: 2_000 });
const options = { run: "test", patience: 0 };
let server: ReferenceServer;

beforeAll(async () => {
  server = await startReferenceServer();
});

afterAll(async () => {
  await transport.close();
  await server.close();
});

function made(check: Check, level: Level = "must", skipped?: string): Requirement {
  return {
    id: "STORE-999",
    title: "made for a test",
    suite: "store",
    request: "none",
    level,
    profile: "azure",
    api: ["v2"],
    clauses: [ps3_18("10.5")],
    check,
    skipped,
  };
}

function judged(check: Check, level?: Level, skipped?: string) {
  const endpoint = { baseUrl: `${server.url}/v2`, api: "v2", profile: "azure" } as const;
  return judge(made(check, level, skipped), endpoint, transport, options);
}

const broken: Check = async ({ service }) => {
  await service.search("/studies");
  expectResponse(await service.search("/studies", { limit: 0 })).toAnswer({ status: 200 });
};

describe("the verdict", () => {
  test("of a check that returns is that the service conforms", async () => {
    const result = await judged(async ({ service }) => void (await service.search("/studies")));
    expect(result).toMatchObject({ verdict: "conforms", reason: undefined, decisive: undefined });
    expect(result.exchanges).toHaveLength(1);
  });

  test.each([
    ["must", "violates"],
    ["should", "warns"],
    ["may", "not supported"],
  ] as const)("of a broken %s is that the service %s", async (level, verdict) => {
    const result = await judged(broken, level);
    expect(result).toMatchObject({ verdict, decisive: 1 });
    expect(result.discrepancies).toHaveLength(1);
    expect(result.reason).toMatch(/^expected status 200; received 400/);
  });

  test("of what a check worked out itself is proven by the response that it was read from", async () => {
    const result = await judged(async ({ service }) => {
      const first = await service.search("/studies", { limit: 0 });
      await service.search("/studies");
      expectResponse(first).toHold("status of the first search", first.status, 204);
    });
    expect(result).toMatchObject({ verdict: "violates", decisive: 0 });
    expect(result.discrepancies).toEqual([{ expected: "status of the first search: 204", received: "400" }]);
  });

  test.each([
    ["a precondition", () => new Inconclusive("could not begin"), "could not begin"],
    [
      "our own mistake",
      () => new TypeError("x is not a function"),
      "a fault of this suite, please report it: TypeError: x is not a function",
    ],
  ])("of %s that fails is inconclusive", async (_, error, reason) => {
    const result = await judged(async () => {
      throw error();
    });
    expect(result).toMatchObject({ verdict: "inconclusive", reason, discrepancies: [] });
  });

  test("of a request without response is inconclusive, and says which request", async () => {
    const endpoint = { baseUrl: "http://127.0.0.1:9/v2", api: "v2", profile: "azure" } as const;
    const result = await judge(made(broken), endpoint, transport, options);
    expect(result.verdict).toBe("inconclusive");
    expect(result.reason).toBe(
      "GET http://127.0.0.1:9/v2/studies: connection refused: nothing listens there",
    );
  });

  test("of a token that is refused in the middle of a run is inconclusive", async () => {
    const stub = await startStub((_, response) => response.writeHead(401).end());
    const endpoint = { baseUrl: `${stub.url}/v2`, api: "v2", profile: "azure" } as const;
    const authorized = new Transport({
      timeout: 2_000,
      credential: bearerToken("of-yesterday"),
      origins: [stub.url],
    });
    const result = await judge(made(broken), endpoint, authorized, options);
    await authorized.close();
    await stub.close();
    expect(result.verdict).toBe("inconclusive");
    expect(result.reason).toMatch(/answered 401: the credentials were refused.*has the token expired\?/);
  });

  test.each([
    [401, /asks for credentials/],
    [403, /access is forbidden/],
    [429, /too busy/],
    [502, /a gateway got no answer/],
    [503, /too busy/],
    [504, /a gateway got no answer/],
  ])("of an answer that comes from before the service, %i, is inconclusive", async (status, reason) => {
    const stub = await startStub((_, response) => response.writeHead(status, { "Retry-After": "0" }).end());
    const endpoint = { baseUrl: `${stub.url}/v2`, api: "v2", profile: "azure" } as const;
    const result = await judge(made(broken), endpoint, transport, options);
    await stub.close();
    expect(result).toMatchObject({ verdict: "inconclusive", reason: expect.stringMatching(reason) });
    expect(result.exchanges.at(-1)?.response?.status).toBe(status);
  });

  test("of a check that sent nothing is inconclusive: it proves nothing", async () => {
    expect(await judged(async () => {})).toMatchObject({ verdict: "inconclusive" });
  });

  test("of what does not apply is skipped, with the reason", async () => {
    const skipping: Check = async () => {
      throw new NotApplicable("no partitions here");
    };
    expect(await judged(skipping)).toMatchObject({ verdict: "skipped", reason: "no partitions here" });
    expect(await judged(broken, "must", "needs a tenant")).toMatchObject({
      verdict: "skipped",
      reason: "needs a tenant",
      exchanges: [],
    });
  });
});

describe("after a check", () => {
  test("what it stored is gone, also when it failed; cleaning up is no part of its record", async () => {
    let study = "";
    const result = await judged(async ({ service, instances }) => {
      const instance = instances.minimal();
      study = instance.studyInstanceUid;
      await service.given.stored(instance);
      expectResponse(await service.search("/studies", { StudyInstanceUID: study })).toFindNothing();
    });
    expect(result.verdict).toBe("violates");
    expect(result.exchanges.map(({ request }) => request.method)).toEqual(["POST", "GET"]);
    const left = await judged(async ({ service }) => {
      expectResponse(await service.search("/studies", { StudyInstanceUID: study })).toFindNothing();
    });
    expect(left.verdict).toBe("conforms");
  });

  test("a study with a UID that is not of this run is never deleted", async () => {
    const created: string[] = [];
    const foreign = await judged(async ({ service, instances }) => {
      const instance = instances.minimal({ StudyInstanceUID: "1.2.840.99999.1" });
      expectResponse(await service.store([instance])).toConfirm([instance]);
      created.push(...service.created);
    });
    expect([foreign.verdict, created]).toEqual(["conforms", []]);
    const still = await judged(async ({ service }) => {
      const uid = "1.2.840.99999.1";
      expectResponse(await service.search("/studies", { StudyInstanceUID: uid })).toFind("study", [uid]);
    });
    expect(still.verdict).toBe("conforms");
  });
});

test("a requirement applies by profile and version; without versions by profile alone", () => {
  const azure = made(broken);
  const standard = { ...azure, profile: "dicomweb" } as const;
  const at = (api: "v1" | "v2" | undefined, profile: "azure" | "dicomweb") => ({ baseUrl: "", api, profile });
  expect([applies(azure, at("v2", "azure")), applies(azure, at("v1", "azure"))]).toEqual([true, false]);
  expect([applies(azure, at("v2", "dicomweb")), applies(standard, at("v2", "dicomweb"))]).toEqual([
    false,
    true,
  ]);
  expect(applies(standard, at(undefined, "dicomweb"))).toBe(true);
});
