import { failuresOf } from "../../fixtures/matchers/store.ts";
import { values } from "../../fixtures/wire/dicom-json.ts";
import { expect, holds, type Instance, type Service, type ServiceResponse } from "../words.ts";

/** An instance of the same UIDs is being created, or what is left of it cleared away. */
const inProgress = 45071;

/**
 * Stores what was refused or deleted before. Where the service says with one of these failure reasons that it is not
 * done with that yet, it gets three times the usual patience: half a minute.
 */
export function storeAgain(
  service: Service,
  store: () => Promise<ServiceResponse>,
  reasons: readonly number[] = [inProgress],
): Promise<ServiceResponse> {
  const isPending = (response: ServiceResponse) =>
    holds(response).toAnswer({ status: 409 }) &&
    failuresOf(response).some((item) =>
      values(item, "FailureReason").some((reason) => reasons.includes(Number(reason))),
    );
  return service.eventually(store, (response) => !isPending(response), 3 * service.patience);
}

/** The twin of what was refused differs in one thing from it, and is stored. */
export async function expectTwinStored(service: Service, twin: Instance): Promise<void> {
  expect(await storeAgain(service, () => service.storeSinglePart(twin))).toStore([twin]);
}
