import { readChanges, readLatest } from "../../fixtures/client/change-feed.ts";
import { isOwnUid } from "../../fixtures/client/ownership/own-resource.ts";
import type { Instance, Service, ServiceResponse } from "../words.ts";

/** An instance, and the latest entry of the feed in the answers to reads of it. */
export interface Latest {
  readonly instance: Instance;
  /** None where others were always faster: their entry is not asked for its metadata, which may be hard to read. */
  readonly latest: readonly ServiceResponse[];
}

/** How often others may add an entry meanwhile. */
const attempts = 5;

/**
 * Does something to a fresh instance, again where somebody else's entry came behind it, and reads the latest entry.
 * @param act gives the instance
 * @param reads absent: one without parameters, which asks for metadata
 */
export async function actedLast(
  service: Service,
  act: () => Promise<Instance>,
  ...reads: readonly (() => Promise<ServiceResponse>)[]
): Promise<Latest> {
  const asked = reads.length > 0 ? reads : [() => readLatest(service, {}, "by default")];
  for (let attempt = 1; ; attempt += 1) {
    const instance = await act();
    const isOfOthers = (response: ServiceResponse) =>
      readChanges(response).some(({ sopInstanceUid }) => sopInstanceUid !== instance.sopInstanceUid);
    const latest: ServiceResponse[] = [];
    let last = await readLatest(service);
    for (const read of asked) {
      if (!isOfOthers(last)) {
        last = await read();
        latest.push(last);
      }
    }
    if (!isOfOthers(last)) {
      return { instance, latest };
    }
    if (attempt === attempts) {
      noteOthers(last);
      return { instance, latest: [] };
    }
  }
}

/** UIDs tell what this suite stored from what others do, but not one of its runs from another. */
function noteOthers(latest: ServiceResponse): void {
  const [newest] = readChanges(latest);
  const isOfSuite = isOwnUid(newest?.studyInstanceUid ?? "");
  const whose = isOfSuite ? "an entry of another check of this suite" : "another client's entry";
  latest.note(`latest is not judged: ${whose} was always the newest`);
}
