import { contentDiscrepancies } from "../../fixtures/matchers/fidelity.ts";
import { failuresOf } from "../../fixtures/matchers/store.ts";
import { expect, type Instance, type Service, type ServiceResponse } from "../words.ts";

/** The instance comes back: from Microsoft's service byte for byte, from any other with the same content. */
export async function expectKept(service: Service, instance: Instance): Promise<void> {
  const response = await service.retrieve(instance);
  expect(response).toDeliver([instance]);
  if (!service.isAzure) {
    expect(response).toHaveNo(contentDiscrepancies(response, instance));
  }
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

/** Of the instances that were sent, exactly these are confirmed and there; nothing is called failed if they are all. */
export async function expectStored(
  service: Service,
  response: ServiceResponse,
  sent: readonly Instance[],
  stored: readonly Instance[],
): Promise<void> {
  expect(response).toConfirm(stored);
  if (stored.length === sent.length) {
    expect(failuresOf(response), "failed items").toEqual([]);
  }
  for (const instance of sent) {
    await (stored.includes(instance) ? expectKept : expectAbsent)(service, instance);
  }
}
