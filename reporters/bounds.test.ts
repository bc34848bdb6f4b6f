import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bearerToken } from "../fixtures/client/credentials/credential.ts";
import { Transport } from "../fixtures/client/transport/transport.ts";
import { encodingsOf } from "../fixtures/wire/encodings.testing.ts";
import { judge } from "../suites/engine/judge.ts";
import type { Check } from "../suites/engine/requirement.ts";
import type { Result } from "../suites/engine/result.ts";
import { judgeWire } from "../suites/engine/wire.ts";
import { type StubService, startStub } from "../suites/proof/stub-services.testing.ts";
import { couldNotBegin, doesNotApply, expect as expectResponse, given } from "../suites/words.ts";
import { writeAllureResults } from "./allure/allure.ts";
import { gate } from "./gate.ts";
import { junitXml } from "./junit.ts";
import { overviewHtml } from "./overview/overview.ts";
import { recordOf, resultWith } from "./sample-result.testing.ts";
import { scorecard } from "./scorecard.ts";
import { verdictsJson } from "./verdicts-json.ts";

const token = "Tok+en/9fK.q~XzR-71_bW=vLm";
const megabytes = 4_000_000;
const long = "Ab\u001b[31m\u009b\u202e".repeat(megabytes / 10);
const dicomJson = { "Content-Type": "application/dicom+json" };

/** By the first step of the path below the base URL. */
const answers: Readonly<Record<string, (response: ServerResponse, request: IncomingMessage) => void>> = {
  text: (response) => response.writeHead(500, { "Content-Type": "text/plain" }).end(long),
  link: (response) => response.writeHead(200).end(`/v2/studies/${"1".repeat(megabytes)}`),
  header: (response) =>
    response.writeHead(302, { Location: `/${"a".repeat(12_000)}`, "X-C1": "\u009b2J" }).end(),
  "long-header": (response) => response.writeHead(302, { Location: `/${"a".repeat(megabytes)}` }).end(),
  json: (response) =>
    response.writeHead(200, dicomJson).end(JSON.stringify({ [long]: long, "0": [long, { [long]: 1 }] })),
  parts: (response) =>
    response
      .writeHead(200, { "Content-Type": 'multipart/related; type="application/dicom"; boundary=B' })
      .end(`--B\r\nContent-Type: x;${"y".repeat(9_000)}\r\n\r\n\r\n`.repeat(300)),
  echo: (response, { headers }) => {
    const encodings = Object.values(encodingsOf((headers.authorization ?? "").replace("Bearer ", "")));
    const isLine = (text: string) => /^[\x20-\x7e]*$/.test(text);
    for (const [index, text] of encodings.filter(isLine).entries()) {
      response.setHeader(`X-Echo-${index}`, text);
    }
    response.setHeader("Location", `/v2/studies?sig=${encodeURIComponent(token)}`);
    response
      .writeHead(200, dicomJson)
      .end(JSON.stringify(Object.fromEntries(encodings.map((text) => [text, [text]]))));
  },
};

const checks: Readonly<Record<string, Check>> = {
  "a status with a text": async ({ service }) => {
    expectResponse(await service.get("/text", "*/*")).toAnswer({ status: 200, naming: "x" });
  },
  "a precondition": async ({ service }) => {
    given(await service.get("/text", "*/*"), "SEARCH-001").toAnswer({ status: 200 });
  },
  "a link": async ({ service }) => {
    await service.follow((await service.get("/link", "*/*")).text, "*/*");
  },
  "a header": async ({ service }) => {
    const response = await service.get("/header", "*/*");
    expectResponse(response).toHold("Location", response.header("Location"), "none");
  },
  "a header longer than any": async ({ service }) => {
    await service.get("/long-header", "*/*");
  },
  "names and values": async ({ service }) => {
    const response = await service.get("/json", "*/*");
    expectResponse(response).toHaveNo([
      { expected: long, received: long },
      { expected: "names", received: Object.keys(response.json as object).join() },
    ]);
  },
  "values that differ": async ({ service }) => {
    const response = await service.get("/json", "*/*");
    expectResponse(response).toHold("value", response.json, {});
  },
  "a hundred thousand discrepancies": async ({ service }) => {
    const response = await service.get("/link", "*/*");
    expectResponse(response).toHaveNo(Array(100_000).fill({ expected: "one", received: long.slice(0, 999) }));
  },
  "a tolerance with notes": async ({ service }) => {
    const response = await service.get("/link", "*/*");
    for (let note = 0; note < 60; note++) {
      response.note(`${note} ${response.text}`);
    }
  },
  parts: async ({ service }) => {
    const response = await service.get("/parts", "*/*");
    expectResponse(response).toBeWithoutBreach(response.multipart.breaches);
  },
  "what it cannot begin with": async ({ service }) => {
    throw couldNotBegin((await service.get("/text", "*/*")).text, "SEARCH-001");
  },
  "what does not apply": async ({ service }) => {
    throw doesNotApply((await service.get("/text", "*/*")).text);
  },
  "a mistake of ours": async ({ service }) => {
    throw new Error((await service.get("/text", "*/*")).text);
  },
  "a request with what the service said": async ({ service }) => {
    await service.get(`/link?${"x".repeat(20_000)}`, "*/*", { "X-Long": "y".repeat(9_000) });
  },
  "an echo": async ({ service }) => {
    const response = await service.get("/echo", "*/*");
    response.note(response.text);
    await service.follow(response.header("Location") ?? "", "*/*");
    const { headers } = response.wire;
    expectResponse(response).toHaveNo(
      [...Object.keys(response.json as object), ...headers.map(([, value]) => value)].map((text) => ({
        expected: "something else",
        received: text,
      })),
    );
  },
  "an echo that is ours": async ({ service }) => {
    throw new Error((await service.get("/echo", "*/*")).text);
  },
};

