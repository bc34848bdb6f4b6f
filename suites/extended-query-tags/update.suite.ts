import { givenAbsent, givenQueryable, givenReady } from "../../fixtures/client/query-tags/add-query-tags.ts";
import {
  getQueryTag,
  patchQueryTag,
  queryTag,
  queryTagOf,
  queryTagsOf,
} from "../../fixtures/client/query-tags/query-tags.ts";
import { tagOf } from "../../fixtures/wire/dictionary.ts";
import { advise, checkRows, expect, extendedQueryTagGuide, holds, must } from "../words.ts";

const updating = [
  extendedQueryTagGuide("Update Extended Query Tag"),
  extendedQueryTagGuide("Tag Query Status"),
];

must(
  "TAGS-032",
  {
    title: "a search tag can be switched off and on by hand",
    request: "Update-extended-query-tag",
    clause: updating,
  },
  async ({ service, instances }) => {
    const instance = instances.minimal({ ViewPosition: "AP" });
    await service.given.stored(instance);
    const viewPosition = queryTag("ViewPosition", "Instance");
    await givenReady(service, viewPosition);
    const before = queryTagOf(await getQueryTag(service, viewPosition.path));
    const search = { [viewPosition.path]: "AP", SOPInstanceUID: instance.sopInstanceUid };

    const updates = {
      off: { update: { queryStatus: "Disabled" }, queryStatus: "disabled" },
      "on, in other letters": { update: { QueryStatus: "enabled" }, queryStatus: "enabled" },
      "on again": { update: { queryStatus: "Enabled" }, queryStatus: "enabled" },
    };
    await checkRows(updates, async ({ update, queryStatus }) => {
      const patched = await patchQueryTag(service, viewPosition.path, update);

      expect(patched).toAnswer({ status: 200, mediaType: "application/json" });
      await checkRows(
        { "the answer": patched, "the tag": await getQueryTag(service, viewPosition.path) },
        async (shown) => {
          expect(shown).toHold("members", queryTagsOf(shown), [{ ...before, queryStatus }]);
        },
      );
      if (queryStatus === "disabled") {
        expect(await service.search("/instances", search)).toAnswer({ status: 400 });
      } else {
        const found = await service.searchUntil("/instances", search, (answer) =>
          holds(answer).toFind("instance", [instance.sopInstanceUid]),
        );
        expect(found).toFind("instance", [instance.sopInstanceUid]);
        // Older instances of the service may have bad values.
        if (before?.errors === undefined) {
          const warning = found.header("erroneous-dicom-attributes");
          expect(found).toHold("header erroneous-dicom-attributes", warning, undefined);
        }
      }
    });
  },
);

const badUpdates = {
  "no member": "{}",
  null: '{"queryStatus":null}',
  "an unknown word": '{"queryStatus":"On"}',
  "a number": '{"queryStatus":1}',
  "an array": "[]",
  "no body": "",
  "broken JSON": '{"queryStatus":',
};

must(
  "TAGS-033",
  {
    title: "a bad update is refused and changes nothing",
    request: "Update-extended-query-tag",
    clause: updating,
  },
  async ({ service }) => {
    const cassette = queryTag("CassetteID", "Series");
    const seriesDescription = tagOf("SeriesDescription");
    await givenAbsent(service, seriesDescription);
    await givenQueryable(service, cassette);
    const before = queryTagsOf(await getQueryTag(service, cassette.path));

    await checkRows(badUpdates, async (update) => {
      expect(await patchQueryTag(service, cassette.path, update)).toAnswer({ status: 400 });
    });
    const withLevel = { queryStatus: "Enabled", level: "Study" };
    const extended = await patchQueryTag(service, cassette.path, withLevel);
    expect(extended).toAnswer({
      status: 400,
      tolerate: [{ status: 200, because: "no document says that other members are refused" }],
    });
    const after = await getQueryTag(service, cassette.path);
    expect(after).toHold("the tag", queryTagsOf(after), before);

    const valid = { queryStatus: "Disabled" };
    const paths = {
      "no tag": { path: "BABC", status: 400 },
      "a tag that was not added": { path: seriesDescription, status: 404 },
      "an added tag": { path: cassette.path, status: 200 },
    };
    await checkRows(paths, async ({ path, status }) => {
      expect(await patchQueryTag(service, path, valid)).toAnswer({ status });
    });

    const unknown = await patchQueryTag(service, cassette.path, badUpdates["an unknown word"]);
    const advices = {
      "an update with another member": async () => advise(extended).toAnswer({ status: 400 }),
      "an unknown word": () =>
        checkRows(["Enabled", "Disabled"], async (naming) =>
          advise(unknown).toAnswer({ status: 400, naming }),
        ),
    };
    await checkRows(advices, (check) => check());
  },
);
