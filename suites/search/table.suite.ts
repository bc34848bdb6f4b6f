import { tagOf } from "../../fixtures/wire/dictionary.ts";
import { checkRows, expect, must, named, seriesPath, should, statement, studyPath } from "../words.ts";
import { givenFindable, searchResourcesOf } from "./search-resources.ts";
import { attributesWith, searchable, searchableAt } from "./searchable.ts";

must(
  "SEARCH-024",
  {
    title: "every searchable attribute finds by its value at every resource that the table allows it at",
    request: "Search-for-instances",
    clause: statement("Searchable Attributes"),
  },
  async ({ service, instances }) => {
    const [wanted, decoy] = [
      instances.minimal(attributesWith("value")),
      instances.minimal(attributesWith("other")),
    ];
    await givenFindable(service, wanted, decoy);
    const values: Readonly<Record<string, string>> = {
      StudyInstanceUID: wanted.studyInstanceUid,
      SeriesInstanceUID: wanted.seriesInstanceUid,
      SOPInstanceUID: wanted.sopInstanceUid,
      PatientID: String(wanted.attributes.PatientID),
      ...Object.fromEntries(searchable.map(({ keyword, value }) => [keyword, value])),
    };
    const elsewhere: Readonly<Record<string, { path: string }>> = searchResourcesOf(decoy);

    await checkRows(searchResourcesOf(wanted), ({ path, level, uid }, resource) => {
      const keywords = searchableAt[resource] ?? [];
      // What is searched anywhere is narrowed to one study, so that nothing of others comes.
      const within = (StudyInstanceUID: string): Record<string, string> =>
        keywords.includes("StudyInstanceUID") ? { StudyInstanceUID } : {};
      return checkRows([...keywords], async (keyword) => {
        const value = values[keyword] ?? "";
        await checkRows({ "by keyword": keyword, "by tag": tagOf(keyword) }, async (id) => {
          const { [keyword]: _, ...narrowed } = within(wanted.studyInstanceUid);
          expect(await service.search(path, { ...narrowed, [id]: value })).toFind(level, [uid]);
        });
        if (keyword !== "StudyInstanceUID") {
          const ofDecoy = { ...within(decoy.studyInstanceUid), [keyword]: value };
          expect(await service.search(elsewhere[resource]?.path ?? path, ofDecoy)).toFindNothing();
        }
      });
    });
  },
);

should(
  "SEARCH-026",
  {
    title: "the UIDs of the path may not be repeated as parameters",
    request: "Search-for-series-within-a-study",
    clause: statement("Searchable Attributes"),
  },
  async ({ service, instances }) => {
    const instance = instances.minimal();
    await givenFindable(service, instance);
    const ofSeries = await service.search(`${studyPath(instance)}/series`);
    expect(ofSeries).toFind("series", [instance.seriesInstanceUid]);

    const [study, series] = [instance.studyInstanceUid, instance.seriesInstanceUid];
    const below = searchResourcesOf(instance);
    const repeated = {
      "series of a study": { ...below["series of a study"], id: "StudyInstanceUID", own: study },
      "instances of a study": { ...below["instances of a study"], id: tagOf("StudyInstanceUID"), own: study },
      "instances of a series, the study": {
        ...below["instances of a series"],
        id: "StudyInstanceUID",
        own: study,
      },
      "instances of a series, the series": {
        ...below["instances of a series"],
        id: "SeriesInstanceUID",
        own: series,
      },
    };
    await checkRows(repeated, ({ path, id, own }) =>
      checkRows({ "that of the path": own, "another one": instances.uid() }, async (uid) => {
        expect(await service.search(path, { [id]: uid })).toAnswer({ status: 400 });
      }),
    );
  },
);

/** Paths into sequences, at resources that could search for the attributes at their ends. */
const intoSequences = [
  ["/series", "RequestAttributesSequence.RequestedProcedureID", "RP-1"],
  ["/series", "00400275.00401001", "RP-1"],
  ["/studies", "includefield", "ProcedureCodeSequence.CodeValue"],
] as const;

must(
  "SEARCH-022",
  {
    title: "paths into sequences are refused with 400",
    request: "Search-for-series",
    clause: statement("Attribute ID"),
  },
  async ({ service, instances }) => {
    const instance = instances.rich();
    const StudyInstanceUID = instance.studyInstanceUid;
    await givenFindable(service, instance);
    const accepted = await service.search("/series", {
      StudyInstanceUID,
      includefield: "ProcedureCodeSequence",
    });
    expect(accepted).toFind("series", [instance.seriesInstanceUid]);

    await checkRows(
      named(intoSequences, ([path, ...parameter]) => `${path}?${parameter.join("=")}`),
      async ([path, name, value]) => {
        const refused = await service.search(path, { StudyInstanceUID, [name]: value });
        expect(refused).toAnswer({ status: 400, naming: name === "includefield" ? value : name });
      },
    );
  },
);

/** Malformed UIDs; what may come instead of a digit beside the dots. */
const malformed = {
  letters: "abc.1234",
  "a dot at the end": "1.2.3.",
  "65 characters": `2.25.${"1".repeat(60)}`,
  "a letter at the end": "1.2.x",
  "a blank in the middle": "1%202",
};
const wellFormed = {
  "64 characters": `2.25.${"1".repeat(59)}`,
  "a component with a leading zero": "2.25.03",
};

must(
  "SEARCH-018",
  {
    title: "a malformed UID in the path is refused with 400, and the refusal says which one",
    request: "Search-for-instances-within-a-study-and-series",
    clause: statement("Search Response Codes"),
  },
  async ({ service, instances }) => {
    const instance = instances.minimal();
    await givenFindable(service, instance);
    const [study, series] = [studyPath(instance), seriesPath(instance)];
    expect(await service.search(`${series}/instances`)).toFind("instance", [instance.sopInstanceUid]);
    const places = {
      "series of a study": { at: (uid: string) => `/studies/${uid}/series`, naming: "StudyInstanceUID" },
      "instances of a study": {
        at: (uid: string) => `/studies/${uid}/instances`,
        naming: "StudyInstanceUID",
      },
      "instances of a series, the study": {
        at: (uid: string) => `/studies/${uid}/series/${instance.seriesInstanceUid}/instances`,
        naming: "StudyInstanceUID",
      },
      "instances of a series, the series": {
        at: (uid: string) => `${study}/series/${uid}/instances`,
        naming: "SeriesInstanceUID",
      },
    };

    await checkRows(places, async ({ at, naming }) => {
      await checkRows(malformed, async (uid) => {
        expect(await service.search(at(uid))).toAnswer({ status: 400, naming });
      });
      await checkRows(wellFormed, async (uid) => {
        expect(await service.search(at(uid))).toFindNothing();
      });
    });
  },
);
