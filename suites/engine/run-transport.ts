import { type Callers, callersOf } from "../../fixtures/client/callers.ts";
import { attachedTo } from "../../fixtures/client/credentials/credential.ts";
import { Journal } from "../../fixtures/client/ownership/journal.ts";
import { RunLimits } from "../../fixtures/client/transport/run-limits.ts";
import { Transport } from "../../fixtures/client/transport/transport.ts";
import type { RunPlan } from "./plan.ts";

let transport: Transport | undefined;
let callers: Callers | undefined;
let journal: Journal | undefined;

/** The transport of a whole run, one in each worker: what a service did to one suite counts for the next. */
export function transportOf(plan: RunPlan): Transport {
  const { timeout, access, endpoints, deadline, waited, largestBody } = plan;
  transport ??= new Transport({
    timeout,
    largestBody,
    ...attachedTo(access),
    credential: callersOfRun(plan).owner,
    origins: endpoints.map(({ baseUrl }) => baseUrl),
    limits: new RunLimits({ deadline, waited, onWait: console.warn }),
  });
  return transport;
}

/** Who the scenarios of a whole run can be, once in each worker: tokens are kept as long as they are good. */
export function callersOfRun({ access, timeout, deadline, largestBody }: RunPlan): Callers {
  callers ??= callersOf(access, {
    timeout,
    largestBody,
    limits: new RunLimits({ deadline, onWait: console.warn }),
  });
  return callers;
}

/** The journal of a whole run, one in each worker; undefined where the service ends with the run. */
export function journalOf({ journal: file, run }: RunPlan): Journal | undefined {
  journal ??= file === undefined ? undefined : new Journal(file, run, console.warn);
  return journal;
}
