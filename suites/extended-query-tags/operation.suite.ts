import { randomUUID } from "node:crypto";
import {
  getOperation,
  getQueryTag,
  givenAbsent,
  givenAdded,
  normalId,
  operationEnded,
  operationIdOf,
  operationStatusOf,
  postQueryTags,
  readQueryTags,
  readReference,
  saysItRuns,
} from "../../fixtures/client/query-tags.ts";
import { type MemberRules, memberDiscrepancies, optional } from "../../fixtures/matchers/members.ts";
import { membersOf, wordOf } from "../../fixtures/wire/members.ts";
import {
  condition,
  expect,
  extendedQueryTagGuide,
  integer,
  matching,
  must,
  NotApplicable,
  oneOf,
  type ServiceResponse,
  should,
} from "../words.ts";

const operationClause = extendedQueryTagGuide("Operation");

const json = "application/json";

must(
  "OPERATION-001",
  {
    title: "a running operation answers 202 with its Location, an ended one 200 without",
    request: "Get-operation",
    clause: extendedQueryTagGuide("Get Operation"),
  },
  async ({ service }) => {
    const { id } = await givenAdded(service, { path: "00080031", vr: "TM", level: "Series" });
    for (const response of [await getOperation(service, id), await operationEnded(service, id)]) {
      const isRunning = saysItRuns(response);
      expect(response).toAnswer({ status: isRunning ? 202 : 200, mediaType: json });
      const location = response.header("Location");
      if (isRunning && location === undefined) {
        response.note("a running operation is answered without Location");
      } else {
        expect(operationIdOf(location), "id in Location").toBe(isRunning ? id : "");
      }
    }
  },
);

const time = matching("an ISO 8601 time in UTC", /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|\+00:00)$/);
const isUrl = (value: unknown) => typeof value === "string" && URL.canParse(value);

const operationRules: MemberRules = {
  operationid: matching("a GUID", /^[0-9a-f-]{32,36}$/i),
  type: oneOf("reindex"),
  status: oneOf("notstarted", "running", "completed", "succeeded", "failed", "canceled"),
  createdtime: time,
  lastupdatedtime: time,
  percentcomplete: integer(0, 100),
  resources: condition("an array of absolute URLs", (value) => Array.isArray(value) && value.every(isUrl)),
  results: optional(condition("absent", () => false)),
};

/** Milliseconds that the creation may seem to move while an operation restarts itself, or by another clock. */
const restart = 10_000;

must(
  "OPERATION-002",
  {
    title: "the operation resource has the documented members",
    request: "Get-operation",
    clause: operationClause,
  },
  async ({ service }) => {
    const tag = { path: "00186020", vr: "SL", level: "Instance" } as const;
    const { id } = await givenAdded(service, tag);
    const answers = [await getOperation(service, id), await operationEnded(service, id)];
    for (const response of answers) {
      expect(response).toHaveNo(memberDiscrepancies(response.json, operationRules));
      const { operationId, created, updated } = readOperation(response);
      expect(operationId, "operationId").toBe(id);
      expect(created, "createdTime, which is not after lastUpdatedTime").toBeLessThanOrEqual(
        updated + restart,
      );
    }
    const [first = Number.NaN, last = Number.NaN] = answers.map((answer) => readOperation(answer).created);
    expect(Math.abs(last - first), "milliseconds between two createdTimes").toBeLessThan(restart);

    const { resources } = readOperation(await operationEnded(service, id));
    expect(resources.length, "resources, one for each tag").toBe(1);
    const resource = await service.follow(resources[0] ?? "", json);
    expect(resource).toAnswer({ status: 200, mediaType: json });
    expect(readQueryTags(resource)[0]?.path, "tag of the resource").toBe(tag.path);
  },
);

