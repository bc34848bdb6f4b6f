import {
  getQueryTag,
  givenAbsent,
  givenAdded,
  givenReady,
  listQueryTagErrors,
  operationEnded,
  operationStatusOf,
  patchQueryTag,
  queryTag,
  queryTagOf,
  queryTagsOf,
} from "../../fixtures/client/query-tags.ts";
import { memberDiscrepancies } from "../../fixtures/matchers/members.ts";
import { tagOf } from "../../fixtures/wire/dictionary.ts";
import { elementsOf, membersOf, wordOf } from "../../fixtures/wire/members.ts";
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
  oneOf,
  type Service,
  type ServiceResponse,
  text,
} from "../words.ts";

const patientAge = queryTag("PatientAge", "Instance");

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

    const read = await getQueryTag(service, patientAge.path);
    const list = await expectErrorList(service);

    const tag = queryTagOf(read);
    const errors = membersOf(tag?.errors);
    const checks = {
      "the operation": async () =>
        expect(operation).toHold("status", operationStatusOf(operation), oneOf("completed", "succeeded")),
      "the tag": async () =>
        expect(read).toHold("members", tag, { ...tag, status: "ready", queryStatus: "disabled" }),
      "its reference to the errors": async () => {
        const itsList = /\/extendedquerytags\/00101010\/errors$/;
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
    const { bad } = await givenTagWithErrors(service, instances);

    const whole = await listQueryTagErrors(service, patientAge.path);

    expect(whole).toAnswer({ status: 200, mediaType: "application/json" });
    expect(whole).toHaveNo(elementsOf(whole.json).flatMap((error) => memberDiscrepancies(error, errorRules)));
    const uids = instancesOf(whole);
    const rows = uids.slice(0, pagesRead).map((uid, offset) => [`?limit=1&offset=${offset}`, uid]);
    const checks = {
      "all pages": async () => (await expectErrorList(service)).expectInstances(bad),
      "pages of one": () =>
        checkRows<string>(Object.fromEntries(rows), async (uid, query) => {
          const page = await listQueryTagErrors(service, patientAge.path, query);
          expect(page).toHold("instances", instancesOf(page), [uid]);
        }),
      "beyond the end": async () => {
        const beyond = await listQueryTagErrors(service, patientAge.path, "?offset=100000");
        expect(beyond).toAnswer({ status: 200 });
        expect(beyond).toHold("errors", beyond.json, []);
      },
      "the link of the tag": async () => {
        const read = await getQueryTag(service, patientAge.path);
        const href = membersOf(queryTagOf(read)?.errors).get("href");
        expect(read).toHold("href of its errors", href, text);
        const followed = await service.follow(String(href), "application/json");
        expect(followed).toHold("instances", instancesOf(followed), uids);
      },
      "a tag that was not added": async () =>
        expect(await listQueryTagErrors(service, seriesDescription)).toAnswer({ status: 404 }),
      "no tag": async () => expect(await listQueryTagErrors(service, "BABC")).toAnswer({ status: 400 }),
    };
    await checkRows(checks, (check) => check());
  },
);

must(
  "TAGS-047",
  {
    title: "a tag with errors cannot be searched until it is switched on, and then the answer warns",
    request: "List-extended-query-tag-errors",
    clause: extendedQueryTagGuide("Tag Query Status"),
  },
  async ({ service, instances }) => {
    const { good } = await givenTagWithErrors(service, instances);
    const manufacturer = queryTag("Manufacturer", "Instance");
    await givenReady(service, manufacturer);
    if (queryTagOf(await getQueryTag(service, manufacturer.path))?.errors !== undefined) {
      throw doesNotApply("older instances of the service have bad values of Manufacturer as well");
    }
    const read = await getQueryTag(service, patientAge.path);
    const tag = queryTagOf(read);
    given(read, "TAGS-045").toHold("queryStatus of the tag with errors", tag?.queryStatus, "disabled");
    const own = { SOPInstanceUID: good.sopInstanceUid };
    const [age, maker] = [{ [patientAge.path]: "053Y" }, { [manufacturer.path]: "MAKER" }];
    expect(await service.search("/instances", { ...own, ...age })).toAnswer({ status: 400 });

    const enabled = await patchQueryTag(service, patientAge.path, { queryStatus: "Enabled" });

    expect(enabled).toAnswer({ status: 200 });
    expect(enabled).toHold("the tag", queryTagsOf(enabled), [{ ...tag, queryStatus: "enabled" }]);
    const rows = {
      "a search by the tag": { parameters: age, warning: patientAge.path },
      "a search by its keyword": { parameters: { PatientAge: "053Y" }, warning: patientAge.path },
      "a search by two tags": { parameters: { ...age, ...maker }, warning: patientAge.path },
      "a search by a tag without errors": { parameters: maker, warning: undefined },
      "a search by no tag": { parameters: {}, warning: undefined },
    };
    await checkRows(rows, async ({ parameters, warning }) => {
      const response = await service.searchUntil("/instances", { ...own, ...parameters }, (answer) =>
        holds(answer).toFind("instance", [good.sopInstanceUid]),
      );
      expect(response).toFind("instance", [good.sopInstanceUid]);
      expect(response).toHold("header erroneous-dicom-attributes", warningOf(response), warning);
    });
    const none = await service.search("/instances", { ...own, [patientAge.path]: "099Y" });
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
  await givenAbsent(service, patientAge.path);
  const withAge = (PatientAge: string) => instances.minimal({ PatientAge, Manufacturer: "MAKER" });
  const bad = [withAge("foo"), withAge("bar")];
  const good = withAge("053Y");
  const dropped = withAge("baz");
  const v1 = service.through("v1");
  await v1.given.stored(good);
  const { status } = await v1.store(bad);
  if (status === 409) {
    throw doesNotApply("v1 refuses bad values also of what cannot be searched");
  }
  await service.through("v2").given.stored(dropped);
  const { id } = await givenAdded(service, patientAge);
  return { bad, good, dropped, operation: await operationEnded(service, id) };
}

const largestPage = 200;
const mostErrors = 10_000;

/** The error list of the tag can be read, though older instances of the service may have made it long. */
async function expectErrorList(service: Service) {
  const pages: ServiceResponse[] = [];
  const uids: string[] = [];
  while (uids.length < mostErrors) {
    const query = `?limit=${largestPage}&offset=${uids.length}`;
    const last = await listQueryTagErrors(service, patientAge.path, query);
    expect(last).toAnswer({ status: 200, mediaType: "application/json" });
    const found = instancesOf(last);
    pages.push(last);
    uids.push(...found);
    if (found.length < largestPage) {
      const expectInstances = (bad: readonly Instance[]) => {
        const listed = uidsOf(...bad).filter((uid) => uids.includes(uid));
        expect(last).toHold("instances with a bad value", listed, uidsOf(...bad));
      };
      return { uids, pages, expectInstances };
    }
  }
  throw doesNotApply(`older instances of the service have ${mostErrors} bad values and more`);
}

/** The service may name the attribute as the search spelled it. */
function warningOf(response: ServiceResponse): string | undefined {
  return response.header("erroneous-dicom-attributes")?.replace("PatientAge", patientAge.path);
}

/** SOP Instance UIDs of the errors on a page. */
function instancesOf(page: ServiceResponse): string[] {
  return elementsOf(page.json).map((error) => wordOf(membersOf(error), "sopinstanceuid"));
}

function uidsOf(...instances: readonly Instance[]): string[] {
  return instances.map(({ sopInstanceUid }) => sopInstanceUid);
}
