import type { StoredInstance } from "../../fixtures/reference-server/archive/archive.ts";
import { ServiceError } from "../../fixtures/reference-server/http/service-error.ts";

/** Whether an instance has a UC of two values or a number without its value among others, which a service may fail to read. */
export function isHardToRead({ metadata }: Pick<StoredInstance, "metadata">): boolean {
  return /"UC","Value":\["[^"]*",|"[ID]S","Value":\[[^\]]*null/.test(JSON.stringify(metadata));
}

/** What a service answers, for ever, that fails to read it. @throws ServiceError 503 */
export function failToRead(): never {
  throw new ServiceError(503, "The data store operation failed.");
}
