import {
  givenAbsent,
  givenAdded,
  givenReady,
  givenSwitchedOn,
} from "../../fixtures/client/query-tags/add-query-tags.ts";
import { readPage } from "../../fixtures/client/query-tags/others-query-tags.ts";
import {
  getQueryTag,
  listQueryTags,
  operationEnded,
  type QueryTag,
  queryTag,
  queryTagOf,
  queryTagsOf,
  readReference,
} from "../../fixtures/client/query-tags/query-tags.ts";
import {
  type MemberRules,
  memberDiscrepancies,
  objectOf,
  optional,
} from "../../fixtures/matchers/members.ts";
import { tagOf } from "../../fixtures/wire/dictionary.ts";
import { elementsOf, membersOf } from "../../fixtures/wire/members.ts";
import {
  atLeast,
  checkRows,
  condition,
  containing,
  expect,
  extendedQueryTagGuide,
  holds,
  integer,
  matching,
  must,
  named,
  oneOf,
  type ServiceResponse,
  text,
} from "../words.ts";

/** An extended query tag; errors and operation are there only when there are any. */
const tagRules: MemberRules = {
  path: matching("eight hexadecimal digits", /^[0-9A-F]{8}$/),
  vr: matching("a VR", /^[A-Z]{2}$/),
  level: oneOf("study", "series", "instance"),
  status: oneOf("adding", "ready", "deleting"),
  querystatus: oneOf("enabled", "disabled"),
  errors: optional(objectOf("a count from 1 and href", { count: integer(1), href: text })),
  operation: optional(objectOf("id and href", { id: text, href: text })),
};

const array = condition("an array", Array.isArray);

must(
  "TAGS-024",
  {
    title: "the list returns all tags with their members",
    request: "List-extended-query-tags",
    clause: extendedQueryTagGuide("List Extended Query Tags"),
  },
  async ({ service }) => {
    const added = [queryTag("IssuerOfPatientID", "Study"), queryTag("PlateID", "Instance")];
    await givenReady(service, ...added);

    const response = await listQueryTags(service, "?limit=200");

    expect(response).toAnswer({ status: 200, mediaType: "application/json" });
    expect(response).toHold("the body", response.json, array);
    expect(response).toHaveNo(elementsOf(response.json).flatMap((tag) => memberDiscrepancies(tag, tagRules)));
    const own = (list: ServiceResponse) =>
      queryTagsOf(list).filter((tag) => added.some(({ path }) => path === tag.path));
    await checkRows(
      named(added, ({ path }) => path),
      async ({ path, vr, level }) => {
        const entries = own(response).filter((tag) => tag.path === path);
        const queryStatus = expectedQueryStatus(entries[0]);
        expect(response).toHold("entries", entries, [
          { ...entries[0], path, vr, level: level.toLowerCase(), status: "ready", queryStatus },
        ]);
      },
    );
    const again = await listQueryTags(service, "?limit=200");
    expect(again).toHold("the tags when read a second time", own(again), own(response));
  },
);

must(
  "TAGS-025",
  {
    title: "the list can be paged, and its pages join to the whole",
    request: "List-extended-query-tags",
    clause: extendedQueryTagGuide("List Extended Query Tags"),
  },
  async ({ service }) => {
    await givenReady(
      service,
      queryTag("PerformedStationAETitle", "Series"),
      queryTag("FrameOfReferenceUID", "Series"),
      queryTag("TagAngleSecondAxis", "Instance"),
    );
    const list = () => listQueryTags(service, "?limit=200");
    const first = await list();
    expect(first).toHold("number of tags", pathsOf(first).length, atLeast(3));

    const pages = {
      "?limit=2&offset=0": [0, 2],
      "?limit=1&offset=0": [0, 1],
      "?limit=1&offset=1": [1, 2],
      "?offset=1": [1, 101],
      "?Limit=1&OFFSET=1": [1, 2],
      "?offset=100000": [100_000, 100_100],
    };
    await checkRows<readonly number[]>(pages, async ([start, end], query) => {
      const { page, whole } = await readPage(list, pathsOf, () => listQueryTags(service, query));
      expect(page).toAnswer({ status: 200, mediaType: "application/json" });
      expect(page).toHold("the body", page.json, array);
      expect(page).toHold("paths", pathsOf(page), whole.slice(start, end));
    });
  },
);

