import {
  getOperation,
  getQueryTag,
  givenAbsent,
  givenAdded,
  givenReady,
  isRunning,
  operationEnded,
  operationIdOf,
  postQueryTags,
  readQueryTags,
  readReference,
  tagResource,
} from "../../fixtures/client/query-tags.ts";
import { membersOf } from "../../fixtures/wire/members.ts";
import { expect, extendedQueryTagGuide, Inconclusive, must } from "../words.ts";

const adding = extendedQueryTagGuide("Add Extended Query Tags");

must(
  "TAGS-001",
  {
    title: "adding a standard tag starts a re-index operation that the answer refers to",
    request: "Create-extended-query-tag",
    clause: [adding, extendedQueryTagGuide("Operation Reference")],
  },
  async ({ service }) => {
    const manufacturer = { path: "00080070", vr: "LO", level: "Instance" } as const;
    await givenAbsent(service, manufacturer.path);
    const response = await postQueryTags(service, [manufacturer]);
    if (response.status === 409) {
      await givenAbsent(service, manufacturer.path);
    }
    expect(response).toAnswer({ status: 202, mediaType: "application/json" });
    expect([...membersOf(response.json).keys()].sort(), "members of the answer").toEqual(["href", "id"]);
    const { id, href } = readReference(response.json);
    expect(id, "id, a GUID").toMatch(/^[0-9a-f]{32}$/);
    expect(operationIdOf(href), `id at the end of ${href}`).toBe(id);
    const location = response.header("Location") ?? "no Location";
    expect(operationIdOf(location), `id at the end of Location (${location})`).toBe(id);
    expect(await getQueryTag(service, manufacturer.path)).toAnswer({ status: 200 });
    await operationEnded(service, id);
  },
);

must(
  "TAGS-003",
  {
    title: "the path may be hexadecimal digits of any case or a keyword, and is kept as upper-case digits",
    request: "Create-extended-query-tag",
    clause: [extendedQueryTagGuide("Extended Query Tag"), extendedQueryTagGuide("Get Extended Query Tag")],
  },
  async ({ service }) => {
    for (const { typed, vr, path, keyword } of [
      { typed: "PatientAge", vr: "AS", path: "00101010", keyword: "PatientAge" },
      { typed: "00186018", vr: "UL", path: "00186018", keyword: "RegionLocationMinX0" },
      { typed: "0008002a", vr: "DT", path: "0008002A", keyword: "AcquisitionDateTime" },
    ]) {
      await givenAbsent(service, path);
      const added = await postQueryTags(service, [{ path: typed, vr, level: "Instance" }]);
      const isLowerCase = path !== typed && keyword !== typed;
      const because = "no document says that digits in lower case can be added";
      expect(added).toAnswer({ status: 202, tolerate: isLowerCase ? [{ status: 400, because }] : [] });
      if (added.status !== 202) {
        continue;
      }
      for (const spelling of [path, path.toLowerCase(), keyword]) {
        const response = await getQueryTag(service, spelling);
        expect(response).toAnswer({ status: 200, mediaType: "application/json" });
        expect(readQueryTags(response)[0]?.path, `path of ${spelling}`).toBe(path);
      }
      await operationEnded(service, readReference(added.json).id);
    }
  },
);

must(
  "TAGS-018",
  {
    title: "adding a tag a second time is a conflict",
    request: "Create-extended-query-tag",
    clause: adding,
  },
  async ({ service }) => {
    const stationName = { path: "00081010", vr: "SH", level: "Series" } as const;
    await givenReady(service, stationName);
    for (const second of [
      stationName,
      { ...stationName, level: "Study" },
      { ...stationName, path: "StationName" },
    ] as const) {
      const response = await postQueryTags(service, [second]);
      expect(response).toAnswer({ status: 409 });
      expect(response.header("Location"), "Location of an operation").toBeUndefined();
    }
    const [kept] = readQueryTags(await getQueryTag(service, stationName.path));
    expect(kept, "the tag that was added first").toMatchObject({
      path: "00081010",
      vr: "SH",
      level: "series",
      status: "ready",
    });
  },
);

/** How often to try to be faster than a re-index. */
const attempts = 5;

must(
  "TAGS-023",
  {
    title: "while a re-index runs another add is refused, and is accepted when it has ended",
    request: "Create-extended-query-tag",
    clause: adding,
  },
  async ({ service }) => {
    const [first, second] = [
      { path: "00189073", vr: "FD", level: "Instance" },
      { path: "00109431", vr: "FL", level: "Instance" },
    ] as const;
    await givenAbsent(service, second.path);
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      const operation = await givenAdded(service, first);
      const beside = await service.addQueryTags([second]);
      if (beside.status !== 202) {
        expect(beside).toAnswer({ status: 409 });
        const location = beside.header("Location");
        if (location === undefined) {
          beside.note("the refusal does not point to the running operation");
        } else {
          expect(operationIdOf(location), `operation in ${location}`).toBe(operation.id);
        }
        expect(await getQueryTag(service, second.path)).toAnswer({ status: 404 });
        await operationEnded(service, operation.id);
        const after = await postQueryTags(service, [second]);
        expect(after).toAnswer({ status: 202 });
        await operationEnded(service, readReference(after.json).id);
        return;
      }
      const stillRuns = isRunning(await getOperation(service, operation.id));
      expect(stillRuns, "the first operation still runs after a second was accepted").toBe(false);
      await operationEnded(service, readReference(beside.json).id);
      await service.delete(tagResource(first.path));
      await service.delete(tagResource(second.path));
    }
    throw new Inconclusive(`${attempts} re-indexes had ended before a second tag could be posted`);
  },
);
