import {
  type AnswerTolerance,
  came,
  expect,
  type Instance,
  type Service,
  type ServiceResponse,
} from "../words.ts";
import { expectTwinStored } from "./store-again.ts";

/** A request that may be understood or not stores the instance, or is refused; the report says when it was refused. */
export async function expectStoredOrRefused(
  service: Service,
  response: ServiceResponse,
  instance: Instance,
  refusal: AnswerTolerance,
): Promise<void> {
  expect(response).toAnswer({ status: 200, tolerate: [refusal] });
  if (came(response, 200)) {
    expect(response).toConfirm([instance]);
    expect(await service.retrieve(instance)).toDeliver([instance]);
  } else {
    await expectNotStored(service, instance);
  }
}

/** Nothing of a refused instance was kept, and there was nothing wrong with it: a plain store of it succeeds. */
export async function expectNotStored(service: Service, instance: Instance): Promise<void> {
  expect(await service.retrieve(instance)).toAnswer({ status: 404 });
  await expectTwinStored(service, instance);
}