must(
  "TAGS-027",
  {
    title: "a single tag can be read as it is listed, and one that was not added is 404",
    request: "Get-extended-query-tag",
    clause: extendedQueryTagGuide("Get Extended Query Tag"),
  },
  async ({ service }) => {
    const [seriesDescription, role] = [
      tagOf("SeriesDescription"),
      queryTag("ResponsiblePersonRole", "Study"),
    ];
    await givenAbsent(service, seriesDescription);
    await givenReady(service, role);

    const rows = {
      "an added tag": async () => {
        const single = await getQueryTag(service, role.path);
        expect(single).toAnswer({ status: 200, mediaType: "application/json" });
        expect(single).toHaveMembers({ path: text });
        const list = await listQueryTags(service, "?limit=200");
        expect(list).toHold("the tags in the list", queryTagsOf(list), containing(queryTagOf(single)));
      },
      "a tag that could be added": async () =>
        expect(await getQueryTag(service, seriesDescription)).toAnswer({ status: 404 }),
      "a tag that is searchable anyway": async () =>
        expect(await getQueryTag(service, tagOf("PatientID"))).toAnswer({ status: 404 }),
      "no tag": async () => expect(await getQueryTag(service, "BABC")).toAnswer({ status: 400 }),
    };
    await checkRows(rows, (check) => check());
  },
);

must(
  "TAGS-028",
  {
    title: "a tag is adding until its re-index has ended, and cannot be searched before",
    request: "Get-extended-query-tag",
    clause: [extendedQueryTagGuide("Tag Status"), extendedQueryTagGuide("Extended Query Tag Status")],
  },
  async ({ service, instances }) => {
    const generator = queryTag("GeneratorID", "Instance");
    const instance = instances.minimal({ GeneratorID: "G1" });
    const own = { SOPInstanceUID: instance.sopInstanceUid };
    const byTag = { ...own, [generator.path]: "G1" };
    const isFound = (answer: ServiceResponse) => holds(answer).toFind("instance", [instance.sopInstanceUid]);
    await service.given.stored(instance);
    await service.searchUntil("/instances", own, isFound);
    const { id } = await givenAdded(service, generator);

    const first = await getQueryTag(service, generator.path);
    const early = await service.search("/instances", byTag);
    const second = await getQueryTag(service, generator.path);

    // What a fast service has finished before it could be looked at cannot be judged.
    const [before, after] = [queryTagOf(first), queryTagOf(second)];
    if (after?.status === "adding") {
      expect(early).toAnswer({ status: 400 });
    }
    if (before?.status === "adding") {
      expect(first).toHold("queryStatus while adding", before.queryStatus, expectedQueryStatus(before));
    }
    if (before?.status === "adding" && before.operation !== undefined) {
      expect(first).toHold("operation of the tag", readReference(before.operation).id, id);
    }
    // A tag becomes ready a moment before its operation ends: what counts is that its index is complete.
    if (after?.status === "ready" && after.queryStatus === "enabled") {
      const found = await service.search("/instances", byTag);
      expect(found).toFind("instance", [instance.sopInstanceUid]);
    }

    await operationEnded(service, id);
    const last = await getQueryTag(service, generator.path);
    const tag = queryTagOf(last);
    expect(last).toHold("the tag after its re-index", tag, {
      ...tag,
      status: "ready",
      queryStatus: expectedQueryStatus(tag),
      operation: undefined,
    });
    await givenSwitchedOn(service, generator.path);
    const found = await service.searchUntil("/instances", byTag, isFound);
    expect(found).toFind("instance", [instance.sopInstanceUid]);
  },
);

/** Bad values of older instances of the service switch a tag off. */
function expectedQueryStatus(tag: QueryTag | undefined): string {
  const count = Number(membersOf(tag?.errors).get("count") ?? 0);
  return count > 0 ? "disabled" : "enabled";
}

function pathsOf(list: ServiceResponse): string[] {
  return queryTagsOf(list).map(({ path }) => path);
}
