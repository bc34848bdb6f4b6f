import { describe, expect, test } from "vitest";
import { instancePath, seriesPath, studyPath } from "../../fixtures/client/resources.ts";
import { Service } from "../../fixtures/client/service.ts";
import { Transport } from "../../fixtures/client/transport.ts";
import { shape } from "../../fixtures/instances/shapes.ts";
import { expect as expectResponse } from "../../fixtures/matchers/expect.ts";
import type { Fault } from "../../fixtures/reference-server/fault.ts";
import { startReferenceServer } from "../../fixtures/reference-server/server.ts";
import { judge } from "../engine/judge.ts";
import { loadRequirements } from "../engine/load.ts";
import { loadFaults } from "../proof/fault.ts";

const faults = await loadFaults();
const triangle = shape("red-triangle");
const options = { run: "story", patience: 300 };

/** Walks through the collection; before and after it, a step of the test's own in the same service. */
async function walk(spoiled: readonly Fault[], step: (service: Service) => Promise<void> = async () => {}) {
  const server = await startReferenceServer({ faults: spoiled });
  const transport = new Transport({ timeout: 5_000 });
  const endpoint = { baseUrl: `${server.url}/v2`, api: "v2", profile: "azure" } as const;
  const [story] = (await loadRequirements()).filter(({ id }) => id === "COLLECTION-001");
  if (!story) {
    throw new Error("the story is not declared");
  }
  const service = new Service(endpoint, transport, options);
  try {
    await step(service);
    const result = await judge(story, endpoint, transport, options);
    const left = await service.search("/studies", { StudyInstanceUID: triangle.studyInstanceUid });
    return { result, left: left.status };
  } finally {
    await transport.close();
    await server.close();
  }
}

describe("the story of the collection", () => {
  test("conforms, covers the requests of the collection in their order, and leaves nothing behind", async () => {
    const { result, left } = await walk([]);
    expect(result).toMatchObject({ verdict: "conforms", leftovers: [] });
    expect(left).toBe(204);
    const sent = result.exchanges.map(({ request }) => `${request.method} ${new URL(request.url).pathname}`);
    for (const expected of [
      "POST /v2/studies",
      `POST /v2${studyPath(triangle)}`,
      `GET /v2${studyPath(triangle)}`,
      `GET /v2${seriesPath(triangle)}/metadata`,
      `GET /v2${instancePath(triangle)}/frames/1`,
      `GET /v2${instancePath(triangle)}/rendered`,
      `GET /v2${instancePath(triangle)}/frames/1/rendered`,
      "GET /v2/studies",
      `GET /v2${seriesPath(triangle)}/instances`,
      "POST /v2/extendedquerytags",
      "PATCH /v2/extendedquerytags/00080070",
      "GET /v2/extendedquerytags/00080070/errors",
      "DELETE /v2/extendedquerytags/00080070",
      `DELETE /v2${instancePath(triangle)}`,
      `DELETE /v2${studyPath(triangle)}`,
      "GET /v2/changefeed/latest",
    ]) {
      expect(sent).toContain(expected);
    }
  });

  test("does not touch what a student stored under the same UIDs", async () => {
    const { result, left } = await walk([], async (service) => {
      expectResponse(await service.storeSinglePart(triangle)).toAnswer({ status: 200 });
    });
    expect(result).toMatchObject({ verdict: "skipped" });
    expect(result.reason).toMatch(/already holds the collection's study/);
    expect(result.exchanges.map(({ request }) => request.method)).toEqual(["GET"]);
    expect(left).toBe(200);
  });

  test.each([
    ["labels store answers application/json", /Content-Type application\/dicom\+json/],
    ["spoils a byte of large files", /SHA-256/],
    ["deletes the study with one of its series", /expected status 200; received 404/],
    ["keeps an empty study when its last instance was deleted", /expected status 404/],
  ])("is stopped by a service that %s, and still leaves nothing behind", async (name, reason) => {
    const { result, left } = await walk(faults.filter((fault) => fault.name === name));
    expect(result.verdict).toBe("violates");
    expect(result.reason).toMatch(reason);
    expect([result.leftovers, left]).toEqual([[], 204]);
  });
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
