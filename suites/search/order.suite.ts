import { foundUids } from "../../fixtures/matchers/search.ts";
import { checkRows, expect, type Instance, must, type Service, should, statement } from "../words.ts";
import { type Finding, givenFindable, searchResourcesOf } from "./search-resources.ts";

/** Reads pages of one: they show the order, which inside of a larger page Microsoft does not promise. */
async function expectInOrder(service: Service, { path, level, filters, uids }: Finding): Promise<void> {
  for (const [offset, uid] of uids.entries()) {
    const page = await service.search(path, { ...filters, limit: 1, offset });
    expect(page).toFindPage(level, uids, 1);
    expect(page).toHold(`number ${offset + 1}, newest first`, foundUids(page, level), [uid]);
  }
}

/** UIDs that neither rise nor fall: nobody can take their order for the age of what they name. */
function shuffled(uids: readonly string[]): string[] {
  const [first = "", second = "", ...others] = uids.toSorted();
  return [second, ...others, first];
}

/** Stores one after the other, each when the last one was confirmed. */
async function givenOneByOne(service: Service, instances: readonly Instance[]): Promise<void> {
  for (const instance of instances) {
    await givenFindable(service, instance);
  }
}

must(
  "SEARCH-087",
  {
    title: "instances are paged newest first",
    request: "Search-for-instances-within-a-study",
    clause: statement("Additional Notes"),
  },
  async ({ service, instances }) => {
    const first = instances.minimal();
    const uids = shuffled(Array.from({ length: 4 }, () => instances.uid()));
    await givenOneByOne(
      service,
      uids.map((SOPInstanceUID) => instances.with(first, { SOPInstanceUID })),
    );

    const newestFirst = uids.toReversed();
    const at = searchResourcesOf(first);
    await checkRows<Finding>(
      {
        instances: {
          ...at.instances,
          filters: { StudyInstanceUID: first.studyInstanceUid },
          uids: newestFirst,
        },
        "instances of a study": { ...at["instances of a study"], filters: {}, uids: newestFirst },
        "instances of a series": { ...at["instances of a series"], filters: {}, uids: newestFirst },
      },
      (search) => expectInOrder(service, search),
    );
  },
);

/** Dates that fall, so that newer by date is not newer by store. */
const falling = ["20200103", "20200102", "20200101"];

should(
  "SEARCH-088",
  {
    title: "studies and series are paged newest first",
    request: "Search-for-studies",
    clause: statement("Additional Notes"),
  },
  async ({ service, instances }) => {
    const PatientID = instances.patientId();
    const studyUids = shuffled(falling.map(() => instances.uid()));
    const studies = studyUids.map((StudyInstanceUID, index) =>
      instances.minimal({ PatientID, StudyInstanceUID, StudyDate: falling[index] }),
    );
    const ofSeries = instances.minimal();
    const { studyInstanceUid: StudyInstanceUID } = ofSeries;
    const seriesUids = shuffled(falling.map(() => instances.uid()));
    const series = seriesUids.map((SeriesInstanceUID) =>
      instances.minimal({ StudyInstanceUID, SeriesInstanceUID }),
    );
    await givenOneByOne(service, [...studies, ...series]);

    const at = searchResourcesOf(ofSeries);
    const newestSeries = seriesUids.toReversed();
    await checkRows<Finding>(
      {
        studies: { ...at.studies, filters: { PatientID }, uids: studyUids.toReversed() },
        series: { ...at.series, filters: { StudyInstanceUID }, uids: newestSeries },
        "series of a study": { ...at["series of a study"], filters: {}, uids: newestSeries },
      },
      (search) => expectInOrder(service, search),
    );
  },
);
