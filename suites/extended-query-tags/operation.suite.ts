import { randomUUID } from "node:crypto";
import { givenAdded, postNewQueryTags } from "../../fixtures/client/query-tags/add-query-tags.ts";
import {
  getOperation,
  getQueryTag,
  linkToOperation,
  normalId,
  operationEnded,
  operationIdOf,
  operationStatusOf,
  queryTag,
  queryTagOf,
  readReference,
  saysItRuns,
} from "../../fixtures/client/query-tags/query-tags.ts";
import { type MemberRules, optional } from "../../fixtures/matchers/members.ts";
import { membersOf, wordOf } from "../../fixtures/wire/members.ts";
import {
  atMost,
  below,
  checkRows,
  condition,
  expect,
  extendedQueryTagGuide,
  integer,
  matching,
  must,
  oneOf,
  type ServiceResponse,
  should,
} from "../words.ts";
import { requireBothVersions } from "./both-versions.ts";

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
    const { id } = await givenAdded(service, queryTag("AcquisitionTime", "Series"));

    const answers = {
      "right after adding": () => getOperation(service, id),
      "when it says that it has ended": () => operationEnded(service, id, saysItRuns),
    };
    await checkRows(answers, async (request) => {
      const response = await request();
      const isRunning = saysItRuns(response);
      expect(response).toAnswer({ status: isRunning ? 202 : 200, mediaType: json });
      const location = response.header("Location");
      if (isRunning && location === undefined) {
        response.note("a running operation is answered without Location");
      } else if (isRunning) {
        expect(response).toHold("Location", location, linkToOperation(id));
      } else {
        expect(response).toHold("operation in Location", operationIdOf(location), undefined);
      }
    });
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
    const tag = queryTag("ReferencePixelX0", "Instance");
    const { id } = await givenAdded(service, tag);

    const first = await getOperation(service, id);
    const last = await operationEnded(service, id);

    await checkRows({ "right after adding": first, "when it has ended": last }, async (response) => {
      expect(response).toHaveMembers(operationRules);
      const { operationId, created, updated } = operationOf(response);
      expect(response).toHold("operationId", operationId, id);
      expect(response).toHold(
        "milliseconds from lastUpdatedTime to createdTime",
        created - updated,
        atMost(restart),
      );
    });
    const moved = Math.abs(operationOf(last).created - operationOf(first).created);
    expect(last).toHold("milliseconds from the createdTime of the first answer", moved, below(restart));

    const { resources } = operationOf(last);
    expect(last).toHold("number of resources, one for each tag", resources.length, 1);
    const resource = await service.follow(resources[0] ?? "", json);
    expect(resource).toAnswer({ status: 200, mediaType: json });
    expect(resource).toHold("path", queryTagOf(resource)?.path, tag.path);
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
    await requireBothVersions(service);
    const { id } = await givenAdded(service, queryTag("PhysicalUnitsXDirection", "Instance"));
    await operationEnded(service, id);

    const v1 = await getOperation(service.through("v1"), id);
    const v2 = await getOperation(service.through("v2"), id);

    await checkRows({ v1, v2 }, async (answer, api) => {
      expect(answer).toAnswer({ status: 200, mediaType: json });
      expect(answer).toHold("operationId", operationOf(answer).operationId, id);
      const word = operationStatusOf(answer);
      if (api === "v2" && word === "completed") {
        answer.note("v2 answers completed, which is the only word of the documents");
      } else {
        expect(answer).toHold("status", word, api === "v1" ? "completed" : "succeeded");
      }
    });
    const shared = (answer: ServiceResponse) => {
      const { type, created, percentComplete } = operationOf(answer);
      return { type, created, percentComplete };
    };
    expect(v2).toHold("what v1 says of the operation as well", shared(v2), shared(v1));
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
    const frameOfReference = queryTag("SynchronizationFrameOfReferenceUID", "Series");

    const response = await postNewQueryTags(service, frameOfReference);

    expect(response).toAnswer({ status: 202 });
    const read = await getQueryTag(service, frameOfReference.path);
    const { id, href } = readReference(response.json);
    await operationEnded(service, id);
    const links: Record<string, { answer: ServiceResponse; link: string | undefined }> = {
      "href of the reference": { answer: response, link: href },
      Location: { answer: response, link: response.header("Location") },
    };
    // A re-index that is over already has left the tag.
    const ofTag = queryTagOf(read)?.operation;
    if (ofTag !== undefined) {
      links["operation of the tag"] = { answer: read, link: readReference(ofTag).href };
    }
    await checkRows(links, async ({ answer, link }) => {
      expect(answer).toHold("the link", link, linkToOperation(id));
      const operation = await service.follow(link ?? "", json);
      expect(operation).toAnswer({ status: 200, mediaType: json });
      expect(operation).toHold("operationId", operationOf(operation).operationId, id);
    });
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
    const { id } = await givenAdded(service, queryTag("PatientTransportArrangements", "Instance"));

    const unknown = await getOperation(service, normalId(randomUUID()));

    expect(unknown).toAnswer({ status: 404 });
    expect(unknown).toHold("Location", unknown.header("Location"), undefined);
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
    const { id } = await givenAdded(service, queryTag("FrameReferenceDateTime", "Instance"));

    await checkRows(["not-a-guid", "123", "0".repeat(32)], async (malformed) => {
      expect(await getOperation(service, malformed)).toAnswer({
        status: 404,
        tolerate: [{ status: 400, because: "Microsoft's API description lists 400 for it" }],
      });
    });
    expect(await operationEnded(service, id)).toAnswer({ status: 200 });
  },
);

function operationOf({ json }: ServiceResponse) {
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
