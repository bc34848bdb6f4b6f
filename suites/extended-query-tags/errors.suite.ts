import { givenAbsent, givenAdded, givenReady } from "../../fixtures/client/query-tags/add-query-tags.ts";
import { readPage } from "../../fixtures/client/query-tags/others-query-tags.ts";
import {
  getQueryTag,
  listQueryTagErrors,
  operationEnded,
  operationStatusOf,
  patchQueryTag,
  queryTag,
  queryTagOf,
  queryTagsOf,
} from "../../fixtures/client/query-tags/query-tags.ts";
import { memberDiscrepancies } from "../../fixtures/matchers/members.ts";
import { tagOf } from "../../fixtures/wire/dictionary.ts";
import { elementsOf, membersOf } from "../../fixtures/wire/members.ts";
import {
  checkRows,
  doesNotApply,
  expect,
  extendedQueryTagGuide,
  given,
  holds,
  type Instance,
  type Instances,
  matching,
  must,
  named,
  oneOf,
  type Service,
  type ServiceResponse,
  text,
} from "../words.ts";
import { requireBothVersions } from "./both-versions.ts";
import { expectErrorList, expectTimes, instancesOf, uidsOf } from "./error-list.ts";

/** Only these checks store bad values of it, and no other check adds it as a tag. */
const dated = queryTag("LastMenstrualDate", "Instance");
const goodDate = "20200229";
/** How often others may come between. */
const attempts = 3;

must(
  "TAGS-045",
  {
    title: "bad values met by re-indexing are counted and switch the tag off, but do not stop the operation",
    request: "List-extended-query-tag-errors",
    clause: [
      extendedQueryTagGuide("Tag Query Status"),
      extendedQueryTagGuide("Extended Query Tag Errors Reference"),
    ],
  },
  async ({ service, instances }) => {
    const { bad, good, dropped, operation } = await givenTagWithErrors(service, instances);

    const { read, list } = await readWithErrors(service);

    const tag = queryTagOf(read);
    const errors = membersOf(tag?.errors);
    const checks = {
      "the operation": async () =>
        expect(operation).toHold("status", operationStatusOf(operation), oneOf("completed", "succeeded")),
      "the tag": async () =>
        expect(read).toHold("members", tag, { ...tag, status: "ready", queryStatus: "disabled" }),
      "its reference to the errors": async () => {
        const itsList = /\/extendedquerytags\/001021D0\/errors$/;
        expect(read).toHold("href", errors.get("href"), matching("a link to the errors of the tag", itsList));
        expect(read).toHold("count", errors.get("count"), list.uids.length);
      },
      "its errors": async () => {
        for (const page of list.pages) {
          const wrong = uidsOf(good, dropped).filter((uid) => instancesOf(page).includes(uid));
          expect(page).toHold("instances without a bad value", wrong, []);
        }
        list.expectInstances(bad);
      },
    };
    await checkRows(checks, (check) => check());
  },
);

/** One error; its time is written without a zone and is UTC. */
const errorRules = {
  studyinstanceuid: text,
  seriesinstanceuid: text,
  sopinstanceuid: text,
  createdtime: matching("an ISO 8601 time", /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|\+00:00)?$/),
  errormessage: text,
};

/** Pages to read one by one of a list that older instances of the service may have made long. */
const pagesRead = 5;

must(
  "TAGS-046",
  {
    title: "the error list names instance, time and reason and can be paged",
    request: "List-extended-query-tag-errors",
    clause: [
      extendedQueryTagGuide("List Extended Query Tag Errors"),
      extendedQueryTagGuide("Extended Query Tag Error"),
    ],
  },
  async ({ service, instances }) => {
    const seriesDescription = tagOf("SeriesDescription");
    await givenAbsent(service, seriesDescription);
    const { bad, operation } = await givenTagWithErrors(service, instances);

    const whole = await listQueryTagErrors(service, dated.path);

    expect(whole).toAnswer({ status: 200, mediaType: "application/json" });
    expect(whole).toHaveNo(elementsOf(whole.json).flatMap((error) => memberDiscrepancies(error, errorRules)));
    const list = () => listQueryTagErrors(service, dated.path);
    const rows = [...instancesOf(whole).slice(0, pagesRead).keys()];
    const checks = {
      "times of the errors": async () => expectTimes(whole, operation),
      "all pages": async () => (await expectErrorList(service, dated.path)).expectInstances(bad),
      "pages of one": () =>
        checkRows(
          named(rows, (offset) => `?limit=1&offset=${offset}`),
          async (offset, query) => {
            const read = await readPage(list, instancesOf, () =>
              listQueryTagErrors(service, dated.path, query),
            );
            expect(read.page).toHold(
              "instances",
              instancesOf(read.page),
              read.whole.slice(offset, offset + 1),
            );
          },
        ),
      "beyond the end": async () => {
        const beyond = await listQueryTagErrors(service, dated.path, "?offset=100000");
        expect(beyond).toAnswer({ status: 200 });
        expect(beyond).toHold("errors", beyond.json, []);
      },
      "the link of the tag": async () => {
        const read = await getQueryTag(service, dated.path);
        const href = membersOf(queryTagOf(read)?.errors).get("href");
        expect(read).toHold("href of its errors", href, text);
        const { page: followed, whole } = await readPage(list, instancesOf, () =>
          service.follow(String(href), "application/json"),
        );
        expect(followed).toHold("instances", instancesOf(followed), whole);
      },
      "a tag without errors": () => expectNoErrors(service),
      "a tag that was not added": async () =>
        expect(await listQueryTagErrors(service, seriesDescription)).toAnswer({ status: 404 }),
      "no tag": async () => expect(await listQueryTagErrors(service, "BABC")).toAnswer({ status: 400 }),
    };
    await checkRows(checks, (check) => check());
  },
);

