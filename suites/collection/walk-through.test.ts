import { describe, expect, test } from "vitest";
import { Service } from "../../fixtures/client/service.ts";
import { Transport } from "../../fixtures/client/transport/transport.ts";
import { shape } from "../../fixtures/instances/shapes.ts";
import { expect as expectResponse } from "../../fixtures/matchers/expect.ts";
import type { Fault } from "../../fixtures/reference-server/fault.ts";
import { startReferenceServer } from "../../fixtures/reference-server/server.ts";
import { text } from "../../fixtures/wire/dicom-json.ts";
import type { Exchange } from "../../fixtures/wire/exchange.ts";
import { judge } from "../engine/judge.ts";
import { loadRequirements } from "../engine/load.ts";
import { brokenStepOf } from "../engine/result.ts";
import { loadFaults } from "../proof/fault.ts";
import { startStub } from "../proof/stub-services.testing.ts";

const faults = await loadFaults();
const triangle = shape("red-triangle");
const options = { run: "story", patience: 300 };

async function declaredStory() {
  const [story] = (await loadRequirements()).filter(({ id }) => id === "COLLECTION-001");
  if (!story) {
    throw new Error("the story is not declared");
  }
  return story;
}

/** Walks through the collection; before and after it, a step of the test's own in the same service. */
async function walk(spoiled: readonly Fault[], step: (service: Service) => Promise<void> = async () => {}) {
  const server = await startReferenceServer({ faults: spoiled });
  const transport = new Transport({ timeout: 60_000 });
  const endpoint = { baseUrl: `${server.url}/v2`, api: "v2", profile: "azure" } as const;
  const story = await declaredStory();
  const service = new Service(endpoint, transport, options);
  try {
    await step(service);
    const result = await judge(story, endpoint, transport, options);
    const left = await service.search("/studies");
    return { result, left: left.dicomJson.datasets.map((dataset) => text(dataset, "StudyInstanceUID")) };
  } finally {
    await transport.close();
    await server.close();
  }
}

function withoutUids({ method, url }: { readonly method: string; readonly url: string }): string {
  return `${method} ${new URL(url).pathname.replaceAll(/2\.25\.\d+/g, "UID")}`;
}

