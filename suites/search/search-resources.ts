import {
  accept,
  type Instance,
  NotApplicable,
  queryOf,
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
  /** PS3.18 lets a server do without it; Microsoft documents all six. */
  readonly isOptional: boolean;
}

/** The six resources that an instance can be found at. */
export function resourcesOf(instance: Instance): readonly SearchResource[] {
  const study = { level: "study", keyword: "StudyInstanceUID", uid: instance.studyInstanceUid } as const;
  const series = { level: "series", keyword: "SeriesInstanceUID", uid: instance.seriesInstanceUid } as const;
  const image = { level: "instance", keyword: "SOPInstanceUID", uid: instance.sopInstanceUid } as const;
  return [
    { path: "/studies", ...study, isOptional: false },
    { path: "/series", ...series, isOptional: true },
    { path: "/instances", ...image, isOptional: true },
    { path: `${studyPath(instance)}/series`, ...series, isOptional: false },
    { path: `${studyPath(instance)}/instances`, ...image, isOptional: true },
    { path: `${seriesPath(instance)}/instances`, ...image, isOptional: false },
  ];
}

/** Whether the service does without an optional resource, as servers other than Microsoft's may. */
export function isLeftOut(response: ServiceResponse): boolean {
  return response.profile === "dicomweb" && [404, 501].includes(response.status);
}

/** @throws NotApplicable where the service does without the optional resource that a check is about */
export function skipWhereLeftOut(response: ServiceResponse): void {
  if (isLeftOut(response)) {
    throw new NotApplicable(`the service does without this search resource: it answers ${response.status}`);
  }
}

/**
 * Stores instances and waits, with a limit, until the searches that every server has see them: neither PS3.18 nor
 * Microsoft's managed service says when they must. What they do not see by then is left for the check to find.
 */
export async function givenSearchable(service: Service, ...instances: readonly Instance[]): Promise<void> {
  await service.given.stored(...instances);
  const searches = instances
    .flatMap(resourcesOf)
    .filter(({ isOptional }) => !isOptional)
    .map(({ path, keyword, uid }) => `${path}${queryOf({ [keyword]: uid })}`);
  const isSeen = ({ dicomJson }: ServiceResponse) => dicomJson.datasets.length > 0;
  for (const search of new Set(searches)) {
    if (!isSeen(await service.eventually(() => service.get(search, accept.dicomJson), isSeen))) {
      return;
    }
  }
}
