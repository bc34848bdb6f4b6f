import { expect, given, type Instance, type Service } from "../words.ts";

/**
 * Stores an instance in implicit VR, for checks that are not about that.
 * @throws NotApplicable where the service takes none
 */
export async function givenStoredImplicit(service: Service, instance: Instance): Promise<void> {
  const stored = await service.store([instance]);
  expect(stored).toBeOffered({
    status: 409,
    profile: "azure",
    ends: "skipped",
    because: "implicit VR is refused, as the managed service documents it",
  });
  given(stored, "STORE-001").toConfirm([instance]);
}
