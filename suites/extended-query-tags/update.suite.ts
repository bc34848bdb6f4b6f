import {
  getQueryTag,
  givenAbsent,
  givenReady,
  givenSearchable,
  patchQueryTag,
  readQueryTags,
} from "../../fixtures/client/query-tags.ts";
import { expect, extendedQueryTagGuide, must } from "../words.ts";
import { searchFor } from "./search-for.ts";

must(
  "TAGS-032",
  {
    title: "a search tag can be switched off and on by hand",
    request: "Update-extended-query-tag",
    clause: [extendedQueryTagGuide("Update Extended Query Tag"), extendedQueryTagGuide("Tag Query Status")],
  },
  async ({ service, instances }) => {
    const instance = instances.minimal({ BodyPartExamined: "CHEST" });
    await service.given.stored(instance);
    const path = "00180015";
    await givenReady(service, { path, vr: "CS", level: "Instance" });
    const [before] = readQueryTags(await getQueryTag(service, path));
    for (const [update, queryStatus] of [
      [{ queryStatus: "Disabled" }, "disabled"],
      [{ QueryStatus: "enabled" }, "enabled"],
      [{ queryStatus: "Enabled" }, "enabled"],
    ] as const) {
      const patched = await patchQueryTag(service, path, update);
      expect(patched).toAnswer({ status: 200, mediaType: "application/json" });
      for (const response of [patched, await getQueryTag(service, path)]) {
        expect(readQueryTags(response), "the tag").toEqual([{ ...before, queryStatus }]);
      }
      const search = { [path]: "CHEST", SOPInstanceUID: instance.sopInstanceUid };
      if (queryStatus === "disabled") {
        expect(await service.search("/instances", search)).toAnswer({ status: 400 });
      } else {
        const found = await searchFor(service, "/instances", search);
        expect(found).toFind("instance", [instance.sopInstanceUid]);
      }
    }
  },
);

const badUpdates = [
  "{}",
  '{"queryStatus":null}',
  '{"queryStatus":"On"}',
  '{"queryStatus":1}',
  "[]",
  "",
  '{"queryStatus":',
];

must(
  "TAGS-033",
  {
    title: "a bad update is refused and changes nothing",
    request: "Update-extended-query-tag",
    clause: [extendedQueryTagGuide("Update Extended Query Tag"), extendedQueryTagGuide("Tag Query Status")],
  },
  async ({ service }) => {
    const path = "00081010";
    const seriesDescription = "0008103E";
    const valid = { queryStatus: "Disabled" };
    await givenAbsent(service, seriesDescription);
    await givenSearchable(service, { path, vr: "SH", level: "Series" });
    const before = readQueryTags(await getQueryTag(service, path));
    for (const update of badUpdates) {
      expect(await patchQueryTag(service, path, update)).toAnswer({ status: 400 });
    }
    const withLevel = await patchQueryTag(service, path, { queryStatus: "Enabled", level: "Study" });
    expect(withLevel).toAnswer({
      status: 400,
      tolerate: [{ status: 200, because: "no document says that other members are refused" }],
    });
    expect(readQueryTags(await getQueryTag(service, path)), "the tag").toEqual(before);

    expect(await patchQueryTag(service, "BABC", valid)).toAnswer({ status: 400 });
    expect(await patchQueryTag(service, seriesDescription, valid)).toAnswer({ status: 404 });
    expect(await patchQueryTag(service, path, valid)).toAnswer({ status: 200 });
  },
);
