import { foundUids } from "../../fixtures/matchers/search.ts";
import { failuresOf, reasonDiscrepancies } from "../../fixtures/matchers/store.ts";
import { expect, type Instance, type Service, type ServiceResponse } from "../words.ts";
import { expectNoStudy } from "./holdings.ts";
import { storeAgain } from "./store-again.ts";

/** Stores a file with 200, without any warning. */
export async function expectAccepted(service: Service, instance: Instance): Promise<void> {
  const response = await service.storeSinglePart(instance);
  expect(response).toAnswer({ status: 200 });
  expect(response).toConfirmWithoutWarning(instance);
}

/** Stores a file with 202 and warning reason 1, with one comment, on this attribute. */
export async function expectWarned(
  service: Service,
  instance: Instance,
  tag: string,
): Promise<ServiceResponse> {
  const response = await service.storeSinglePart(instance);
  expect(response).toAnswer({ status: 202 });
  expect(response).toConfirm([instance]);
  expect(response).toWarn(instance, { reason: 1, naming: [tag] });
  return response;
}

/**
 * Whether v1 refuses a value of which v2 warns, as the open-source service does with EnableFullDicomItemValidation; the
 * report says so. The refusal has to name the attribute and to keep nothing.
 */
export async function isRefusedByFullValidation(
  service: Service,
  response: ServiceResponse,
  instance: Instance,
  tag: string,
): Promise<boolean> {
  if (service.endpoint.api !== "v1" || response.status !== 409) {
    return false;
  }
  expect(response).toNameAttribute(tag);
  expect(await service.retrieve(instance)).toAnswer({ status: 404 });
  response.note("v1 refuses it: full validation seems to be switched on");
  return true;
}

/** Stores a file with 200, or in v2 with 202 and a warning that names the attribute; the report says which. */
export async function expectAcceptedOrWarned(
  service: Service,
  instance: Instance,
  tag: string,
): Promise<void> {
  const response = await service.storeSinglePart(instance);
  if (await isRefusedByFullValidation(service, response, instance, tag)) {
    return;
  }
  const warned = { status: 202, because: "v2 looks at every attribute, but only to warn" };
  expect(response).toAnswer({ status: 200, tolerate: service.endpoint.api === "v2" ? [warned] : [] });
  expect(response).toConfirm([instance]);
  if (response.status === 202) {
    expect(response).toWarn(instance, { reason: 1, naming: [tag] });
  }
}

/**
 * Refuses a file with reason 43264 and a comment on this attribute, and keeps nothing of it.
 * @param twin the same instance with a valid value, which is stored afterwards
 */
export async function expectRefused(
  service: Service,
  refused: Instance,
  tag: string,
  twin: Instance,
): Promise<ServiceResponse> {
  // The twin is what can be taken away afterwards: nothing can be deleted below a malformed UID.
  const response = await service.storeBody([twin], refused.bytes, { "Content-Type": "application/dicom" });
  expect(response).toAnswer({ status: 409 });
  expect(response).toHaveNo(reasonDiscrepancies(response, failuresOf(response)[0] ?? {}, 43264));
  expect(response).toNameAttribute(tag);
  expect(response).toConfirm([]);

  expect(await service.retrieve(twin)).toAnswer({ status: 404 });
  // One UID of the refused file may be the invalid value; then the other one leads to it.
  const byStudy = await service.search("/instances", { StudyInstanceUID: twin.studyInstanceUid });
  const byInstance = await service.search("/instances", { SOPInstanceUID: twin.sopInstanceUid });
  const found = [byStudy, byInstance].flatMap((search) => foundUids(search, "instance"));
  expect(found, "what a search finds after the refusal").toEqual([]);
  await expectNoStudy(service, twin.studyInstanceUid);

  const stored = await storeAgain(service, () => service.storeSinglePart(twin));
  expect(stored).toStore([twin]);
  return response;
}
