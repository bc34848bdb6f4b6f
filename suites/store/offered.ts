import { storeNotOffered } from "../../fixtures/client/service.ts";
import { doesNotApply, expect, type Service } from "../words.ts";

/** A read-only archive need not offer a Store to be right in all else; Microsoft's service has no such choice. */
export async function expectStoreOffered(service: Service): Promise<void> {
  const refusal = await service.refusalOfAnyStore();
  if (refusal && !service.isAzure) {
    throw doesNotApply(storeNotOffered(refusal));
  }
  if (refusal) {
    expect(refusal).toAnswer({ status: 400 });
  }
}
