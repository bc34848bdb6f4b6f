import { anonymous } from "../../fixtures/client/credentials/credential.ts";
import {
  advise,
  doesNotApply,
  expect,
  matching,
  type Scenario,
  type Service,
  type ServiceResponse,
} from "../words.ts";

/** Somebody who is not the run itself. */
export type Caller = "reader" | "stranger";

const probes = ["/studies?limit=1", "/changefeed/latest", "/extendedquerytags"];

/**
 * The service answers the run, and not everybody.
 * @returns the service for somebody without any credential
 * @throws NotApplicable where it answers everybody, as a service does whose security is off
 */
export async function givenSecured({ service, callers }: Scenario): Promise<Service> {
  if (callers.source.kind === "basic") {
    throw doesNotApply("the run has a name and a password, and this is about bearer tokens");
  }
  await service.given.served();
  const nobody = service.as(anonymous);
  for (const path of probes) {
    const { status } = await nobody.get(path, "*/*");
    // What the run is not given either tells nothing: a service may have no such route, or want another Accept header.
    if (status >= 300 && status < 500 && (await service.get(path, "*/*")).status < 300) {
      return nobody;
    }
  }
  throw doesNotApply("the service is not secured: it answers without a token");
}

/** The service for another caller. @throws NotApplicable where the run has no such credential */
export function serviceFor({ service, callers }: Scenario, caller: Caller): Service {
  const credential = callers[caller];
  if (credential === undefined) {
    throw doesNotApply(missing[caller]);
  }
  return service.as(credential);
}

/**
 * The service for another caller, where a check is about more than that.
 * @param response is told that the check was left out in part, where the run has no such credential
 */
export function serviceForAny(
  scenario: Scenario,
  caller: Caller,
  response: ServiceResponse,
): Service | undefined {
  if (scenario.callers[caller] === undefined) {
    response.note(`judged in part: ${missing[caller]}`);
    return undefined;
  }
  return serviceFor(scenario, caller);
}

const missing: Readonly<Record<Caller, string>> = {
  reader: "the run has no second credential that may only read (DICOM Data Reader)",
  stranger: "the run has no third credential that is known and has no role at the service",
};

/** Among others perhaps: RFC 9110 11.6.1. */
const bearerChallenge = matching("a challenge of the scheme Bearer", /(^|,)\s*bearer(\s|,|$)/i);

/** Who is not known is told how to get in: RFC 9110 15.5.2. */
export function expectChallenge(response: ServiceResponse): void {
  expect(response).toAnswer({ status: 401 });
  expect(response).toHold("WWW-Authenticate", response.header("WWW-Authenticate"), bearerChallenge);
}

const invalidToken = matching('error="invalid_token"', /[\s,]error\s*=\s*"?invalid_token\b/i);

/** A refused token is called invalid; RFC 6750 3 says that a service should do so. */
export function adviseReason(response: ServiceResponse): void {
  advise(response).toHold("WWW-Authenticate", response.header("WWW-Authenticate"), invalidToken);
}

/** @param uid of what is stored, which nobody learns who is refused */
export function expectUnknown(response: ServiceResponse, uid?: string): void {
  expect(response).toAnswer({ status: 401 });
  expectSilent(response, uid);
}

/** A caller who is known may not do this. @param uid of what is stored, which nobody learns who is refused */
export function expectForbidden(response: ServiceResponse, caller: Caller, uid?: string): void {
  const because = "the managed service may answer 401 to a token without any role";
  expect(response).toAnswer({
    status: 403,
    tolerate: caller === "stranger" ? [{ status: 401, because }] : [],
  });
  expectSilent(response, uid);
}

function expectSilent(response: ServiceResponse, uid: string | undefined): void {
  if (uid !== undefined) {
    expect(response).toHold(`whether the body names ${uid}`, response.text.includes(uid), false);
  }
}
