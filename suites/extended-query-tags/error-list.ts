import { listQueryTagErrors } from "../../fixtures/client/query-tags/query-tags.ts";
import { elementsOf, membersOf, wordOf } from "../../fixtures/wire/members.ts";
import {
  atLeast,
  doesNotApply,
  expect,
  given,
  type Instance,
  type Service,
  type ServiceResponse,
} from "../words.ts";

const largestPage = 200;
const mostErrors = 10_000;

/** The error list of a tag can be read, though older instances of the service may have made it long. */
export async function expectErrorList(service: Service, path: string) {
  const pages: ServiceResponse[] = [];
  const uids: string[] = [];
  while (uids.length < mostErrors) {
    const query = `?limit=${largestPage}&offset=${uids.length}`;
    const last = await listQueryTagErrors(service, path, query);
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

const fiveMinutes = 5 * 60_000;

/** Every error was met while the re-index ran; what has no zone is UTC. */
export function expectTimes(list: ServiceResponse, operation: ServiceResponse): void {
  const timesOf = (value: unknown, ...names: readonly string[]) =>
    names.map((name) => Date.parse(`${membersOf(value).get(name)}`.replace(/(Z|\+00:00)?$/, "Z")));
  const [started = NaN, ended = NaN] = timesOf(operation.json, "createdtime", "lastupdatedtime");
  given(operation, "OPERATION-002").toHold("milliseconds that it took", ended - started, atLeast(0));
  const isMeanwhile = (time: number) => time > started - fiveMinutes && time < ended + fiveMinutes;
  const elsewhen = elementsOf(list.json).filter((error) => !timesOf(error, "createdtime").every(isMeanwhile));
  expect(list).toHold("errors that were not met during the re-index, by their createdTime", elsewhen, []);
}

/** SOP Instance UIDs of the errors on a page. */
export function instancesOf(page: ServiceResponse): string[] {
  return elementsOf(page.json).map((error) => wordOf(membersOf(error), "sopinstanceuid"));
}

export function uidsOf(...instances: readonly Instance[]): string[] {
  return instances.map(({ sopInstanceUid }) => sopInstanceUid);
}
