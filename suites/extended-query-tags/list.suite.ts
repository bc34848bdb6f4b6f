import {
  getQueryTag,
  givenAbsent,
  givenAdded,
  givenReady,
  givenSwitchedOn,
  listQueryTags,
  operationEnded,
  type QueryTag,
  readQueryTags,
  readReference,
} from "../../fixtures/client/query-tags.ts";
import { type MemberRules, memberDiscrepancies, optional } from "../../fixtures/matchers/members.ts";
import { elementsOf, membersOf } from "../../fixtures/wire/members.ts";
import { condition, expect, extendedQueryTagGuide, integer, matching, must, oneOf, text } from "../words.ts";
import { searchFor } from "./search-for.ts";

/** An extended query tag; errors and operation are there only when there are any. */
const tagRules: MemberRules = {
  path: matching("eight hexadecimal digits", /^[0-9A-F]{8}$/),
  vr: matching("a VR", /^[A-Z]{2}$/),
  level: oneOf("study", "series", "instance"),
  status: oneOf("adding", "ready", "deleting"),
  querystatus: oneOf("enabled", "disabled"),
  errors: optional(
    condition("a count from 1 and href", (value) => isWell(value, { count: integer(1), href: text })),
  ),
  operation: optional(condition("id and href", (value) => isWell(value, { id: text, href: text }))),
};

must(
  "TAGS-024",
  {
    title: "the list returns all tags with their members",
    request: "List-extended-query-tags",
    clause: extendedQueryTagGuide("List Extended Query Tags"),
  },
  async ({ service }) => {
    const tags = [
      { path: "00101010", vr: "AS", level: "Study" },
      { path: "00181000", vr: "LO", level: "Instance" },
    ] as const;
    await givenReady(service, ...tags);
    const response = await listQueryTags(service, "?limit=200");
    expect(response).toAnswer({ status: 200, mediaType: "application/json" });
    expect(Array.isArray(response.json), "the body is an array").toBe(true);
    expect(response).toHaveNo(elementsOf(response.json).flatMap((tag) => memberDiscrepancies(tag, tagRules)));
    const listed = readQueryTags(response);
    for (const { path, vr, level } of tags) {
      const own = listed.filter((tag) => tag.path === path);
      const queryStatus = queryStatusOf(own[0]);
      const expected = { path, vr, level: level.toLowerCase(), status: "ready", queryStatus };
      expect(own, `entries of ${path}`).toMatchObject([expected]);
    }
    const again = readQueryTags(await listQueryTags(service, "?limit=200"));
    const own = (list: QueryTag[]) => list.filter((tag) => tags.some(({ path }) => path === tag.path));
    expect(own(again), "the tags when read a second time").toEqual(own(listed));
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
      { path: "00400241", vr: "AE", level: "Series" },
      { path: "00200052", vr: "UI", level: "Series" },
      { path: "00189219", vr: "SS", level: "Instance" },
    );
    const whole = pathsOf(await listQueryTags(service, "?limit=200"));
    expect(whole.length, "tags of three and more").toBeGreaterThanOrEqual(3);
    for (const [query, expected] of [
      ["?limit=2&offset=0", whole.slice(0, 2)],
      ["?limit=1&offset=0", whole.slice(0, 1)],
      ["?limit=1&offset=1", whole.slice(1, 2)],
      ["?offset=1", whole.slice(1, 101)],
      ["?Limit=1&OFFSET=1", whole.slice(1, 2)],
      ["?offset=100000", []],
    ] as const) {
      const page = await listQueryTags(service, query);
      expect(page).toAnswer({ status: 200, mediaType: "application/json" });
      expect(Array.isArray(page.json), "the body is an array").toBe(true);
      expect(pathsOf(page), `tags of ${query}`).toEqual(expected);
    }
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
    const seriesDescription = "0008103E";
    await givenAbsent(service, seriesDescription);
    await givenReady(service, { path: "00100040", vr: "CS", level: "Study" });
    const single = await getQueryTag(service, "00100040");
    expect(single).toAnswer({ status: 200, mediaType: "application/json" });
    const listed = readQueryTags(await listQueryTags(service, "?limit=200"));
    expect(listed, "the list").toContainEqual(readQueryTags(single)[0]);
    expect(Array.isArray(single.json), "the body is an array").toBe(false);

    expect(await getQueryTag(service, seriesDescription)).toAnswer({ status: 404 });
    expect(await getQueryTag(service, "00100020")).toAnswer({ status: 404 });
    expect(await getQueryTag(service, "BABC")).toAnswer({ status: 400 });
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
    const tag = { path: "00080070", vr: "LO", level: "Instance" } as const;
    const instance = instances.minimal({ Manufacturer: "MAKER" });
    const own = { SOPInstanceUID: instance.sopInstanceUid };
    const byTag = { ...own, [tag.path]: "MAKER" };
    await service.given.stored(instance);
    await searchFor(service, "/instances", own);
    const read = async () => readQueryTags(await getQueryTag(service, tag.path))[0];
    const { id } = await givenAdded(service, tag);
    const first = await read();
    const early = await service.search("/instances", byTag);
    const second = await read();
    // What a fast service has finished before it could be looked at cannot be judged.
    if (second?.status === "adding") {
      expect(early).toAnswer({ status: 400 });
    }
    if (first?.status === "adding" && first.operation !== undefined) {
      expect(readReference(first.operation).id, "operation of the tag").toBe(id);
    }
    // A tag becomes ready a moment before its operation ends: what counts is that its index is complete.
    if (second?.status === "ready" && second.queryStatus === "enabled") {
      const found = await service.search("/instances", byTag);
      expect(found).toFind("instance", [instance.sopInstanceUid]);
    }

    await operationEnded(service, id);
    const last = await read();
    expect(last, "the tag after its re-index").toMatchObject({
      status: "ready",
      queryStatus: queryStatusOf(last),
      operation: undefined,
    });
    await givenSwitchedOn(service, tag.path);
    const found = await searchFor(service, "/instances", byTag);
    expect(found).toFind("instance", [instance.sopInstanceUid]);
  },
);

/** Bad values of older instances of the service switch a tag off. */
function queryStatusOf(tag: QueryTag | undefined): string {
  const count = Number(membersOf(tag?.errors).get("count") ?? 0);
  return count > 0 ? "disabled" : "enabled";
}

function pathsOf(response: Parameters<typeof readQueryTags>[0]): string[] {
  return readQueryTags(response).map(({ path }) => path);
}

function isWell(value: unknown, rules: MemberRules): boolean {
  return membersOf(value).size > 0 && memberDiscrepancies(value, rules).length === 0;
}
