import {
  getQueryTag,
  givenAbsent,
  givenAdded,
  givenReady,
  listQueryTagErrors,
  operationEnded,
  operationStatusOf,
  patchQueryTag,
  readQueryTags,
} from "../../fixtures/client/query-tags.ts";
import { memberDiscrepancies } from "../../fixtures/matchers/members.ts";
import { elementsOf, membersOf, wordOf } from "../../fixtures/wire/members.ts";
import {
  expect,
  extendedQueryTagGuide,
  Inconclusive,
  type Instances,
  matching,
  must,
  NotApplicable,
  type Service,
  type ServiceResponse,
  text,
} from "../words.ts";
import { searchFor } from "./search-for.ts";

const patientAge = { path: "00101010", vr: "AS", level: "Instance" } as const;

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
    const { bad, good, dropped, operationId } = await givenTagWithErrors(service, instances);
    const operation = await operationEnded(service, operationId);
    expect(["completed", "succeeded"], "status of the operation").toContain(operationStatusOf(operation));

    const response = await getQueryTag(service, patientAge.path);
    const [tag] = readQueryTags(response);
    expect(tag, "the tag with errors").toMatchObject({ status: "ready", queryStatus: "disabled" });
    const reference = membersOf(tag?.errors);
    expect(reference.get("href"), "href of the errors").toMatch(/\/extendedquerytags\/00101010\/errors$/);

    const uids = await readAllErrors(service);
    for (const { sopInstanceUid } of bad) {
      expect(uids, "instances with errors").toContain(sopInstanceUid);
    }
    for (const { sopInstanceUid } of [good, dropped]) {
      expect(uids, "instances with errors").not.toContain(sopInstanceUid);
    }
    expect(reference.get("count"), "count of the errors").toBe(uids.length);
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
    const seriesDescription = "0008103E";
    await givenAbsent(service, seriesDescription);
    const { bad } = await givenTagWithErrors(service, instances);
    const whole = await listQueryTagErrors(service, patientAge.path);
    expect(whole).toAnswer({ status: 200, mediaType: "application/json" });
    expect(whole).toHaveNo(elementsOf(whole.json).flatMap((error) => memberDiscrepancies(error, errorRules)));
    const uids = uidsOf(whole);
    expect(await readAllErrors(service), "instances with errors").toEqual(
      expect.arrayContaining(bad.map(({ sopInstanceUid }) => sopInstanceUid)),
    );

    for (const [offset, uid] of [...uids.slice(0, pagesRead).entries()]) {
      const page = await listQueryTagErrors(service, patientAge.path, `?limit=1&offset=${offset}`);
      expect(uidsOf(page), `error ${offset}`).toEqual([uid]);
    }
    const beyond = await listQueryTagErrors(service, patientAge.path, "?offset=100000");
    expect(beyond).toAnswer({ status: 200 });
    expect(beyond.json, "errors beyond the end").toEqual([]);
    const [tag] = readQueryTags(await getQueryTag(service, patientAge.path));
    const href = membersOf(tag?.errors).get("href");
    const followed = await service.follow(String(href), "application/json");
    expect(uidsOf(followed), `instances in ${href}`).toEqual(uids);

    expect(await listQueryTagErrors(service, seriesDescription)).toAnswer({ status: 404 });
    expect(await listQueryTagErrors(service, "BABC")).toAnswer({ status: 400 });
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
    const manufacturer = { path: "00080070", vr: "LO", level: "Instance" } as const;
    await givenReady(service, manufacturer);
    const [other] = readQueryTags(await getQueryTag(service, manufacturer.path));
    if (other?.errors !== undefined) {
      throw new NotApplicable(
        `older instances of the service have bad values of ${manufacturer.path} as well`,
      );
    }
    const [tag] = readQueryTags(await getQueryTag(service, patientAge.path));
    if (tag?.queryStatus !== "disabled") {
      throw new Inconclusive("could not begin: the tag with errors is not disabled; TAGS-045 covers this");
    }
    const own = { SOPInstanceUID: good.sopInstanceUid };
    const [age, maker] = [{ "00101010": "053Y" }, { "00080070": "MAKER" }];
    const search = (parameters: Readonly<Record<string, string>>) =>
      service.search("/instances", { ...own, ...parameters });
    expect(await search(age)).toAnswer({ status: 400 });

    const enabled = await patchQueryTag(service, patientAge.path, { queryStatus: "Enabled" });
    expect(enabled).toAnswer({ status: 200 });
    expect(readQueryTags(enabled), "the tag").toEqual([{ ...tag, queryStatus: "enabled" }]);
    for (const [parameters, warning] of [
      [age, "00101010"],
      [{ PatientAge: "053Y" }, "00101010"],
      [{ ...age, ...maker }, "00101010"],
      [maker, undefined],
      [{}, undefined],
    ] as const) {
      const response = await searchFor(service, "/instances", { ...own, ...parameters });
      expect(response).toFind("instance", [good.sopInstanceUid]);
      expect(warningOf(response), "header erroneous-dicom-attributes").toBe(warning);
    }
    const none = await search({ "00101010": "099Y" });
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
    throw new NotApplicable("v1 refuses bad values also of what cannot be searched");
  }
  await service.through("v2").given.stored(dropped);
  const { id } = await givenAdded(service, patientAge);
  await operationEnded(service, id);
  return { bad, good, dropped, operationId: id };
}

const largestPage = 200;
const mostErrors = 10_000;

/** SOP Instance UIDs of all errors of the tag, to which older instances of the service may have added many. */
async function readAllErrors(service: Service): Promise<string[]> {
  const uids: string[] = [];
  while (uids.length < mostErrors) {
    const query = `?limit=${largestPage}&offset=${uids.length}`;
    const page = await listQueryTagErrors(service, patientAge.path, query);
    expect(page).toAnswer({ status: 200, mediaType: "application/json" });
    const found = uidsOf(page);
    uids.push(...found);
    if (found.length < largestPage) {
      return uids;
    }
  }
  throw new NotApplicable(`older instances of the service have ${mostErrors} bad values and more`);
}

/** The service may name the attribute as the search spelled it. */
function warningOf(response: ServiceResponse): string | undefined {
  return response.header("erroneous-dicom-attributes")?.replace("PatientAge", "00101010");
}

function uidsOf(response: ServiceResponse): string[] {
  return elementsOf(response.json).map((error) => wordOf(membersOf(error), "sopinstanceuid"));
}
