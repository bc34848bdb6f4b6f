import { foundUids } from "../../fixtures/matchers/search.ts";
import { checkRows, expect, must, named, ps3_18, statement, studyPath } from "../words.ts";
import { givenFindable, searchResourcesOf, skipWhereLeftOut } from "./search-resources.ts";

must(
  "SEARCH-079",
  {
    title: "limit bounds the number of matches",
    request: "Search-for-instances-within-a-study",
    profile: "dicomweb",
    clause: [ps3_18("8.3.4.4"), statement("Supported Search Parameters")],
  },
  async ({ service, instances }) => {
    const PatientID = instances.patientId();
    const first = instances.minimal({ PatientID });
    const StudyInstanceUID = first.studyInstanceUid;
    const series = [first, ...four(() => instances.minimal({ PatientID, StudyInstanceUID }))];
    const studies = [first, ...four(() => instances.minimal({ PatientID }))];
    // Each study has two instances at least: a limit counts studies.
    const siblings = studies.map(({ studyInstanceUid }) =>
      instances.minimal({ PatientID, StudyInstanceUID: studyInstanceUid }),
    );
    await givenFindable(service, ...series, ...studies.slice(1), ...siblings.slice(1));

    const at = searchResourcesOf(first);
    await checkRows(
      {
        studies: { ...at.studies, uids: studies.map(({ studyInstanceUid }) => studyInstanceUid) },
        "series of a study": {
          ...at["series of a study"],
          uids: series.map(({ seriesInstanceUid }) => seriesInstanceUid),
        },
        "instances of a study": {
          ...at["instances of a study"],
          uids: series.map(({ sopInstanceUid }) => sopInstanceUid),
        },
      },
      ({ path, level, isOptional, uids }) =>
        checkRows(named([1, 2, 5, 6, 200], asQuery("limit")), async (limit) => {
          const response = await service.search(path, level === "study" ? { PatientID, limit } : { limit });
          skipWhereLeftOut(response, isOptional);
          expect(response).toFindPage(level, uids, Math.min(limit, uids.length));
        }),
    );
  },
);

must(
  "SEARCH-081",
  {
    title: "a limit outside 1 to 200, or that is no whole number, is refused with 400",
    request: "Search-for-studies",
    clause: [statement("Supported Search Parameters"), statement("Additional Notes")],
  },
  async ({ service, instances }) => {
    const instance = instances.minimal();
    const StudyInstanceUID = instance.studyInstanceUid;
    await givenFindable(service, instance);

    await checkRows(named([1, 200], asQuery("limit")), async (limit) => {
      const accepted = await service.search("/studies", { StudyInstanceUID, limit });
      expect(accepted).toFind("study", [StudyInstanceUID]);
    });
    const wrong = ["0", "201", "-1", "1.5", "abc", "", "2147483648", "99999999999999999999"];
    await checkRows(named(wrong, asQuery("limit")), async (limit) => {
      const refused = await service.search("/studies", { StudyInstanceUID, limit });
      expect(refused).toAnswer({ status: 400, naming: "limit" });
    });
  },
);

must(
  "SEARCH-082",
  {
    title: "offset skips that many matches of the list that comes without it",
    request: "Search-for-series-within-a-study",
    profile: "dicomweb",
    clause: [ps3_18("8.3.4.4"), statement("Supported Search Parameters")],
  },
  async ({ service, instances }) => {
    const first = instances.minimal();
    const StudyInstanceUID = first.studyInstanceUid;
    const series = [first, ...four(() => instances.minimal({ StudyInstanceUID }))];
    await givenFindable(service, ...series);

    const resource = `${studyPath(first)}/series`;
    const uids = series.map(({ seriesInstanceUid }) => seriesInstanceUid);
    expect(await service.search(resource)).toFind("series", uids);

    // Pages of one show the order that offset counts in; inside a larger page Microsoft promises none.
    const listed: string[] = [];
    for (const offset of uids.keys()) {
      const page = await service.search(resource, { offset, limit: 1 });
      expect(page).toFindPage("series", uids, 1);
      listed.push(...foundUids(page, "series"));
    }
    await checkRows(
      {
        "offset=0": listed,
        "offset=1": listed.slice(1),
        "offset=4": listed.slice(4),
        "offset=1&limit=2": listed.slice(1, 3),
      },
      async (expected, query) => {
        expect(await service.search(`${resource}?${query}`)).toFind("series", expected);
      },
    );
  },
);

must(
  "SEARCH-084",
  {
    title: "an offset that is negative or no whole number is refused with 400",
    request: "Search-for-studies",
    clause: [statement("Supported Search Parameters"), statement("Search Response Codes")],
  },
  async ({ service, instances }) => {
    const instance = instances.minimal();
    const StudyInstanceUID = instance.studyInstanceUid;
    await givenFindable(service, instance);
    const accepted = await service.search("/studies", { StudyInstanceUID, offset: 0 });
    expect(accepted).toFind("study", [StudyInstanceUID]);

    const wrong = ["-1", "abc", "1.5", "", "9223372036854775808"];
    await checkRows(named(wrong, asQuery("offset")), async (offset) => {
      const refused = await service.search("/studies", { StudyInstanceUID, offset });
      expect(refused).toAnswer({ status: 400, naming: "offset" });
    });
  },
);

/** Names a row by its query, because "" alone is no name. */
function asQuery(parameter: string) {
  return (value: string | number) => `${parameter}=${value}`;
}

function four<T>(make: () => T): T[] {
  return Array.from({ length: 4 }, make);
}
