import { nameOf, tagOf } from "../../fixtures/wire/dictionary.ts";
import { checkRows, expect, may, must, ps3_18, should, statement } from "../words.ts";
import { givenFindable, type SearchResource, searchResourcesOf } from "./search-resources.ts";

/** Of the private block of a rich instance: its creator, a text, and one that it has not. */
const [creator, privateText, notStored] = ["00290010", "0029100B", "002910FE"] as const;

must(
  "SEARCH-071",
  {
    title: "private attributes can be included by their tag",
    request: "Search-for-instances",
    clause: statement("Supported Search Parameters"),
  },
  async ({ service, instances }) => {
    const instance = instances.rich();
    await givenFindable(service, instance);
    const at = searchResourcesOf(instance);
    const resources = {
      instances: at.instances,
      "instances of a study": at["instances of a study"],
      "instances of a series": at["instances of a series"],
    };
    const fields = {
      "one of them": { includefield: privateText, shown: [privateText] },
      "with its creator": { includefield: `${creator},${privateText}`, shown: [creator, privateText] },
      "in small letters": { includefield: privateText.toLowerCase(), shown: [privateText] },
      "one that is not stored": { includefield: notStored, shown: [] },
    };
    const stored = { [creator]: "DICOMWEB CONFORMANCE", [privateText]: "Größe 5 Ω", [notStored]: undefined };

    await checkRows<SearchResource>(resources, ({ path, level, keyword, uid }) =>
      checkRows(fields, async ({ includefield, shown }) => {
        const response = await service.search(path, { [keyword]: uid, includefield });
        expect(response).toFind(level, [uid]);
        const asked = (tag: string) => (shown as readonly string[]).includes(tag);
        const expected = Object.entries(stored).filter(([tag]) => asked(tag) || tag === notStored);
        expect(response).toShow(
          level,
          uid,
          Object.fromEntries(
            expected.map(([tag, value]) => [tag, value === undefined ? undefined : [value]]),
          ),
        );
      }),
    );
  },
);

should(
  "SEARCH-072",
  {
    title: "an included attribute that is absent, or bulk data, is left out without an error",
    request: "Search-for-instances",
    clause: [statement("Supported Search Parameters"), statement("Retrieve Metadata (WADO-RS)")],
  },
  async ({ service, instances }) => {
    const instance = instances.minimal();
    await givenFindable(service, instance);
    const { instances: images, studies } = searchResourcesOf(instance);

    const leftOut = ["BodyPartExamined", "PixelData", "NumberOfStudyRelatedSeries"];
    await checkRows<SearchResource>({ instances: images, studies }, ({ path, level, keyword, uid }) =>
      checkRows(leftOut, (field) =>
        checkRows({ "by keyword": field, "by tag": tagOf(field) }, async (includefield) => {
          const response = await service.search(path, { [keyword]: uid, includefield });
          expect(response).toFind(level, [uid]);
          const shown = response.dicomJson.datasets[0]?.[tagOf(field)];
          expect(response).toHold(nameOf(field), shown, undefined);
        }),
      ),
    );
  },
);

may(
  "SEARCH-073",
  {
    title: "an attribute of a lower level may be included",
    request: "Search-for-studies",
    clause: statement("Search Response"),
  },
  async ({ service, instances }) => {
    const first = instances.minimal({ Modality: "CT" });
    const StudyInstanceUID = first.studyInstanceUid;
    const newest = instances.minimal({ StudyInstanceUID, Modality: "MR" });
    await givenFindable(service, first);
    await givenFindable(service, newest);
    const { studies, series } = searchResourcesOf(newest);

    const included = {
      Modality: { ...studies, value: "MR" },
      [tagOf("Modality")]: { ...studies, value: "MR" },
      SeriesInstanceUID: { ...studies, value: newest.seriesInstanceUid },
      SOPInstanceUID: { ...series, value: newest.sopInstanceUid },
    };
    await checkRows(included, async ({ path, level, keyword, uid, value }, includefield) => {
      const response = await service.search(path, { [keyword]: uid, includefield });
      expect(response).toFind(level, [uid]);
      expect(response).toShow(level, uid, { [includefield]: [value] });
    });
  },
);

should(
  "SEARCH-077",
  {
    title: "an attribute that was stored without a value is shown without one",
    request: "Search-for-studies",
    profile: "dicomweb",
    clause: ps3_18("F.2.5"),
  },
  async ({ service, instances }) => {
    const empty = ["ReferringPhysicianName", "AccessionNumber", "StudyDescription", "StudyDate"];
    const instance = instances.minimal(Object.fromEntries(empty.map((keyword) => [keyword, null])));
    await givenFindable(service, instance);
    const { studies, series, instances: images } = searchResourcesOf(instance);

    const resources = { studies, ...(service.isAzure && { series, instances: images }) };
    await checkRows<SearchResource>(resources, ({ path, level, keyword, uid }) =>
      checkRows<Record<string, string>>(
        { "by default": {}, "with all": { includefield: "all" } },
        async (query) => {
          const response = await service.search(path, { [keyword]: uid, ...query });
          expect(response).toFind(level, [uid]);
          for (const attribute of empty) {
            // PS3.18 F.2.5 writes an empty value as null.
            const values = response.dicomJson.datasets[0]?.[tagOf(attribute)]?.Value ?? [];
            const written = values.filter((value) => value !== null);
            expect(response).toHold(nameOf(attribute), written, []);
          }
        },
      ),
    );
  },
);
