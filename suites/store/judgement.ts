import {
  type AnswerTolerance,
  came,
  expect,
  holds,
  type Instance,
  type Instances,
  type Service,
  type ServiceResponse,
} from "../words.ts";
import { expectAbsent, expectNoStudy } from "./holdings.ts";
import { expectTwinStored } from "./store-again.ts";

/** Stores a file with 200, without any warning. */
export async function expectAccepted(service: Service, instance: Instance): Promise<void> {
  const response = await service.storeSinglePart(instance);
  expect(response).toAnswer({ status: 200 });
  expect(response).toConfirmWithoutWarning(instance);
}

/** The same for a value of which v2 warns, unless a v1 of full validation refuses it. */
export async function expectAcceptedUnlessFullyValidated(
  service: Service,
  instance: Instance,
  keyword: string,
): Promise<void> {
  const response = await service.storeSinglePart(instance);
  expect(response).toAnswer({ status: 200, tolerate: fullValidation(service) });
  if (isFullyValidated(service, response)) {
    return expectFullValidation(service, response, instance, keyword);
  }
  expect(response).toConfirmWithoutWarning(instance);
}

/** Stores a file with 202 and warning reason 1, with one comment, on this attribute. */
export async function expectWarned(
  service: Service,
  instance: Instance,
  keyword: string,
): Promise<ServiceResponse> {
  const response = await service.storeSinglePart(instance);
  expect(response).toAnswer({ status: 202 });
  expect(response).toConfirm([instance]);
  expect(response).toWarn(instance, { reason: 1, naming: [keyword] });
  return response;
}

/**
 * Stores a file with 200, or in v2 with 202 and a warning that names the attribute, unless a v1 of full validation
 * refuses it; the report says which.
 */
export async function expectAcceptedOrWarned(
  service: Service,
  instance: Instance,
  keyword: string,
): Promise<void> {
  const response = await service.storeSinglePart(instance);
  const warned = { status: 202, because: "v2 looks at every attribute, but only to warn" };
  const isV2 = service.endpoint.api === "v2";
  expect(response).toAnswer({ status: 200, tolerate: isV2 ? [warned] : fullValidation(service) });
  if (isFullyValidated(service, response)) {
    return expectFullValidation(service, response, instance, keyword);
  }
  expect(response).toConfirm([instance]);
  if (isV2 && came(response, 202)) {
    expect(response).toWarn(instance, { reason: 1, naming: [keyword] });
  }
}

/** In v1 an invalid value of what cannot be searched may be refused. */
export function fullValidation({ endpoint }: Service): readonly AnswerTolerance[] {
  return endpoint.api === "v1"
    ? [{ status: 409, because: "v1 refuses it: full validation seems to be switched on" }]
    : [];
}

/** Whether v1 refuses a value of which v2 warns, as the open-source service does with EnableFullDicomItemValidation. */
export function isFullyValidated(service: Service, response: ServiceResponse): boolean {
  return service.endpoint.api === "v1" && came(response, 409);
}

/**
 * Where v1 is seen to validate in full, it judges as v2 does, and so takes what it refuses otherwise because it could
 * not index it.
 */
export async function acceptedInFullValidation(
  service: Service,
  instances: Instances,
): Promise<readonly AnswerTolerance[]> {
  const invalid = instances.minimal({ AcquisitionDateTime: "NotADate" });
  const isV1 = service.endpoint.api === "v1";
  const isFull = isV1 && holds(await service.storeSinglePart(invalid)).toAnswer({ status: 409 });
  return isFull
    ? [{ status: 200, because: "v1 judges as v2 does: full validation seems to be switched on" }]
    : [];
}

/** Such a refusal names the attribute and keeps nothing. */
export async function expectFullValidation(
  service: Service,
  response: ServiceResponse,
  instance: Instance,
  keyword: string,
): Promise<void> {
  expect(response).toNameAttribute(keyword);
  expect(await service.retrieve(instance)).toAnswer({ status: 404 });
}

/**
 * Refuses a file with reason 43264 and a comment on this attribute, and keeps nothing of it.
 * @param twin the same instance with a valid value, which is stored afterwards
 * @param tolerate a 200, where a fair reading lets the service store it
 */
export async function expectRefused(
  service: Service,
  refused: Instance,
  keyword: string,
  twin: Instance,
  tolerate: readonly AnswerTolerance[] = [],
): Promise<ServiceResponse> {
  // The twin is what can be taken away afterwards: nothing can be deleted below a malformed UID.
  const response = await service.storeBody([twin], refused.bytes, { "Content-Type": "application/dicom" });
  expect(response).toAnswer({ status: 409, tolerate });
  if (came(response, 200)) {
    expect(response).toConfirm([refused]);
    return response;
  }
  expect(response).toGiveReason(43264);
  expect(response).toNameAttribute(keyword);
  expect(response).toConfirm([]);

  // One UID of the refused file may be the invalid value; then the other one leads to it.
  await expectAbsent(service, twin);
  const ofStudy = { StudyInstanceUID: twin.studyInstanceUid };
  expect(await service.search("/instances", ofStudy)).toFindNothing();
  await expectNoStudy(service, twin.studyInstanceUid);

  await expectTwinStored(service, twin);
  return response;
}
