import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { beforeAll, describe, expect, test } from "vitest";
import { Transport } from "../fixtures/client/transport/transport.ts";
import { startReferenceServer } from "../fixtures/reference-server/server.ts";
import { judge } from "../suites/engine/judge.ts";
import { loadRequirements } from "../suites/engine/load.ts";
import { decisiveExchangeOf, type Result } from "../suites/engine/result.ts";
import { drawSentBodies } from "../suites/engine/sent-bodies.ts";
import { loadFaults } from "../suites/proof/fault.ts";
import { writeAllureResults } from "./allure/allure.ts";
import { harOf } from "./har.ts";
import { overviewHtml } from "./overview/overview.ts";
import { recordOf } from "./sample-result.testing.ts";

const edge = { expected: 25, received: 25 + 54, difference: 25 + 108 };

/** What a real run records of a requirement at the reference server. */
async function judged(id: string, fault?: string): Promise<Result> {
  const faults = (await loadFaults()).filter(({ name }) => name === fault);
  const server = await startReferenceServer({ faults });
  const transport = new Transport({ timeout: 60_000 });
  const endpoint = { baseUrl: `${server.url}/v2`, api: "v2", profile: "azure" } as const;
  const [requirement] = (await loadRequirements()).filter((candidate) => candidate.id === id);
  try {
    if (requirement === undefined) {
      throw new Error(`${id} is not declared`);
    }
    const result = await judge(requirement, endpoint, transport, { run: "pictures", patience: 300 });
    await drawSentBodies(result);
    return result;
  } finally {
    await transport.close();
    await server.close();
  }
}

/** The attachments that Allure is given, by their file names. */
async function attachmentsOf(result: Result): Promise<Map<string, Buffer>> {
  const folder = await mkdtemp(join(tmpdir(), "pictures-test-"));
  try {
    writeAllureResults(recordOf([result]), folder);
    const names = (await readdir(folder)).filter((name) => name.includes("-attachment"));
    const contents = await Promise.all(names.map((name) => readFile(join(folder, name))));
    return new Map(names.map((name, index) => [name, contents[index] ?? Buffer.alloc(0)]));
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe("a service that renders the first frame always", () => {
  let wrong: Result;

  beforeAll(async () => {
    wrong = await judged("RETRIEVE-074", "renders the first frame always");
  }, 300_000);

  test("has the expected and the received picture shown side by side, with the difference", async () => {
    expect(wrong.verdict).toBe("violates");
    const { comparison } = decisiveExchangeOf(wrong) ?? {};
    const picture = sharp(Buffer.from(comparison?.base64 ?? "", "base64"));
    const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
    const scale = info.height / 40;
    expect(info.width).toBe(scale * (3 * 50 + 2 * 4));
    const shade = (x: number, y: number) => data[(y * info.width + x) * scale * info.channels] ?? 0;
    for (let y = 0; y < 40; y += 4) {
      const [expected, received] = [shade(edge.expected, y), shade(edge.received, y)];
      expect(shade(edge.difference, y)).toBe(Math.abs(expected - received));
    }
  });

  test("is shown so in the overview and in Allure, whose exchanges have picture and attributes", async () => {
    const { comparison } = decisiveExchangeOf(wrong) ?? {};
    expect(overviewHtml(recordOf([wrong]), [])).toContain(
      `<img src="data:image/png;base64,${comparison?.base64}" alt="expected, received, and the difference">`,
    );
    const attachments = await attachmentsOf(wrong);
    const pngs = [...attachments].filter(([name]) => name.endsWith(".png")).map(([, content]) => content);
    expect(pngs).toContainEqual(Buffer.from(comparison?.base64 ?? "", "base64"));
    const [sent] = wrong.exchanges.flatMap(({ request }) => request.body?.thumbnails ?? []);
    expect(pngs).toContainEqual(Buffer.from(sent?.base64 ?? "", "base64"));
    const exchanges = [...attachments]
      .filter(([name]) => name.endsWith(".httpexchange"))
      .map(([, content]) => JSON.parse(content.toString("utf8")));
    const store = exchanges.find(({ request }) => request.method === "POST");
    expect(store.request.body.value).toMatch(/^PatientName \(0010,0010\) PN Conformance\^/m);
    expect(store.request.body.value).toMatch(/^PixelData \(7FE0,0010\): \d+ bytes, 50 columns by 40 rows/m);
    const rendered = exchanges.find(({ response }) => response.body.contentType === "image/jpeg");
    expect(rendered.response.body).toMatchObject({ encoding: "base64" });
    expect(Buffer.from(rendered.response.body.value, "base64").subarray(0, 3).toString("hex")).toBe("ffd8ff");
  });

  test("has its pictures in the HAR file", () => {
    const { entries } = harOf(wrong.exchanges, "0.0.0").log;
    const types = entries.map(({ response }) => response.content.encoding);
    expect(types.filter((encoding) => encoding === "base64").length).toBeGreaterThan(3);
  });
});

test("what was rendered rightly is shown as well", async () => {
  const right = await judged("RETRIEVE-074");
  expect(right.verdict).toBe("conforms");
  expect(right.exchanges.filter(({ comparison }) => comparison)).toEqual([]);
  const names = [...(await attachmentsOf(right)).keys()];
  expect(names.filter((name) => /\.(jpeg|png)$/.test(name))).toHaveLength(4);
});