must(
  "OPERATION-003",
  {
    title: "a successful end is called completed in v1 and succeeded in v2",
    request: "Get-operation",
    clause: extendedQueryTagGuide("Operation Status"),
  },
  async ({ service }) => {
    const other = service.through(service.endpoint.api === "v1" ? "v2" : "v1");
    if ((await other.search("/studies", { limit: 1 })).status === 404) {
      throw new NotApplicable("the service is reached through one of its versions only");
    }
    const { id } = await givenAdded(service, { path: "00189219", vr: "SS", level: "Instance" });
    await operationEnded(service, id);
    const [v1, v2] = [
      await getOperation(service.through("v1"), id),
      await getOperation(service.through("v2"), id),
    ];
    for (const response of [v1, v2]) {
      expect(response).toAnswer({ status: 200, mediaType: json });
      expect(readOperation(response).operationId, "operationId").toBe(id);
    }
    expect(operationStatusOf(v1), "status in v1").toBe("completed");
    if (operationStatusOf(v2) === "completed") {
      v2.note("v2 answers completed, which is the only word of the documents");
    } else {
      expect(operationStatusOf(v2), "status in v2").toBe("succeeded");
    }
    const { type, created, percentComplete } = readOperation(v1);
    expect(readOperation(v2), "the operation in v2").toMatchObject({ type, created, percentComplete });
  },
);

must(
  "OPERATION-005",
  {
    title: "the reference, the Location header and the operation of the tag lead to the same resource",
    request: "Get-operation",
    clause: extendedQueryTagGuide("Operation Reference"),
  },
  async ({ service }) => {
    const path = "00200052";
    await givenAbsent(service, path);
    const response = await postQueryTags(service, [{ path, vr: "UI", level: "Series" }]);
    expect(response).toAnswer({ status: 202 });
    const [tag] = readQueryTags(await getQueryTag(service, path));
    const { id, href } = readReference(response.json);
    // A re-index that is over already has left the tag.
    const ofTag = tag?.operation === undefined ? [] : [readReference(tag.operation).href];
    await operationEnded(service, id);
    for (const link of [href, response.header("Location") ?? "", ...ofTag]) {
      expect(operationIdOf(link), `id in ${link}`).toBe(id);
      const operation = await service.follow(link, json);
      expect(operation).toAnswer({ status: 200, mediaType: json });
      expect(readOperation(operation).operationId, `operationId of ${link}`).toBe(id);
    }
  },
);

must(
  "OPERATION-007",
  {
    title: "an unknown operation is 404",
    request: "Get-operation",
    clause: extendedQueryTagGuide("Get Operation"),
  },
  async ({ service }) => {
    const { id } = await givenAdded(service, { path: "00080022", vr: "DA", level: "Instance" });
    const unknown = await getOperation(service, normalId(randomUUID()));
    expect(unknown).toAnswer({ status: 404 });
    expect(unknown.header("Location"), "Location").toBeUndefined();
    expect(await operationEnded(service, id)).toAnswer({ status: 200 });
  },
);

should(
  "OPERATION-008",
  {
    title: "a malformed operation id is refused",
    request: "Get-operation",
    clause: extendedQueryTagGuide("Get Operation"),
  },
  async ({ service }) => {
    const { id } = await givenAdded(service, { path: "0008002A", vr: "DT", level: "Instance" });
    for (const malformed of ["not-a-guid", "123", "0".repeat(32)]) {
      expect(await getOperation(service, malformed)).toAnswer({
        status: 404,
        tolerate: [{ status: 400, because: "Microsoft's API description lists 400 for it" }],
      });
    }
    expect(await operationEnded(service, id)).toAnswer({ status: 200 });
  },
);

function readOperation({ json }: ServiceResponse) {
  const members = membersOf(json);
  const resources = members.get("resources");
  return {
    operationId: normalId(wordOf(members, "operationid")),
    type: wordOf(members, "type"),
    created: Date.parse(String(members.get("createdtime"))),
    updated: Date.parse(String(members.get("lastupdatedtime"))),
    percentComplete: members.get("percentcomplete"),
    resources: Array.isArray(resources) ? resources.map(String) : [],
  };
}
