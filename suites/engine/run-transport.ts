import { credentialOf } from "../../fixtures/client/credential.ts";
import { RunLimits } from "../../fixtures/client/run-limits.ts";
import { Transport } from "../../fixtures/client/transport.ts";
import type { RunPlan } from "./plan.ts";

let shared: Transport | undefined;

/** The transport of a whole run, one in each worker: what a service did to one suite counts for the next. */
export function transportOf({ timeout, token, endpoints, deadline, largestBody }: RunPlan): Transport {
  shared ??= new Transport({
    timeout,
    largestBody,
    credential: credentialOf(token),
    origins: endpoints.map(({ baseUrl }) => baseUrl),
    limits: new RunLimits({ deadline, onWait: console.warn }),
  });
  return shared;
}
