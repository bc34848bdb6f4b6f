import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, test } from "vitest";
import type { Fault } from "../../fixtures/reference-server/fault.ts";
import { startStub } from "../proof/stub-services.testing.ts";
import { verdictOf } from "./grade.ts";
import { drawn, sample } from "./made-challenge.testing.ts";
import { criterionOf, gradeAfter, gradeAt, type Student, verdictsOf } from "./student.testing.ts";

const circle = drawn["blue-circle"];
const study = `/studies/${circle.studyInstanceUid}`;
const manufacturer = "00080070";

const finished = async (student: Student) => {
  await student.storeShapes();
  await student.store(sample);
  await student.addTag(manufacturer, "Series");
};

describe("a student who", () => {
  test.each(["v1", "v2"] as const)("has finished, in %s", async (api) => {
    const grade = await gradeAfter(finished, { api });
    expect(verdictsOf(grade)).toEqual({
      service: "met",
      "red-triangle": "met",
      "green-square": "met",
      "blue-circle": "met",
      search: "ask",
      retrieve: "ask",
      "change-feed": "ask",
      "tag-added": "met",
      "tag-removed": "ask",
      "human-images": "met",
      viewed: "ask",
    });
    expect(verdictOf(grade)).toBe("ask");
    const { finding, facts, pictures } = criterionOf(grade, "blue-circle");
    expect(finding).toBe("the original, byte for byte");
    expect(facts).toEqual([
      { name: "search", value: "finds it" },
      { name: "metadata", value: "as in the original" },
      { name: "file", value: "the original, byte for byte" },
      { name: "picture", value: "rendered by the service" },
      {
        name: "change feed",
        value: expect.stringMatching(/^stored: sequence 3, \d{4}-\d\d-\d\d [\d:]+ UTC$/),
      },
    ]);
    expect(pictures).toEqual([{ caption: "blue-circle.dcm", jpeg: expect.stringMatching(/^\/9j\//) }]);
  });

  test("has finished is asked what only the service can answer", async () => {
    const grade = await gradeAfter(finished);
    const asked = (id: string) =>
      criterionOf(grade, id).questions.map(({ question, answer }) => `${question} ${answer}`);
    expect(asked("search")).toEqual([
      expect.stringMatching(/^How many series .* 2$/),
      "And how many instances? 3",
    ]);
    expect(asked("retrieve")).toEqual([
      expect.stringMatching(/^Which SeriesNumber .* blue circle .* 2$/),
      expect.stringMatching(/^Which Rows .* 979$/),
    ]);
    expect(asked("change-feed")).toEqual([
      "Which sequence number has your blue circle in the change feed? 3",
      "Which sequence number does GET /changefeed/latest show? 4, unless something has changed since",
    ]);
    expect(asked("tag-removed")).toEqual([
      expect.stringMatching(/^Which other tag .* 404; for 00080070 it is 200/),
    ]);
    expect(asked("viewed")).toEqual([expect.stringMatching(/^How many pictures .* 11 \(/)]);
  });

  test("did nothing", async () => {
    const grade = await gradeAfter(async () => {});
    expect(verdictsOf(grade)).toMatchObject({
      service: "met",
      "red-triangle": "not met",
      "blue-circle": "not met",
      search: "not met",
      "change-feed": "not met",
      "tag-added": "ask",
      "human-images": "not met",
    });
    expect(criterionOf(grade, "red-triangle")).toMatchObject({
      finding: expect.stringMatching(/^nothing was ever stored in this service/),
      next: expect.stringContaining("Store-single-instance (red-triangle.dcm)"),
    });
  });

  test("forgot one shape", async () => {
    const grade = await gradeAfter((student) => student.store(drawn["red-triangle"], circle));
    expect(criterionOf(grade, "green-square")).toMatchObject({
      verdict: "not met",
      finding: "green-square.dcm is missing: 2 of the 3 files are there",
    });
    expect(verdictsOf(grade)).toMatchObject({ "red-triangle": "met", "blue-circle": "met", search: "ask" });
  });

  test("deleted the shapes and stored them again", async () => {
    const grade = await gradeAfter(async (student) => {
      await student.storeShapes();
      await student.delete(study);
      await student.storeShapes();
    });
    const { verdict, finding, facts } = criterionOf(grade, "blue-circle");
    expect([verdict, finding]).toEqual([
      "met",
      "the original, byte for byte; deleted and stored again since",
    ]);
    expect(
      facts.filter(({ name }) => name === "change feed").map(({ value }) => value.split(",")[0]),
    ).toEqual([
      expect.stringMatching(/^stored: sequence 3/),
      expect.stringMatching(/^deleted: sequence \d/),
      expect.stringMatching(/^stored again: sequence 9/),
    ]);
  });

  test("deleted them, as the last requests of the collection do", async () => {
    const grade = await gradeAfter(async (student) => {
      await student.storeShapes();
      await student.delete(study);
    });
    expect(criterionOf(grade, "blue-circle")).toMatchObject({
      verdict: "not met",
      finding: expect.stringMatching(/^was stored, and has been deleted: sequence \d of the change feed$/),
      next: expect.stringMatching(/it was there, and is to stay this time$/),
    });
    expect(verdictsOf(grade)).toMatchObject({ search: "ask", "change-feed": "ask" });
  });

  test("stored other images of people", async () => {
    const other = { ...sample.attributes, SOPInstanceUID: "2.25.203", StudyInstanceUID: "2.25.201" };
    const { buildInstance } = await import("../../fixtures/instances/build-instance.ts");
    const grade = await gradeAfter((student) => student.store(buildInstance(other)));
    const { verdict, facts, pictures } = criterionOf(grade, "human-images");
    expect(verdict).toBe("ask");
    expect(facts).toContainEqual({
      name: "study …25.201",
      value: "OT, body part HEART, 1 image(s) of 11 frame(s)",
    });
    expect(pictures.map(({ caption }) => caption)).toEqual([
      "OT …25.201, image 1, frame 1 of 11",
      "OT …25.201, image 1, frame 6 of 11",
      "OT …25.201, image 1, frame 11 of 11",
    ]);
    expect(JSON.stringify(grade)).not.toContain("Nobody");
  });
});

describe("query tags that were", () => {
  test("added and removed leave no trace, and are asked about", async () => {
    const grade = await gradeAfter(async (student) => {
      await student.addTag(manufacturer, "Series");
      await student.delete(`/extendedquerytags/${manufacturer}`);
    });
    expect(verdictsOf(grade)).toMatchObject({ "tag-added": "ask", "tag-removed": "ask" });
    expect(criterionOf(grade, "tag-removed").questions).toEqual([
      { question: `What does Get-extended-query-tag answer for ${manufacturer} now?`, answer: "404" },
    ]);
  });

  test("added are told with level, status and a search by them", async () => {
    const grade = await gradeAfter(async (student) => {
      await student.storeShapes();
      await student.addTag("00100040", "Study");
    });
    expect(criterionOf(grade, "tag-added")).toMatchObject({
      verdict: "met",
      finding: "PatientSex (0010,0040) can be searched by",
      facts: [
        { name: "PatientSex (0010,0040)", value: "level study, CS, ready, queries enabled, 0 error(s)" },
        { name: "a search by it", value: 'for "F": 1 found' },
      ],
    });
  });

  test("added and failed are not met, and say what to read", async () => {
    const failing = JSON.stringify([
      { path: manufacturer, vr: "LO", level: "Series", status: "Adding", operation: { id: "a".repeat(32) } },
    ]);
    const fault: Fault = {
      name: "a re-index fails",
      answer: (answer, { path }) => {
        const body = /^\/extendedquerytags(\?|$)/.test(path) ? failing : '{"status":"failed"}';
        if (path.startsWith("/extendedquerytags") || path.startsWith("/operations")) {
          answer.status = path.includes("/errors") ? 404 : 200;
          answer.headers = { "content-type": "application/json" };
          answer.body = Buffer.from(body);
        }
      },
    };
    const grade = await gradeAfter(async () => {}, { faults: [fault] });
    expect(criterionOf(grade, "tag-added")).toMatchObject({
      verdict: "not met",
      finding: expect.stringMatching(/^Manufacturer \(0008,0070\) was added, but it failed/),
      next: expect.stringContaining("List-extended-query-tag-errors"),
    });
  });
});

describe("a service", () => {
  test("whose URL has the wrong version is looked at under the right one", async () => {
    const grade = await gradeAfter(finished, { segment: "v3" });
    expect(criterionOf(grade, "service")).toMatchObject({
      verdict: "not met",
      finding: expect.stringMatching(
        /^Wrong version in the URL: .*\/v3 does not answer a search, but .*\/v2 does$/,
      ),
      next: expect.stringMatching(/^End baseUrl in the version that the service has: .*\/v2$/),
    });
    expect(verdictsOf(grade)).toMatchObject({ "red-triangle": "met", "tag-added": "met" });
  });

  test("that forbids a token to read says whose role is missing, and nothing else of the student", async () => {
    const stub = await startStub((_, response) => response.writeHead(403).end());
    const credential = { kind: "bearer", token: "a-token-without-rights" } as const;
    const grade = await gradeAt(`${stub.url}/v2`, { credential });
    await stub.close();
    expect(criterionOf(grade, "service")).toMatchObject({
      verdict: "not met",
      next: expect.stringMatching(/role DICOM Data Owner .* the service answers 403/),
    });
    expect(new Set(Object.values(verdictsOf(grade)))).toEqual(new Set(["not met", "not seen"]));
  });

  test.each([
    ["asks for a token", 401, /needs a token/],
    ["is too busy", 503, /cannot answer now/],
    ["fails", 500, /fails at a plain search/],
  ])("that %s says nothing of the student", async (_, status, sentence) => {
    const stub = await startStub((__, response) => response.writeHead(status, { "Retry-After": "0" }).end());
    const grade = await gradeAt(`${stub.url}/v2`);
    await stub.close();
    expect(new Set(Object.values(verdictsOf(grade)))).toEqual(new Set(["not seen"]));
    expect(criterionOf(grade, "service").finding).toMatch(sentence);
  });

  test("that dies half-way leaves seen what was seen, and the rest open", async () => {
    const dying: Fault = {
      name: "dies at the first picture",
      answer: (answer, { path }) => {
        if (/changefeed|rendered/.test(path)) {
          answer.status = 500;
        }
      },
    };
    const grade = await gradeAfter((student) => student.storeShapes(), { faults: [dying] });
    expect(verdictsOf(grade)).toMatchObject({ service: "met", search: "ask", "change-feed": "not seen" });
    expect(criterionOf(grade, "change-feed").finding).toMatch(/changefeed\/latest answered 500/);
  });

  test("whose connection breaks off leaves the rest open as well", async () => {
    let requests = 0;
    const server = createServer((request, response) => {
      requests += 1;
      if (requests > 1) {
        request.socket.destroy();
        server.close();
        return;
      }
      response.writeHead(200, { "Content-Type": "application/dicom+json" }).end("[]");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const grade = await gradeAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v2`);
    const { service, ...rest } = verdictsOf(grade);
    expect(service).toBe("met");
    expect(new Set(Object.values(rest))).toEqual(new Set(["not seen"]));
  });
});
