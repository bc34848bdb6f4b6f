import { foundUids } from "../../fixtures/matchers/search.ts";
import {
  type AnswerTolerance,
  expect,
  type Instance,
  named,
  type ResourceLevel,
  type Service,
  type ServiceResponse,
  seriesPath,
  studyPath,
} from "../words.ts";

/** One of the six search resources (PS3.18 10.6.1), with a filter that matches one instance only. */
export interface SearchResource {
  readonly path: string;
  /** What a match is. */
  readonly level: ResourceLevel;
  /** The attribute that identifies a match. */
  readonly keyword: "StudyInstanceUID" | "SeriesInstanceUID" | "SOPInstanceUID";
  /** The UID of the match. */
  readonly uid: string;
  /** Levels whose attributes Microsoft shows with a match. */
  readonly shows: readonly ResourceLevel[];
  /** PS3.18 lets a server do without it; Microsoft documents all six. */
  readonly isOptional: boolean;
}

/** The six resources that an instance can be found at, by names for a person. */
export function searchResourcesOf(instance: Instance) {
  const study = { level: "study", keyword: "StudyInstanceUID", uid: instance.studyInstanceUid } as const;
  const series = { level: "series", keyword: "SeriesInstanceUID", uid: instance.seriesInstanceUid } as const;
  const image = { level: "instance", keyword: "SOPInstanceUID", uid: instance.sopInstanceUid } as const;
  return {
    studies: { path: "/studies", ...study, shows: ["study"], isOptional: false },
    series: { path: "/series", ...series, shows: ["study", "series"], isOptional: true },
    instances: { path: "/instances", ...image, shows: ["study", "series", "instance"], isOptional: true },
    "series of a study": {
      path: `${studyPath(instance)}/series`,
      ...series,
      shows: ["series"],
      isOptional: false,
    },
    "instances of a study": {
      path: `${studyPath(instance)}/instances`,
      ...image,
      shows: ["series", "instance"],
      isOptional: true,
    },
    "instances of a series": {
      path: `${seriesPath(instance)}/instances`,
      ...image,
      shows: ["instance"],
      isOptional: false,
    },
  } satisfies Record<string, SearchResource>;
}

export type SearchResourceName = keyof ReturnType<typeof searchResourcesOf>;

/** Statuses of a resource that PS3.18 left to the server until CP-2613; Microsoft's service must have it. */
const leftOut = { status: [404, 501], profile: "dicomweb" } as const;

/** What becomes of a check that is about such a resource, and of one that merely uses it. */
export const warnedWhereLeftOut: AnswerTolerance = {
  ...leftOut,
  ends: "warned",
  because: "PS3.18 Table 10.6.1-1 asks native servers for this search resource since CP-2613",
};
const skippedWhereLeftOut: AnswerTolerance = {
  ...leftOut,
  ends: "skipped",
  because: "the service does without this search resource, which SEARCH-002, 003 and 005 are about",
};

/** @throws NotApplicable where a server other than Microsoft's does without a resource that is optional */
export function skipWhereLeftOut(response: ServiceResponse, isOptional = true): void {
  if (isOptional) {
    expect(response).toBeOffered(skippedWhereLeftOut);
  }
}

/** The cases of a table that the profile asks of a service, by what each is about. */
export function askedOf<Case extends { readonly keyword: string; readonly onlyAzure: boolean }>(
  { isAzure }: Service,
  cases: readonly Case[],
): Readonly<Record<string, Case>> {
  return named(
    cases.filter(({ onlyAzure }) => isAzure || !onlyAzure),
    ({ keyword }) => keyword,
  );
}

/**
 * Stores instances and waits, with a limit, until the searches that every server has see them: neither PS3.18 nor
 * Microsoft's managed service says when they must. What they do not see by then is left for the check to find.
 */
export async function givenFindable(service: Service, ...instances: readonly Instance[]): Promise<void> {
  await service.given.stored(...instances);
  const resources = instances
    .flatMap((instance) => Object.values<SearchResource>(searchResourcesOf(instance)))
    .filter(({ isOptional }) => !isOptional);
  const distinct = new Map(resources.map((resource) => [`${resource.path} ${resource.uid}`, resource]));
  for (const { path, level, keyword, uid } of distinct.values()) {
    const isSeen = (response: ServiceResponse) => foundUids(response, level).includes(uid);
    if (!isSeen(await service.searchUntil(path, { [keyword]: uid }, isSeen))) {
      return;
    }
  }
}

/** One search, and all that it is to find. */
export interface Finding {
  readonly path: string;
  readonly level: ResourceLevel;
  readonly filters: Readonly<Record<string, string>>;
  readonly uids: readonly string[];
}

/** Stores many instances and waits, with a limit, until one search sees all of them: it costs fewer requests. */
export async function givenFound(
  service: Service,
  { path, level, filters, uids }: Finding,
  instances: readonly Instance[],
): Promise<void> {
  await service.given.stored(...instances);
  await service.searchUntil(path, filters, (response) => {
    const found = foundUids(response, level);
    return uids.every((uid) => found.includes(uid));
  });
}