/** A tag whose re-index met no bad value has an empty list. */
async function expectNoErrors(service: Service): Promise<void> {
  const clean = queryTag("PatientSpeciesDescription", "Instance");
  await givenReady(service, clean);
  if (queryTagOf(await getQueryTag(service, clean.path))?.errors !== undefined) {
    throw doesNotApply("older instances of the service have bad values of this attribute as well");
  }
  const list = await listQueryTagErrors(service, clean.path);
  expect(list).toAnswer({ status: 200, mediaType: "application/json" });
  expect(list).toHold("the body", list.json, []);
}

must(
  "TAGS-047",
  {
    title: "a tag with errors cannot be searched until it is switched on, and then the answer warns",
    request: "List-extended-query-tag-errors",
    clause: extendedQueryTagGuide("Tag Query Status"),
  },
  async ({ service, instances }) => {
    const { good } = await givenTagWithErrors(service, instances);
    const twin = queryTag("PatientBreedDescription", "Instance");
    await givenReady(service, twin);
    if (queryTagOf(await getQueryTag(service, twin.path))?.errors !== undefined) {
      throw doesNotApply("older instances of the service have bad values of its twin as well");
    }
    const read = await getQueryTag(service, dated.path);
    const tag = queryTagOf(read);
    given(read, "TAGS-045").toHold("queryStatus of the tag with errors", tag?.queryStatus, "disabled");
    const own = { SOPInstanceUID: good.sopInstanceUid };
    const [byDate, byTwin] = [{ [dated.path]: goodDate }, { [twin.path]: "TWIN" }];
    expect(await service.search("/instances", { ...own, ...byDate })).toAnswer({ status: 400 });

    const enabled = await patchQueryTag(service, dated.path, { queryStatus: "Enabled" });

    expect(enabled).toAnswer({ status: 200 });
    // Others may delete instances with bad values meanwhile: the number of errors is that before or that after.
    const counted = queryTagOf(await getQueryTag(service, dated.path));
    const numbers = [tag?.errors, counted?.errors].map((errors) => JSON.stringify(errors));
    const [shown] = queryTagsOf(enabled);
    const errors = numbers.includes(JSON.stringify(shown?.errors)) ? shown?.errors : tag?.errors;
    expect(enabled).toHold("the tag", queryTagsOf(enabled), [{ ...tag, queryStatus: "enabled", errors }]);
    const rows = {
      "a search by the tag": { parameters: byDate, warning: dated.path },
      "a search by its keyword": { parameters: { LastMenstrualDate: goodDate }, warning: dated.path },
      "a search by two tags": { parameters: { ...byDate, ...byTwin }, warning: dated.path },
      "a search by a tag without errors": { parameters: byTwin, warning: undefined },
      "a search by no tag": { parameters: {}, warning: undefined },
    };
    await checkRows(rows, async ({ parameters, warning }) => {
      const response = await service.searchUntil("/instances", { ...own, ...parameters }, (answer) =>
        holds(answer).toFind("instance", [good.sopInstanceUid]),
      );
      expect(response).toFind("instance", [good.sopInstanceUid]);
      expect(response).toHold("header erroneous-dicom-attributes", warningOf(response), warning);
    });
    const none = await service.search("/instances", { ...own, [dated.path]: "19990101" });
    expect(none).toFindNothing();
    if (warningOf(none) === undefined) {
      none.note("an answer without a match does not warn of the errors");
    }
  },
);

/**
 * A tag that was added after two instances with bad values and one with a good one had been stored. They are stored
 * through v1, which takes any value of what cannot be searched; v2 drops the bad one of `dropped`.
 */
async function givenTagWithErrors(service: Service, instances: Instances) {
  await requireBothVersions(service);
  const withDate = (LastMenstrualDate: string) =>
    instances.minimal({ LastMenstrualDate, PatientBreedDescription: "TWIN" });
  const good = withDate(goodDate);
  const dropped = withDate("baz");
  const v1 = service.through("v1");
  await v1.given.stored(good);
  let bad: Instance[] = [];
  for (let [attempt, isStored] = [1, false]; !isStored; attempt += 1) {
    await givenAbsent(service, dated.path);
    bad = [withDate("foo"), withDate("bar")];
    isStored = !holds(await v1.store(bad)).toAnswer({ status: 409 });
    if (!isStored && attempt === attempts) {
      throw doesNotApply("v1 refuses bad values also of what cannot be searched");
    }
  }
  await service.through("v2").given.stored(dropped);
  const { id } = await givenAdded(service, dated);
  return { bad, good, dropped, operation: await operationEnded(service, id) };
}

/** The tag and its errors, their number the same before and after they were read: others may delete instances. */
async function readWithErrors(service: Service) {
  for (let attempt = 1; ; attempt += 1) {
    const read = await getQueryTag(service, dated.path);
    const list = await expectErrorList(service, dated.path);
    const again = queryTagOf(await getQueryTag(service, dated.path));
    const isSame = JSON.stringify(again?.errors) === JSON.stringify(queryTagOf(read)?.errors);
    if (isSame || attempt === attempts) {
      return { read, list };
    }
  }
}

/** The service may name the attribute as the search spelled it. */
function warningOf(response: ServiceResponse): string | undefined {
  return response.header("erroneous-dicom-attributes")?.replace("LastMenstrualDate", dated.path);
}
