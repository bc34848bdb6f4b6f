import { failuresOf } from "../../fixtures/matchers/store.ts";
import {
  expect,
  holds,
  type Instance,
  type Instances,
  type ResourceLevel,
  type Service,
  type ServiceResponse,
} from "../words.ts";

/** Of the instances that were sent, exactly these are confirmed and there; nothing is called failed if they are all. */
export async function expectStored(
  service: Service,
  response: ServiceResponse,
  sent: readonly Instance[],
  stored: readonly Instance[],
): Promise<void> {
  expect(response).toConfirm(stored);
  if (stored.length === sent.length) {
    expect(response).toHold("failed items", failuresOf(response), []);
  }
  for (const instance of sent) {
    if (stored.includes(instance)) {
      expect(await service.retrieve(instance)).toDeliver([instance]);
    } else {
      await expectAbsent(service, instance);
    }
  }
}

/** What was refused was refused for its form: an ordinary store beside it succeeds. */
export async function expectOrdinaryStored(service: Service, instances: Instances): Promise<void> {
  const ordinary = instances.minimal();
  expect(await service.store([ordinary])).toConfirm([ordinary]);
}

/** The instance is neither delivered nor found. */
export async function expectAbsent(service: Service, instance: Instance): Promise<void> {
  expect(await service.retrieve(instance)).toAnswer({ status: 404 });
  expect(await service.search("/instances", { SOPInstanceUID: instance.sopInstanceUid })).toFindNothing();
}

/** No search shows the study: nothing of a refused instance may be left in the index. */
export async function expectNoStudy(service: Service, studyInstanceUid: string): Promise<void> {
  expect(await service.search("/studies", { StudyInstanceUID: studyInstanceUid })).toFindNothing();
}

const searchPaths = { study: "/studies", series: "/series", instance: "/instances" } as const;

/** A search with this query finds exactly this one, at once or soon. */
export async function expectFound(
  service: Service,
  level: ResourceLevel,
  uid: string,
  query: Readonly<Record<string, string>>,
): Promise<ServiceResponse> {
  const isFound = (response: ServiceResponse) => holds(response).toFind(level, [uid]);
  const found = await service.searchUntil(searchPaths[level], query, isFound);
  expect(found).toFind(level, [uid]);
  return found;
}
