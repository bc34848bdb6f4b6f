import { givenAbsent } from "../../fixtures/client/query-tags/add-query-tags.ts";
import {
  getQueryTag,
  patchQueryTag,
  queryTag,
  tagResource,
} from "../../fixtures/client/query-tags/query-tags.ts";
import {
  expect,
  type Instance,
  type Service,
  type ServiceResponse,
  seriesPath,
  studyPath,
} from "../words.ts";

/** Requests by what they do, each sent as whoever the service is for. */
export type Requests = Readonly<Record<string, (service: Service) => Promise<ServiceResponse>>>;

const json = "application/json";
/** A private attribute without creator, which no service makes a tag. */
const absentTag = "00990099";

export const searches: Requests = {
  "searching for studies": (service) => service.search("/studies", { limit: 1 }),
  "searching for series": (service) => service.search("/series", { limit: 1 }),
  "searching for instances": (service) => service.search("/instances", { limit: 1 }),
};

export function retrievals(image: Instance): Requests {
  return {
    "retrieving a study": (service) => service.retrieve(studyPath(image)),
    "reading metadata": (service) => service.metadata(studyPath(image)),
    "retrieving frames": (service) => service.frames(image, 1),
    "retrieving a rendered image": (service) => service.rendered(image),
  };
}

export const feedReadings: Requests = {
  "reading the change feed": (service) => service.get("/changefeed?limit=1&includeMetadata=false", json),
  "reading its latest entry": (service) => service.get("/changefeed/latest?includeMetadata=false", json),
};

/** The operation is none that any service has. */
export const tagReadings: Requests = {
  "listing extended query tags": (service) => service.get("/extendedquerytags?limit=1", json),
  "reading an operation": (service) => service.get(`/operations/${"0".repeat(32)}`, json),
};

/** Whatever can be read; of a study, this image. */
export function readings(image: Instance): Requests {
  return { ...searches, ...retrievals(image), ...feedReadings, ...tagReadings };
}

export function storing(instance: Instance): Requests {
  return { "storing an instance": (service) => service.store([instance]) };
}

/** From the least to the most: each finds what it is to delete. */
export function deletions(instance: Instance): Requests {
  return {
    "deleting an instance": (service) => service.delete(instance),
    "deleting a series": (service) => service.delete(seriesPath(instance)),
    "deleting a study": (service) => service.delete(studyPath(instance)),
  };
}

/** @param keyword of an attribute that no other check makes a tag */
export function tagChanges(keyword: string): Requests {
  const tag = queryTag(keyword, "Study");
  return {
    "adding an extended query tag": (service) => service.addQueryTags([tag]),
    "updating an extended query tag": (service) =>
      patchQueryTag(service, tag.path, { QueryStatus: "Disabled" }),
    "deleting an extended query tag": (service) => service.delete(tagResource(tag.path)),
  };
}

/** Changes of a tag that is not there, so that nothing comes of them. */
export const tagChangesOfNone: Requests = {
  "updating no extended query tag": (service) =>
    patchQueryTag(service, absentTag, { QueryStatus: "Disabled" }),
  "deleting no extended query tag": (service) => service.delete(tagResource(absentTag)),
};

/** The service has no such tag. @param keyword of an attribute */
export function givenNoTag(service: Service, keyword: string): Promise<void> {
  return givenAbsent(service, queryTag(keyword, "Study").path);
}

/** What refused requests must leave as it was: an instance that is stored, one that is not, and a tag that is not there. */
export interface Untouched {
  readonly stored: Instance;
  readonly fresh: Instance;
  readonly keyword: string;
}

/** Requests that change something of each kind. */
export function changes({ stored, fresh, keyword }: Untouched): Requests {
  return { ...storing(fresh), ...deletions(stored), ...tagChanges(keyword) };
}

export async function givenUntouched(service: Service, { stored, keyword }: Untouched): Promise<void> {
  await givenNoTag(service, keyword);
  await service.given.held(stored);
}

/** All is as it was before. */
export async function expectUntouched(
  service: Service,
  { stored, fresh, keyword }: Untouched,
): Promise<void> {
  expect(await service.retrieve(studyPath(stored))).toDeliver([stored]);
  expect(await service.retrieve(studyPath(fresh))).toAnswer({ status: 404 });
  expect(await getQueryTag(service, queryTag(keyword, "Study").path)).toAnswer({ status: 404 });
}