let stub: StubService;
let transport: Transport;
let folder: string;
const outputs = new Map<string, string>();
const verdicts: Record<string, string> = {};

beforeAll(async () => {
  stub = await startStub((request, response) => {
    const [, step = ""] = /^\/v2\/([a-z-]+)/.exec(request.url ?? "") ?? [];
    request.resume().on("end", () => (answers[step] ?? answers.echo)?.(response, request));
  });
  transport = new Transport({ timeout: 60_000, credential: bearerToken(token), origins: [stub.url] });
  folder = await mkdtemp(join(tmpdir(), "bounds-test-"));
  const endpoint = { baseUrl: `${stub.url}/v2`, api: "v2", profile: "azure" } as const;
  const results: Result[] = [];
  for (const [title, check] of Object.entries(checks)) {
    const { id, suite, request, level, profile, clauses } = resultWith({});
    const requirement = { id, title, suite, request, level, profile, clauses, api: ["v2" as const], check };
    const result = await judge(requirement, endpoint, transport, { run: "test", patience: 0 });
    verdicts[title] = result.verdict;
    results.push(result);
  }
  results.push(judgeWire(results, endpoint));
  const outcome = gate(results, { isStrict: true, faults: [] });
  const record = { ...recordOf(results), outcome };
  outputs.set("console", scorecard(record)).set("junit.xml", junitXml(record));
  outputs.set("verdicts.json", verdictsJson(record)).set("index.html", overviewHtml(record, []));
  writeAllureResults(record, folder);
  for (const name of await readdir(folder)) {
    outputs.set(name, await readFile(join(folder, name), "utf8"));
  }
}, 300_000);

afterAll(async () => {
  await transport.close();
  await stub.close();
  await rm(folder, { recursive: true });
});

describe("a service that answers megabytes with escape bytes, and echoes the token", () => {
  test("is judged", () => {
    expect(verdicts).toMatchObject({
      "a status with a text": "violates",
      "a precondition": "inconclusive",
      "a link": "inconclusive",
      "a header": "violates",
      "a header longer than any": "inconclusive",
      "a hundred thousand discrepancies": "violates",
      "a tolerance with notes": "conforms",
      "what does not apply": "skipped",
      "an echo": "violates",
    });
  });

  test("makes small reports", () => {
    for (const [name, text] of outputs) {
      expect(text.length, name).toBeLessThan(250_000);
    }
    const total = [...outputs.values()].reduce((sum, { length }) => sum + length, 0);
    expect(total).toBeLessThan(1_500_000);
  });

  test("steers no terminal", () => {
    const steering = /(?!\n)[\p{Cc}\u202a-\u202e]/u;
    expect(outputs.get("console")).not.toMatch(steering);
    expect(outputs.get("junit.xml")).not.toMatch(/(?![\n\r\t])[\p{Cc}\u202a-\u202e]/u);
  });

  test("gets its token into none of them, in whatever encoding", () => {
    const pieces = Object.values(encodingsOf(token)).flatMap((text) => [
      text,
      JSON.stringify(text).slice(1, -1),
    ]);
    for (const [name, text] of outputs) {
      const lower = text.toLowerCase();
      const found = pieces.filter((piece) => lower.includes(piece.toLowerCase()));
      expect(found, name).toEqual([]);
      for (let start = 0; start + 8 <= token.length; start++) {
        expect(lower.includes(token.slice(start, start + 8).toLowerCase()), name).toBe(false);
      }
      expect(lower, name).not.toContain(Buffer.from(token).toString("base64").slice(4, 16).toLowerCase());
    }
    expect(outputs.get("console")).toContain("[secret removed]");
  });
});
