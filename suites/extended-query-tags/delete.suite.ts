import { givenAbsent, givenQueryable, givenReady } from "../../fixtures/client/query-tags/add-query-tags.ts";
import { afterDeleting } from "../../fixtures/client/query-tags/others-query-tags.ts";
import {
  getQueryTag,
  listQueryTagErrors,
  listQueryTags,
  patchQueryTag,
  privateQueryTag,
  queryTag,
  queryTagsOf,
  tagResource,
} from "../../fixtures/client/query-tags/query-tags.ts";
import { tagOf } from "../../fixtures/wire/dictionary.ts";
import {
  checkRows,
  expect,
  extendedQueryTagGuide,
  holds,
  must,
  type Service,
  type ServiceResponse,
  without,
} from "../words.ts";

const unknown = { status: 404 };

must(
  "TAGS-029",
  {
    title: "deleting a tag removes it and ends the search by it, but leaves the instances",
    request: "Delete-extended-query-tag",
    clause: extendedQueryTagGuide("Delete Extended Query Tag"),
  },
  async ({ service, instances }) => {
    const values = { InstitutionalDepartmentName: "RADIOLOGY", DeviceSerialNumber: "SERIAL" };
    const instance = instances.minimal(values);
    const { sopInstanceUid } = instance;
    await service.given.stored(instance);

    const rows = {
      "by its digits": { keyword: "InstitutionalDepartmentName", spelled: tagOf },
      "by its keyword": { keyword: "DeviceSerialNumber", spelled: String },
    } as const;
    await checkRows(rows, async ({ keyword, spelled }) => {
      const tag = queryTag(keyword, "Instance");
      await givenQueryable(service, tag);
      const search = { [tag.path]: values[keyword], SOPInstanceUID: sopInstanceUid };
      const found = await service.searchUntil("/instances", search, (answer) =>
        holds(answer).toFind("instance", [sopInstanceUid]),
      );
      expect(found).toFind("instance", [sopInstanceUid]);

      const deleted = await service.delete(tagResource(spelled(keyword)));

      expect(deleted).toAnswer({ status: 204, isEmpty: true });
      const about = await afterDeleting(service, tag.path);
      const withoutIt = without(tag.path);
      const afterwards = {
        "reading it": async () => expect(await about(() => getQueryTag(service, tag.path))).toAnswer(unknown),
        "reading its errors": async () =>
          expect(await about(() => listQueryTagErrors(service, tag.path))).toAnswer(unknown),
        "the list": async () => {
          const isRight = (answer: ServiceResponse) => withoutIt.isMet(pathsOf(answer));
          const list = await about(() => listQueryTags(service, "?limit=200"), isRight);
          expect(list).toHold("paths in it", pathsOf(list), withoutIt);
        },
        "searching by it": async () => {
          const isRight = (answer: ServiceResponse) => holds(answer).toAnswer({ status: 400 });
          const found = await about(() => service.search("/instances", search), isRight);
          expect(found).toAnswer({ status: 400 });
        },
        "the instance": async () =>
          expect(await service.metadata(instance)).toShow("instance", sopInstanceUid, {
            [keyword]: [values[keyword]],
          }),
      };
      await checkRows(afterwards, (check) => check());
    });
    await checkChangesOfDeleted(service);
  },
);

/** What changes a tag is only asked about one that nobody else can have added meanwhile. */
async function checkChangesOfDeleted(service: Service): Promise<void> {
  const tag = privateQueryTag("Instance");
  await givenReady(service, tag);

  expect(await service.delete(tagResource(tag.path))).toAnswer({ status: 204, isEmpty: true });

  const afterwards = {
    "deleting it again": () => service.delete(tagResource(tag.path)),
    "updating it": () => patchQueryTag(service, tag.path, { queryStatus: "Enabled" }),
  };
  await checkRows(afterwards, async (request) => expect(await request()).toAnswer(unknown));
}

must(
  "TAGS-030",
  {
    title: "deleting a tag that was not added is 404",
    request: "Delete-extended-query-tag",
    clause: extendedQueryTagGuide("Delete Extended Query Tag"),
  },
  async ({ service, instances }) => {
    const instance = instances.minimal();
    await service.given.stored(instance);
    await givenAbsent(service, tagOf("PatientID"));

    const rows = {
      "a tag that could be added": { path: privateQueryTag("Series").path, status: 404 },
      "a tag that is searchable anyway": { path: tagOf("PatientID"), status: 404 },
      "no tag": { path: "BABC", status: 400 },
    };
    await checkRows(rows, async ({ path, status }) => {
      expect(await service.delete(tagResource(path))).toAnswer({ status });
    });

    const byPatient = { PatientID: String(instance.attributes.PatientID) };
    const found = await service.searchUntil("/studies", byPatient, (answer) =>
      holds(answer).toFind("study", [instance.studyInstanceUid]),
    );
    expect(found).toFind("study", [instance.studyInstanceUid]);
    const acquisitionDate = queryTag("AcquisitionDate", "Instance");
    await givenReady(service, acquisitionDate);
    expect(await service.delete(tagResource(acquisitionDate.path))).toAnswer({ status: 204 });
  },
);

function pathsOf(list: ServiceResponse): string[] {
  return queryTagsOf(list).map(({ path }) => path);
}
