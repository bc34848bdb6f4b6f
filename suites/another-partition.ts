import { partsOf } from "../fixtures/client/endpoint.ts";
import type { Service } from "./words.ts";

/** No service gives a partition back: one of this name, and not one for each run, stays for good. */
const partitionOfRuns = "dicomweb-conformance";

/**
 * The service through another data partition than that of the run.
 * @throws NotApplicable where the service has no partitions
 */
export function anotherPartition(service: Service): Service {
  const { partition } = partsOf(service.endpoint.baseUrl);
  const isTaken = partition.toLowerCase().endsWith(`/${partitionOfRuns}`);
  return service.inPartition(isTaken ? `${partitionOfRuns}-2` : partitionOfRuns);
}
