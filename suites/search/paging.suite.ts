import { foundUids } from "../../fixtures/matchers/search.ts";
import { expect, must, ps3_18, statement, studyPath } from "../words.ts";
import { givenSearchable, isLeftOut } from "./search-resources.ts";

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
    await givenSearchable(service, ...series, ...studies.slice(1));

    for (const [resource, level, uids, filter] of [
      ["/studies", "study", studies.map(({ studyInstanceUid }) => studyInstanceUid), { PatientID }],
      [`${studyPath(first)}/series`, "series", series.map(({ seriesInstanceUid }) => seriesInstanceUid), {}],
      [`${studyPath(first)}/instances`, "instance", series.map(({ sopInstanceUid }) => sopInstanceUid), {}],
    ] as const) {
      for (const limit of [1, 2, 5, 6, 200]) {
        const response = await service.search(resource, { ...filter, limit });
        if (level === "instance" && isLeftOut(response)) {
          break;
        }
        expect(response).toFindPage(level, uids, Math.min(limit, uids.length));
      }
    }
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
    await givenSearchable(service, instance);
    for (const limit of [1, 200]) {
      const accepted = await service.search("/studies", { StudyInstanceUID, limit });
      expect(accepted).toFind("study", [StudyInstanceUID]);
    }
    for (const limit of ["0", "201", "-1", "1.5", "abc", "", "2147483648", "99999999999999999999"]) {
      const refused = await service.search("/studies", { StudyInstanceUID, limit });
      expect(refused).toAnswer({ status: 400, naming: "limit" });
    }
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
    await givenSearchable(service, ...series);

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
    for (const [page, expected] of [
      [{ offset: 0 }, listed],
      [{ offset: 1 }, listed.slice(1)],
      [{ offset: 4 }, listed.slice(4)],
      [{ offset: 1, limit: 2 }, listed.slice(1, 3)],
    ] as const) {
      const response = await service.search(resource, page);
      expect(response).toFind("series", expected);
    }
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
    await givenSearchable(service, instance);
    const accepted = await service.search("/studies", { StudyInstanceUID, offset: 0 });
    expect(accepted).toFind("study", [StudyInstanceUID]);
    for (const offset of ["-1", "abc", "1.5", "", "9223372036854775808"]) {
      const refused = await service.search("/studies", { StudyInstanceUID, offset });
      expect(refused).toAnswer({ status: 400, naming: "offset" });
    }
  },
);

function four<T>(make: () => T): T[] {
  return Array.from({ length: 4 }, make);
}
