import type { Endpoint } from "../../fixtures/client/endpoint.ts";
import { Inconclusive } from "../../fixtures/client/inconclusive.ts";
import type { Journal } from "../../fixtures/client/ownership/journal.ts";
import { cleanUp } from "../../fixtures/client/ownership/scenario-clean-up.ts";
import { Service } from "../../fixtures/client/service.ts";
import { NoResponse, type Transport } from "../../fixtures/client/transport/transport.ts";
import { Instances } from "../../fixtures/instances/instances.ts";
import type { Finding } from "./grade.ts";

/**
 * Stores one instance of its own and deletes it again, which the role DICOM Data Owner permits. Two entries of it stay in
 * the change feed.
 * @param run short id, part of the instance's Patient ID
 * @param journal remembers the instance where it could not be deleted
 * @returns what it adds to the criterion that the service can be reached
 */
export async function tryWriting(
  endpoint: Endpoint,
  transport: Transport,
  run: string,
  journal: Journal,
): Promise<Partial<Finding>> {
  const service = new Service(endpoint, transport, { patience: 0, journal });
  const obstacle = await obstacleOf(service, run);
  const isForbidden = service.exchanges.at(-1)?.response?.status === 403;
  const [leftover] = await cleanUp(service);
  if (obstacle !== undefined) {
    return isForbidden ? fails("a store is forbidden") : saying(`could not be seen: ${obstacle}`);
  }
  return leftover === undefined
    ? saying("allowed: one instance was stored and deleted again")
    : fails(`what is stored cannot be deleted: ${leftover}`);
}

/** Why the service does not take an instance; undefined where it does. */
async function obstacleOf(service: Service, run: string): Promise<string | undefined> {
  try {
    const { status } = await service.store([new Instances(run).minimal()]);
    return status < 300 ? undefined : `a store answered ${status}`;
  } catch (error) {
    if (error instanceof NoResponse || error instanceof Inconclusive) {
      return error.message;
    }
    throw error;
  }
}

function fails(finding: string): Partial<Finding> {
  return {
    verdict: "not met",
    finding: `answers a search, but ${finding}`,
    next: "Give the Postman client the role DICOM Data Owner, not only DICOM Data Reader, and get a new token",
    ...saying(finding),
  };
}

function saying(value: string): Partial<Finding> {
  return { facts: [{ name: "writing", value }] };
}