describe("the story of the collection", () => {
  test("conforms, covers the requests of the collection in their order, and leaves nothing behind", async () => {
    const { result, left } = await walk([]);
    expect(result).toMatchObject({ verdict: "conforms", leftovers: [] });
    expect(left).toEqual([]);
    expect(result.steps.filter(({ isDone }) => !isDone)).toEqual([]);
    const isPicture = ({ response }: Exchange) => response?.body.picture?.mediaType === "image/jpeg";
    const pictures = result.steps.filter(({ first, end }) =>
      result.exchanges.slice(first, end).some(isPicture),
    );
    expect(pictures.map(({ name }) => name)).toEqual([
      "Retrieve-rendered-image-of-a-single-instance-within-a-series",
      "Retrieve-rendered-image-of-a-single-frame-within-a-instance",
    ]);
    const sent = result.exchanges.map(({ request }) => withoutUids(request));
    for (const expected of [
      "POST /v2/studies",
      "POST /v2/studies/UID",
      "GET /v2/studies/UID",
      "GET /v2/studies/UID/series/UID/metadata",
      "GET /v2/studies/UID/series/UID/instances/UID/frames/1",
      "GET /v2/studies/UID/series/UID/instances/UID/rendered",
      "GET /v2/studies/UID/series/UID/instances/UID/frames/1/rendered",
      "GET /v2/studies",
      "GET /v2/studies/UID/series/UID/instances",
      "POST /v2/extendedquerytags",
      "PATCH /v2/extendedquerytags/00080070",
      "GET /v2/extendedquerytags/00080070/errors",
      "DELETE /v2/extendedquerytags/00080070",
      "DELETE /v2/studies/UID/series/UID/instances/UID",
      "DELETE /v2/studies/UID",
      "GET /v2/changefeed/latest",
    ]) {
      expect(sent).toContain(expected);
    }
  });

  test("conforms beside what a student stored under the collection's UIDs, and does not touch it", async () => {
    const { result, left } = await walk([], async (service) => {
      expectResponse(await service.storeSinglePart(triangle)).toAnswer({ status: 200 });
    });
    expect(result).toMatchObject({ verdict: "conforms", leftovers: [] });
    expect(result.exchanges.filter(({ request }) => request.url.includes(triangle.studyInstanceUid))).toEqual(
      [],
    );
    expect(left).toEqual([triangle.studyInstanceUid]);
  });

  test("deletes nothing of a service that hides its studies and has stored the images already", async () => {
    const deleted: string[] = [];
    const stub = await startStub((request, response) => {
      if (request.method === "DELETE") {
        deleted.push(request.url ?? "");
      }
      const isTag = request.url?.includes("/extendedquerytags/");
      const status = request.method === "POST" ? 409 : isTag ? 404 : 204;
      request.resume().on("end", () => response.writeHead(status).end());
    });
    const transport = new Transport({ timeout: 60_000 });
    const endpoint = { baseUrl: `${stub.url}/v2`, api: "v2", profile: "azure" } as const;
    const result = await judge(await declaredStory(), endpoint, transport, options);
    await transport.close();
    await stub.close();
    expect(result).toMatchObject({ verdict: "violates", leftovers: [] });
    expect(brokenStepOf(result)?.name).toBe("Store-single-instance (red-triangle.dcm)");
    expect(result.reason).toMatch(/status 200; received 409/);
    expect(deleted).toEqual([expect.stringMatching(/^\/v2\/studies\/2\.25\.\d{20,}$/)]);
  });

  test("has UIDs of its own in each run", async () => {
    const stores = async () => {
      const { result } = await walk([]);
      return result.exchanges.flatMap(({ request }) => /studies\/[0-9.]+/.exec(request.url) ?? []);
    };
    const [first, second] = [await stores(), await stores()];
    expect(first.filter((study) => second.includes(study))).toEqual([]);
    expect([...first, ...second].every((study) => /^studies\/2\.25\.\d{20,}$/.test(study))).toBe(true);
  });

  test.each([
    [
      "labels store answers application/json",
      "Store-single-instance (red-triangle.dcm)",
      /Content-Type application\/dicom\+json/,
    ],
    ["spoils a byte of large files", "Retrieve-all-instances-within-a-study", /SHA-256/],
    [
      "deletes the study with one of its series",
      "Delete-a-specific-series-within-a-study",
      /expected status 200; received 404/,
    ],
    [
      "still answers 200 for a study whose last instance was deleted",
      "Delete-a-specific-study",
      /expected status 404/,
    ],
  ])("is stopped by a service that %s, at the step that shows it", async (name, step, reason) => {
    const named = faults.filter((fault) => fault.name === name);
    expect(named).toHaveLength(1);
    const { result, left } = await walk(named);
    expect(result.verdict).toBe("violates");
    expect(brokenStepOf(result)?.name).toBe(step);
    expect(result.reason).toMatch(reason);
    expect([result.leftovers, left]).toEqual([[], []]);
  });
});

test("a fixed UID is never among what a scenario deletes", async () => {
  const stub = await startStub((request, response) => {
    request.resume().on("end", () => response.writeHead(request.method === "DELETE" ? 204 : 200).end());
  });
  const transport = new Transport({ timeout: 60_000 });
  const endpoint = { baseUrl: `${stub.url}/v2`, api: "v2", profile: "azure" } as const;
  const service = new Service(endpoint, transport, options);
  const own = `2.25.${"1".repeat(38)}`;
  service.remember(triangle, { studyInstanceUid: "2.25.123" }, { studyInstanceUid: `${own}/../../1.2.3` });
  await service.store([triangle]);
  await service.storeSinglePart(triangle);
  await service.store([triangle], { study: triangle.studyInstanceUid });
  await transport.close();
  await stub.close();
  expect([...service.created]).toEqual([]);
  service.remember({ studyInstanceUid: own });
  expect([...service.created]).toEqual([`${stub.url}/v2/studies/${own}`]);
});

test("the images carry the UIDs that graders look for", () => {
  const [circle, square] = [shape("blue-circle"), shape("green-square")];
  const root = "1.2.826.0.1.3680043.8.498";
  expect(triangle.studyInstanceUid).toBe(`${root}.13230779778012324449356534479549187420`);
  expect(triangle.seriesInstanceUid).toBe(`${root}.45787841905473114233124723359129632652`);
  expect(triangle.sopInstanceUid).toBe(`${root}.47359123102728459884412887463296905395`);
  expect(square.seriesInstanceUid).toBe(triangle.seriesInstanceUid);
  expect(square.sopInstanceUid).toBe(`${root}.12714725698140337137334606354172323212`);
  expect(circle.studyInstanceUid).toBe(triangle.studyInstanceUid);
  expect(circle.seriesInstanceUid).toBe(`${root}.77033797676425927098669402985243398207`);
  expect(circle.sopInstanceUid).toBe(`${root}.13273713909719068980354078852867170114`);
});
